"""The network between gateway and machine goes away in the middle of a launch: it waits in sight, happens once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.journeys.away import Away, before_the_launch, frozen, gate_open, log, results, silent, told, until
from tests.journeys.tablet import LARGE, Tablet

pytestmark = pytest.mark.journey
# Longer than the test: an order that never left waits for its machine as long as the network is away.
PATIENCE_S = 600.0


@pytest.fixture(scope="module")
def away(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Away]:
    with before_the_launch(tmp_path_factory.mktemp("away"), patience_s=PATIENCE_S) as standing:
        yield standing


def test_a_launch_cut_from_its_machine_waits_in_sight_and_happens_once(
    away: Away, browser: Browser, shots: Path
) -> None:
    context = browser.new_context(
        locale="fr-FR", timezone_id="Europe/Paris", viewport=LARGE, base_url=away.address
    )
    tablet = Tablet(context.new_page(), shots / "machine-loin")
    tablet.watch()
    tablet.sign_in("amina")
    page = tablet.page

    until(lambda: _launched_unheard(away, tablet), lambda: f"never launched: {page.inner_text('main')}")
    page.wait_for_url("**/suivi/")
    tablet.sees("n’a pas encore répondu au lancement", "exécuté une fois au plus")
    until(lambda: silent(tablet), "the screen never said that the machine is silent")
    tablet.go("/fabrications/F-0001/suivi/")
    tablet.sees("muette", "exécuté une fois au plus")
    tablet.shot("lancement-en-attente")
    assert told(away.home, "start") == ["waiting"]
    tablet.go("/machines/LPBF-1/")
    tablet.shot("machine-muette")
    assert page.locator(".no-data, [class*='hatch'], .is-unknown").count() >= 1, page.inner_text("main")
    away.network.come_up()
    until(
        lambda: told(away.home, "start") == ["done"],
        lambda: f"the launch: {results(away.home)} {log(away.home)}",
    )
    until(lambda: not silent(tablet), "the machine is never heard again")
    tablet.go("/fabrications/F-0001/suivi/")
    tablet.shot("lancement-fait")
    assert told(away.home, "start") == ["done"]
    assert tablet.errors == []
    context.close()


def _launched_unheard(away: Away, tablet: Tablet) -> bool:
    """The gateway holds its breath while the order is written, then finds the machine out of reach.

    On a busy computer it may hold it so long that the gate calls the machine silent: then once more.
    """
    until(lambda: gate_open(tablet), lambda: f"the gate never opened: {tablet.page.inner_text('main')}")
    tablet.type("pin", "271828")
    with frozen(away.home):
        tablet.action()
        refused = tablet.page.locator("[data-refusal]").count() > 0
        if not refused:
            away.network.go_down()
    return not refused
