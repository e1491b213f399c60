"""Scanning: a wedge reader on any screen leads to the thing; a label is read exactly; sheets of labels are printed."""

from pathlib import Path

import pytest

from tests.journeys.tablet import Tablet

pytestmark = pytest.mark.journey


def _wedge(tablet: Tablet, code: str) -> None:
    """What a reader does: keys a few milliseconds apart, then Enter."""
    tablet.page.keyboard.type(code, delay=3)
    tablet.page.keyboard.press("Enter")


@pytest.mark.parametrize("screen", ["/", "/ordres/", "/machines/LPBF-1/", "/moi/", "/avis/"])
def test_a_scan_on_any_screen_opens_the_thing(tablet: Tablet, screen: str) -> None:
    tablet.sign_in("amina")
    tablet.go(screen)
    _wedge(tablet, "lot:TI64-2601")
    tablet.page.wait_for_url("**/choses/lot:TI64-2601/", timeout=15_000)
    tablet.sees("TI64-2601", "Lot de poudre")


def test_a_label_is_read_exactly(tablet: Tablet, shots: Path) -> None:
    tablet.shots = shots / "scan"
    tablet.sign_in("amina")
    tablet.go("/scanner/")
    tablet.shot("scanner")
    _wedge(tablet, "TI64-260")
    tablet.sees("Rien ne porte cette étiquette", "TI64-2601", "TI64-2602")
    tablet.shot("inconnue")
    # A label nobody bears answers 404: the browser logs it, it is what is wanted.
    tablet.errors[:] = [e for e in tablet.errors if "404" not in e]
    tablet.go("/scanner/?code=LPBF-1")
    tablet.page.wait_for_url("**/choses/machine:LPBF-1/")
    tablet.shot("machine")


def test_a_scan_typed_into_another_field_by_mistake_is_taken_out_again(tablet: Tablet) -> None:
    tablet.sign_in("amina")
    tablet.go("/anomalies/signaler/?kind=other")
    words = tablet.page.locator("[name='text']")
    words.fill("Vu sur ")
    words.focus()
    _wedge(tablet, "machine:LPBF-1")
    assert tablet.page.locator("[name='about']").input_value() == "machine:LPBF-1"
    assert words.input_value() == "Vu sur "


def test_a_sheet_of_labels_is_ready_to_print(tablet: Tablet, shots: Path) -> None:
    tablet.shots = shots / "scan"
    tablet.sign_in("amina")
    tablet.go("/etiquettes/?ref=machine:LPBF-1&ref=lot:TI64-2601&ref=plate:PL-07&ref=lot:TI64-2602")
    images = tablet.page.locator(".label-sheet img")
    assert images.count() == 4
    assert images.evaluate_all("all => all.every(i => i.complete && i.naturalWidth > 0)")
    tablet.shot("etiquettes")
