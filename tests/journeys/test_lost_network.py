"""Lost Wi-Fi, double taps, an idle tablet, two people on one step, a clock a day off: nothing lost, nothing twice."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Route, expect

from tests.journeys.tablet import LARGE, NOTICES_STAY, PATIENCE_S, Tablet

pytestmark = pytest.mark.journey
REPORT = "/anomalies/signaler/?about=machine:LPBF-1&kind=other"
ABOUT = "/choses/machine:LPBF-1/"
# What the page does by itself every few seconds.
RENEWED = """async () => {
  const piece = document.querySelector("main [hx-get]");
  await htmx.ajax("GET", piece.getAttribute("hx-get"), { source: piece, target: piece, swap: "innerHTML" });
  await new Promise((go) => setTimeout(go, 100));
}"""


@contextmanager
def _another(browser: Browser, site: str, shots: Path) -> Iterator[Tablet]:
    context = browser.new_context(
        locale="fr-FR",
        timezone_id="Europe/Paris",
        viewport=LARGE,
        base_url=site,
        has_touch=True,
    )
    held = Tablet(context.new_page(), shots)
    held.watch()
    yield held
    context.close()


def _calm(tablet: Tablet) -> None:
    """What a cut network makes the browser say is wanted here."""
    tablet.errors[:] = [e for e in tablet.errors if "net::ERR" not in e and "Failed to load" not in e]


def _deliver_without_answer(route: Route) -> None:
    asked = route.request
    headers = {k: v for k, v in asked.all_headers().items() if not k.startswith(":")}
    answer = httpx.post(asked.url, content=asked.post_data_buffer or b"", headers=headers, timeout=PATIENCE_S)
    assert answer.status_code == 302, answer.text[:400]
    route.abort("connectionreset")


def _written(tablet: Tablet, text: str) -> int:
    """How many anomalies say this."""
    tablet.go("/anomalies/?state=all&text=" + text.split()[0])
    return tablet.page.locator("main ul.queue a").count()


def test_what_is_typed_stays_when_the_network_goes_and_is_sent_once_when_it_comes_back(
    tablet: Tablet, browser: Browser, shots: Path
) -> None:
    tablet.shots = shots / "reseau"
    tablet.sign_in("amina")
    tablet.go(REPORT)
    tablet.type("text", "Bruit-A au racleur")
    tablet.page.context.set_offline(True)
    tablet.action()
    tablet.sees("Pas de réseau", "1 saisie pas encore envoyée")
    tablet.type("text", "Bruit-B au racleur")
    tablet.action()
    tablet.sees("2 saisies pas encore envoyées")
    tablet.shot("hors-ligne")
    _calm(tablet)
    tablet.page.context.set_offline(False)
    expect(tablet.page.locator("[data-outbox]")).to_be_hidden()
    assert _written(tablet, "Bruit-A au racleur") == 1
    assert _written(tablet, "Bruit-B au racleur") == 1
    tablet.shot("renvoyees")


def test_an_entry_whose_answer_was_lost_is_resent_and_written_once(tablet: Tablet) -> None:
    tablet.sign_in("amina")
    tablet.go(REPORT)
    tablet.type("text", "Bruit-C au racleur")
    # The server receives and writes; its answer never comes back.
    tablet.page.route("**/anomalies/signaler/**", _deliver_without_answer, times=1)
    tablet.page.locator(".action:visible").first.click()
    tablet.page.wait_for_url(lambda url: url.startswith("chrome-error:"), wait_until="commit")
    tablet.page.unroute_all()
    tablet.page.add_init_script(NOTICES_STAY)
    tablet.go(REPORT)
    _calm(tablet)
    tablet.sees("Votre saisie est revenue")
    assert tablet.page.locator("[name='text']").input_value() == "Bruit-C au racleur"
    tablet.action()
    assert _written(tablet, "Bruit-C au racleur") == 1


def test_a_double_tap_writes_once(tablet: Tablet) -> None:
    tablet.sign_in("amina")
    tablet.go(REPORT)
    tablet.type("text", "Bruit-D au racleur")
    tablet.page.evaluate(
        """() => { const b = document.querySelector('.action'); const f = b.form;
        const twice = new URLSearchParams([...new FormData(f)].filter(([, v]) => typeof v === 'string'));
        const send = () => fetch(f.action, {method: 'POST', body: twice, redirect: 'manual'});
        return Promise.all([send(), send(), send()]); }"""
    )
    with tablet.page.expect_navigation():
        tablet.page.locator(".action:visible").first.dblclick()
    assert _written(tablet, "Bruit-D au racleur") == 1


def test_a_tap_counts_though_the_page_renews_itself_under_the_finger(tablet: Tablet) -> None:
    tablet.sign_in("amina")
    tablet.go("/machines/")
    page, link = tablet.page, tablet.page.locator("main [hx-get] a").first
    address = link.get_attribute("href")
    link.hover()
    page.mouse.down()
    page.evaluate(RENEWED)
    page.mouse.up()
    page.wait_for_url(f"**{address}")


def test_whoever_goes_by_keyboard_keeps_their_place_when_the_page_renews_itself(tablet: Tablet) -> None:
    tablet.sign_in("amina")
    tablet.go("/machines/")
    last = tablet.page.locator("main [hx-get] a").last
    last.focus()
    before = last.element_handle()
    tablet.page.evaluate(RENEWED)
    assert before is not None and not before.evaluate("link => link.isConnected")
    expect(last).to_be_focused()


def test_somebody_signed_out_in_the_middle_of_a_form_finds_it_again(tablet: Tablet, shots: Path) -> None:
    tablet.shots = shots / "reseau"
    tablet.sign_in("amina")
    tablet.go(REPORT)
    tablet.type("text", "Bruit-E au racleur")
    elsewhere = tablet.page.context.new_page()
    elsewhere.goto("/poste/changer/")
    with elsewhere.expect_navigation():
        elsewhere.locator("form[action*='quitter'] button").click()
    elsewhere.close()
    tablet.action()
    tablet.sees("Qui écrit ?", "Une saisie attend sur ce poste")
    tablet.shot("travail-garde")
    tablet.page.locator("[name='badge']").first.fill("STRATE-01")
    tablet.page.keyboard.press("Enter")
    tablet.page.locator("[name='pin']").first.fill("271828")
    tablet.page.wait_for_url("**/poste/reprise/")
    tablet.sees("Bruit-E au racleur")
    tablet.shot("reprise")
    tablet.action()
    assert _written(tablet, "Bruit-E au racleur") == 1


def test_an_idle_tablet_signs_the_person_out_and_keeps_what_was_typed(
    browser: Browser, site: str, shots: Path
) -> None:
    with _another(browser, site, shots / "reseau") as tablet:
        tablet.sign_in("hugo")
        tablet.go("/postes/enroler/")
        for name, typed in {"code": "hall-essai", "title": "Tablette d’essai", "idle_minutes": "2"}.items():
            tablet.type(name, typed)
        tablet.action()
        tablet.page.wait_for_url("**/postes/")
        tablet.sign_in("amina")
        # The hour of the tablet stands still, but for the minutes this test lets pass. It starts an hour early: however
        # long the computer takes between the two, the hour to stop at is still to come.
        now = datetime.now(UTC)
        tablet.page.clock.install(time=now - timedelta(hours=1))
        tablet.page.clock.pause_at(now)
        tablet.go(REPORT)
        tablet.type("text", "Bruit-F au racleur")
        tablet.page.clock.fast_forward(95_000)
        tablet.sees("Toujours là ?", "Ce poste se verrouille")
        tablet.shot("toujours-la")
        tablet.page.clock.fast_forward(60_000)
        tablet.page.wait_for_load_state("load")
        tablet.sees("Votre saisie est revenue")
        assert tablet.page.locator("[name='text']").input_value() == "Bruit-F au racleur"
        assert tablet.errors == []


def test_the_second_person_on_a_step_is_told_who_did_it_and_when(
    tablet: Tablet, browser: Browser, site: str, shots: Path
) -> None:
    tablet.shots = shots / "reseau"
    tablet.sign_in("amina")
    tablet.go("/gestes/commencer/machine-cleaning/?about=machine:LPBF-1")
    tablet.action()
    tablet.page.wait_for_url(re.compile(r"/gestes/\d+/$"))
    with _another(browser, site, shots / "reseau") as other:
        other.sign_in("bruno")
        other.go(tablet.page.url)
        step = other.page.locator("[name='step']").input_value()
        tablet.action()
        assert tablet.page.locator("[name='step']").input_value() != step
        other.action()
        other.sees("Refusé", "Amina Couche-Fictive", "déjà fait")
        other.shot("deja-fait")
        assert other.errors == []


def test_a_tablet_a_day_off_is_corrected_and_told(browser: Browser, site: str, shots: Path) -> None:
    with _another(browser, site, shots / "reseau") as tablet:
        tablet.page.clock.set_fixed_time(datetime.now(UTC) - timedelta(days=1))
        tablet.sign_in("amina")
        tablet.go(REPORT)
        tablet.type("text", "Bruit-G au racleur")
        tablet.action()
        assert _written(tablet, "Bruit-G au racleur") == 1
        tablet.go(ABOUT)
        tablet.sees("L’horloge de la tablette retardait de 24 h")
        tablet.shot("horloge")
        assert tablet.errors == []
