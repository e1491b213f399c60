"""The network is cut in the middle of a launch: a person looks at the machine and says; nothing is sent twice."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.journeys.away import Away, before_the_launch, gate_open, log, results, silent, told, until
from tests.journeys.tablet import LARGE, Tablet
from tests.peers.hand import Hand

pytestmark = pytest.mark.journey
FOLLOW, SEEN = "/fabrications/F-0001/suivi/", "/fabrications/F-0001/depart/"
# Short: a machine cut off in the middle is looked for this long, then a person is asked.
PATIENCE_S = 6.0
MOST_TRIES = 20


@pytest.fixture(scope="module")
def away(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Away]:
    with before_the_launch(tmp_path_factory.mktemp("lost"), patience_s=PATIENCE_S) as standing:
        yield standing


def test_a_launch_cut_in_the_middle_is_settled_by_who_looks_at_the_machine(
    away: Away, browser: Browser, shots: Path
) -> None:
    tablet = _tablet(away, browser, shots)
    # The order never arrives: the machine stands still, which only somebody in front of it can see.
    _lose(away, tablet, arrives=False)
    assert _pressed(away) == 0
    tablet.go(FOLLOW)
    tablet.sees("Lancement incertain", "Rien n’est renvoyé")
    tablet.shot("suivi")
    tablet.action()
    tablet.sees("Ce que l’on sait", "Ce que l’on ne sait pas", "lisez son propre écran")
    tablet.shot("dire")
    tablet.choose("seen", "stands")
    tablet.type("pin", "271828")
    tablet.action()
    tablet.sees("Lancer F-0001")
    assert set(told(away.home, "start")) == {"failed"} and _pressed(away) == 0
    away.network.come_up()
    until(lambda: not silent(tablet), "the machine is never heard again")

    # Launched again: the order arrives, its answer does not. The machine runs; Strate does not know it.
    _lose(away, tablet, arrives=True)
    assert _pressed(away) == 1
    tablet.go(SEEN)
    tablet.choose("seen", "runs")
    tablet.type("pin", "271828")
    tablet.action()
    tablet.sees("ne l’a pas encore confirmé")
    tablet.shot("il-tourne")
    away.network.come_up()
    until(lambda: _layers(tablet), lambda: f"no layer: {results(away.home)} {log(away.home)}")
    tablet.shot("suivi-repris")
    *failed, last = told(away.home, "start")
    assert set(failed) == {"failed"} and last == "done" and _pressed(away) == 1
    assert tablet.errors == []
    tablet.page.context.close()


def _tablet(away: Away, browser: Browser, shots: Path) -> Tablet:
    """Amina's tablet, in French, signed in."""
    address = {"base_url": away.address, "locale": "fr-FR", "timezone_id": "Europe/Paris"}
    context = browser.new_context(viewport=LARGE, **address)
    tablet = Tablet(context.new_page(), shots / "lancement-incertain")
    tablet.watch()
    tablet.sign_in("amina")
    return tablet


def _lose(away: Away, tablet: Tablet, *, arrives: bool) -> None:
    """Launch; the line breaks at the very message that carries the order, before or after the machine has it."""
    away.network.break_at(b"F-0001", arrives=arrives)
    for _ in range(MOST_TRIES):
        _launch(away, tablet)
        until(lambda: told(away.home, "start")[-1] == "failed", lambda: f"{results(away.home)}")
        if away.network.down:
            return
    raise AssertionError(f"the line never broke at the order: {results(away.home)}")


def _launch(away: Away, tablet: Tablet) -> None:
    """On a busy computer the gate may call the machine silent, or the order give up waiting for it: then once more."""
    before = len(told(away.home, "start"))
    for _ in range(MOST_TRIES):
        until(lambda: gate_open(tablet), lambda: f"the gate never opened: {tablet.page.inner_text('main')}")
        tablet.type("pin", "271828")
        tablet.action()
        if len(told(away.home, "start")) > before:
            return
    raise AssertionError(f"the gate never opened: {tablet.page.inner_text('main')}")


def _pressed(away: Away) -> int:
    """How often the machine itself was told to start: asked at the machine, not through the bad network."""
    with Hand(f"opc.tcp://127.0.0.1:{away.network.target}/", "LPBF-1") as hand:
        return len([one for one in hand.presses("StoreAndStart") if not one[2]])


def _layers(tablet: Tablet) -> bool:
    tablet.go(FOLLOW)
    return tablet.page.locator("p.large.number").inner_text().split("/")[0].strip() not in ("", "0", "—")
