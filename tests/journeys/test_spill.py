"""An accidental spill: one tap from the build, the guided gesture, HSE told at once, the powder in its drum."""

from pathlib import Path

import pytest

from tests.journeys.before_the_launch import BUILD, fill_the_plate
from tests.journeys.hands import follow
from tests.journeys.tablet import Tablet

pytestmark = pytest.mark.journey
TOOL = ".tool.is-spill"


def test_a_spill_is_told_in_three_taps_and_ends_in_its_drum(
    tablet: Tablet, shots: Path, tmp_path: Path
) -> None:
    tablet.shots = shots / "spill"
    tablet.shots.mkdir(exist_ok=True)
    _on_a_build(tablet)
    tablet.tap(tablet.page.locator(TOOL))
    tablet.sees("Dispersion accidentelle", "Feu de classe D", "JAMAIS")
    tablet.shot("alerte")
    tablet.action()
    tablet.sees("Feu de classe D", "Protection respiratoire")
    tablet.shot("geste")
    follow(tablet, tmp_path)
    _record(tablet)
    drum = tablet.page.url
    tablet.sign_in("gaelle")
    tablet.go("/avis/")
    tablet.sees("signale Dispersion DA-", "attend votre conclusion")
    tablet.shot("avis-hse")
    tablet.go(drum)
    tablet.sees("Revue par HSE", "Bloqué par cette dispersion", "DECHET-3")
    tablet.type("conclusion", "Couvercle changé")
    tablet.pin()
    tablet.tap(tablet.page.locator("form[action$='/clore/'] button[type='submit']"))
    tablet.sees("Choses encore arrêtées")
    tablet.shot("a-decider")
    tablet.errors[:] = [e for e in tablet.errors if "409" not in e]


def _on_a_build(tablet: Tablet) -> None:
    """On the page of a build prepared now, whatever the front page proposes after the other journeys."""
    tablet.sign_in("amina")
    tablet.go("/fabrications/nouvelle/")
    fill_the_plate(tablet)
    tablet.go(BUILD)


def _record(tablet: Tablet) -> None:
    """The gesture ends on the record: what was entered on the way is there already."""
    tablet.sees("Dispersion DA-", "Masse répandue")
    assert tablet.page.locator("[name='mass']").input_value() == "0,000"
    tablet.type("mass", "0,250")
    tablet.tap(tablet.page.locator("label:has([name='cause'][value='handling'])"))
    tablet.scan("drum", "drum:DECHET-3")
    tablet.shot("fiche")
    tablet.action()
    tablet.sees("estimée", "DECHET-3", "attend HSE")
