"""Scanning: a wedge reader or the camera leads to the thing; labels printed by the house are read back exactly."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Route, expect

from tests.journeys.conftest import FLAGS
from tests.journeys.hands import wedge
from tests.journeys.tablet import BADGES, LARGE, PIN, Tablet

pytestmark = pytest.mark.journey


@pytest.mark.parametrize("screen", ["/", "/ordres/", "/machines/LPBF-1/", "/moi/", "/avis/"])
def test_a_scan_on_any_screen_opens_the_thing(tablet: Tablet, screen: str) -> None:
    tablet.sign_in("amina")
    tablet.go(screen)
    wedge(tablet.page, "lot:TI64-2601")
    tablet.page.wait_for_url("**/choses/lot:TI64-2601/")
    tablet.sees("TI64-2601", "Lot de poudre")


def test_a_label_is_read_exactly(tablet: Tablet, shots: Path) -> None:
    tablet.shots = shots / "scan"
    tablet.sign_in("amina")
    tablet.go("/scanner/")
    tablet.shot("scanner")
    wedge(tablet.page, "TI64-260")
    tablet.sees("Rien ne porte cette étiquette", "TI64-2601", "TI64-2602")
    tablet.shot("inconnue")
    tablet.go("/scanner/?code=LPBF-1")
    tablet.page.wait_for_url("**/choses/machine:LPBF-1/")
    tablet.shot("machine")
    # A label nobody bears answers 404: the browser logs it, it is what is wanted.
    tablet.errors[:] = [e for e in tablet.errors if "404" not in e]


def test_a_scan_typed_into_another_field_by_mistake_is_taken_out_again(tablet: Tablet) -> None:
    tablet.sign_in("amina")
    tablet.go("/anomalies/signaler/?kind=other")
    words = tablet.page.locator("[name='text']")
    words.fill("Vu sur ")
    words.focus()
    wedge(tablet.page, "machine:LPBF-1")
    assert tablet.page.locator("[name='about']").input_value() == "machine:LPBF-1"
    assert words.input_value() == "Vu sur "


def test_a_pin_typed_as_fast_as_a_reader_never_stands_in_an_address(tablet: Tablet) -> None:
    tablet.go("/poste/changer/?next=/avis/")
    tablet.page.locator("[name='badge']").first.fill(BADGES["amina"])
    tablet.page.keyboard.press("Enter")
    expect(tablet.page.locator(".pin-dots")).to_be_visible()
    addresses: list[str] = []
    tablet.page.on("request", lambda request: addresses.append(request.url))
    # Once beside its box, where nothing may happen; then in it, where it signs in.
    tablet.page.evaluate("document.activeElement.blur()")
    wedge(tablet.page, PIN)
    assert addresses == []
    tablet.page.locator("[name='pin']").focus()
    wedge(tablet.page, PIN)
    tablet.page.wait_for_url("**/avis/")
    assert not [each for each in addresses if PIN in each or "/scanner/" in each]


def test_a_pin_typed_before_the_scripts_have_come_signs_in_all_the_same(tablet: Tablet) -> None:
    tablet.go("/poste/changer/?next=/avis/")
    late: list[Route] = []
    tablet.page.route("**/numbers*.js", lambda route: route.continue_() if late else late.append(route))
    tablet.page.locator("[name='badge']").first.fill(BADGES["amina"])
    tablet.page.keyboard.press("Enter")
    tablet.page.locator("[name='pin']").fill(PIN)
    while not late:
        tablet.page.wait_for_timeout(20)
    late[0].continue_()
    tablet.page.wait_for_url("**/avis/")


def test_a_sheet_of_labels_is_ready_to_print(tablet: Tablet, shots: Path) -> None:
    tablet.shots = shots / "scan"
    tablet.sign_in("amina")
    tablet.go("/etiquettes/?ref=machine:LPBF-1&ref=lot:TI64-2601&ref=plate:PL-07&ref=lot:TI64-2602")
    images = tablet.page.locator(".label-sheet img")
    assert images.count() == 4
    assert images.evaluate_all("all => all.every(i => i.complete && i.naturalWidth > 0)")
    tablet.shot("etiquettes")


# What a tablet's camera sees is a film made from the printed label; nobody is asked for permission.
CAMERA = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
FILM = (1280, 720)


def _printed(tablet: Tablet, ref: str, folder: Path) -> Image.Image:
    """The label as the printer gives it: the house's PDF, drawn at 200 points an inch."""
    answer = tablet.page.request.get(f"/etiquettes/imprimer/?ref={ref}&taille=62x29")
    assert answer.headers["content-type"] == "application/pdf"
    pdf = folder / "label.pdf"
    pdf.write_bytes(answer.body())
    subprocess.run(["pdftoppm", "-r", "200", "-png", "-singlefile", pdf, folder / "label"], check=True)
    return Image.open(folder / "label.png").convert("RGB")


def _filmed(label: Image.Image, path: Path) -> Path:
    """A hand holds the label before the camera, a little askew on a dark bench."""
    label.thumbnail((FILM[0] * 2 // 3, FILM[1] * 2 // 3))
    bench = Image.new("RGB", FILM, (70, 72, 75))
    askew = label.convert("RGBA").rotate(7, expand=True, resample=Image.Resampling.BICUBIC)
    bench.paste(askew, ((FILM[0] - askew.width) // 2, (FILM[1] - askew.height) // 2), askew)
    light, *colours = bench.convert("YCbCr").split()
    small = [each.resize((FILM[0] // 2, FILM[1] // 2)).tobytes() for each in colours]
    frame = b"FRAME\n" + light.tobytes() + b"".join(small)
    path.write_bytes(f"YUV4MPEG2 W{FILM[0]} H{FILM[1]} F10:1 Ip A1:1 C420jpeg\n".encode() + frame * 3)
    return path


def test_a_label_printed_by_the_house_is_read_back_by_the_camera(
    tablet: Tablet, launch: Callable[[list[str]], Browser], site: str, shots: Path, tmp_path: Path
) -> None:
    tablet.sign_in("amina")
    film = _filmed(_printed(tablet, "lot:TI64-2601", tmp_path), tmp_path / "label.y4m")
    browser = launch([*FLAGS, *CAMERA, f"--use-file-for-fake-video-capture={film}"])
    context = browser.new_context(base_url=site, locale="fr-FR", viewport=LARGE)
    held = Tablet(context.new_page(), shots / "scan")
    held.watch()
    fetched: list[str] = []
    held.page.on("request", lambda request: fetched.append(request.url))
    held.sign_in("amina")
    held.go("/scanner/")
    held.tap(held.page.locator("[data-camera]"))
    held.page.wait_for_url("**/choses/lot:TI64-2601/")
    held.sees("TI64-2601", "Ce qu’on peut faire maintenant")
    assert any(url.endswith(".wasm") for url in fetched) and all(url.startswith(site) for url in fetched)
    # In a form, what the camera read lands in the field that asked, and is judged as if it had been typed.
    held.go("/machines/LPBF-1/monter/")
    held.tap(held.page.locator("[data-camera]"))
    expect(held.page.locator("[data-refusal]")).to_contain_text("TI64-2601")
    held.shot("camera-champ")
    browser.close()
    assert held.errors == []


def test_a_refused_camera_says_so_and_the_other_way(tablet: Tablet, shots: Path) -> None:
    tablet.shots = shots / "scan"
    tablet.sign_in("amina")
    tablet.go("/scanner/")
    tablet.tap(tablet.page.locator("[data-camera]"))
    said = tablet.page.locator("dialog.camera [role=status]")
    expect(said).to_contain_text("Prenez la douchette, ou tapez ce qui est écrit sous le code")
    expect(tablet.page.locator("dialog.camera a[href^='/securite/dispersion/']")).to_be_visible()
    tablet.shot("camera-refusee")
    tablet.tap("Fermer la caméra")
    expect(tablet.page.locator("dialog.camera")).to_have_count(0)
    wedge(tablet.page, "machine:LPBF-1")
    tablet.page.wait_for_url("**/choses/machine:LPBF-1/")


def test_a_person_who_says_no_to_the_camera_is_told_the_other_way(
    launch: Callable[[list[str]], Browser], site: str, shots: Path
) -> None:
    browser = launch([*FLAGS, CAMERA[0], "--deny-permission-prompts"])
    context = browser.new_context(base_url=site, locale="fr-FR", viewport=LARGE)
    held = Tablet(context.new_page(), shots / "scan")
    held.sign_in("amina")
    held.go("/scanner/")
    held.tap(held.page.locator("[data-camera]"))
    said = held.page.locator("dialog.camera [role=status]")
    expect(said).to_contain_text("La caméra a été refusée à cette page")
    expect(said).to_contain_text("Prenez la douchette, ou tapez ce qui est écrit sous le code")
    browser.close()


def test_what_cannot_be_done_now_is_told_with_its_reasons(tablet: Tablet, shots: Path) -> None:
    tablet.shots = shots / "scan"
    tablet.sign_in("amina")
    tablet.go("/choses/lot:TI64-2602/")
    refused = tablet.page.locator("#not-now")
    expect(refused).to_contain_text("Libérer")
    expect(refused).to_contain_text("Qualité")
    tablet.shot("que-faire")
