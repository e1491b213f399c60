"""Exchange files from the design office to the machine: layers, a plate laid out by hand, revisions side by side."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Route, expect

from strate.kernels.geometry import samples
from tests.journeys.conftest import start_site, stop_site
from tests.journeys.eyes import AWAKE_MS
from tests.journeys.hands import until
from tests.journeys.tablet import LARGE, Tablet

pytestmark = pytest.mark.journey
LAYERS, LAYER_UM = 120, 30
PLATE = "/fabrications/F-0001/plateau/"


@pytest.fixture(scope="module")
def files_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A demo site of its own: its printer makes what these tests put on it."""
    process, address = start_site(tmp_path_factory.mktemp("files"), "--scale", "400")
    yield address
    stop_site(process)


@pytest.fixture()
def desk(browser: Browser, files_site: str, shots: Path) -> Iterator[Tablet]:
    """A tablet in the methods office."""
    settings: dict[str, Any] = {"has_touch": True, "viewport": LARGE, "base_url": files_site}
    context = browser.new_context(locale="fr-FR", timezone_id="Europe/Paris", **settings)
    held = Tablet(context.new_page(), shots / "fichiers")
    held.watch()
    yield held
    context.close()
    assert held.errors == []


def cli() -> bytes:
    """A block of 12 × 20 mm cut into layers by another program: outline, hatches, power and speed."""
    head = (
        "$$HEADERSTART\n$$ASCII\n$$UNITS/1\n$$VERSION/200\n$$DIMENSION/0,0,0.03,12,20,3.6\n"
        f"$$LAYERS/{LAYERS}\n$$HEADEREND\n$$GEOMETRYSTART\n"
    )
    outline = "$$POLYLINE/1,1,5,0,0,12,0,12,20,0,20,0,0\n"
    strokes = ",".join(f"{x / 10:g},0.1,{x / 10:g},19.9" for x in range(1, 120))
    lines = f"$$POWER/280\n$$SPEED/1200\n{outline}$$HATCHES/1,119,{strokes}\n"
    layers = "".join(f"$$LAYER/{n * LAYER_UM / 1000:g}\n{lines}" for n in range(1, LAYERS + 1))
    return f"{head}{layers}$$GEOMETRYEND\n".encode()


def enter(desk: Tablet, code: str, title: str) -> None:
    desk.go("/pieces/nouvelle/")
    desk.type("code", code)
    desk.type("title", title)
    desk.action()
    desk.page.wait_for_url(f"**/pieces/{code}/")


def add(desk: Tablet, code: str, revision: str, name: str, content: bytes) -> None:
    desk.go(f"/pieces/{code}/fichier/")
    desk.type("revision", revision)
    desk.page.locator("[name=layer_um]").fill(str(LAYER_UM))
    desk.page.set_input_files(
        "#file", {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    )
    desk.action()
    desk.page.wait_for_url(f"**/pieces/{code}/")


def approve(desk: Tablet, code: str) -> None:
    desk.go(f"/pieces/{code}/")
    desk.tap("Approuver pour la production")
    desk.pin()
    desk.action()
    desk.page.wait_for_url(f"**/pieces/{code}/")


def order(desk: Tablet, number: str, part: str, quantity: int) -> None:
    desk.go("/ordres/nouveau/")
    for name, text in {"code": number, "revision": "A", "quantity": str(quantity)}.items():
        desk.type(name, text)
    desk.page.locator("[name=due_on]").fill("2031-01-31")
    desk.choose("part", part)
    desk.choose("routing", "G-TI64-30")
    desk.action()
    desk.page.wait_for_url(f"**/ordres/of/{number}/")


def put_on_plate(desk: Tablet, **quantities: str) -> None:
    """Prepared with these orders, and no others."""
    desk.go("/fabrications/nouvelle/")
    for box in desk.page.locator("[name^='quantity_']").all():
        box.fill("")
    for name, text in quantities.items():
        desk.type(f"quantity_{name.replace('_', '-')}", text)
    desk.action()
    desk.page.wait_for_url(re.compile(r"/fabrications/F-\d+/$"))


def places(desk: Tablet) -> dict[str, tuple[float, float]]:
    """Where each copy stands on the plate, in mm."""
    desk.go(PLATE)
    return {
        str(link.get_attribute("aria-label")): (_mm(link, "x"), _mm(link, "y"))
        for link in desk.page.locator(".plate-plan a").all()
    }


def _mm(link: Locator, side: str) -> float:
    return int(link.get_attribute(f"data-{side}") or "") / 1000


def test_two_revisions_of_a_part_are_laid_side_by_side(desk: Tablet) -> None:
    desk.sign_in("ines")
    enter(desk, "CALE-7", "Cale")
    add(desk, "CALE-7", "A", "cale-a.stl", samples.bracket(height_mm=20.0, thickness_mm=5.0, hole_mm=4.0))
    add(desk, "CALE-7", "B", "cale-b.stl", samples.bracket(height_mm=20.0, thickness_mm=5.0, hole_mm=3.0))
    desk.tap("Comparer deux fichiers")
    desk.sees("Ce qui a changé", "Avant", "Après", "Volume", "Constats")
    for image in desk.page.locator(".sides img").all():
        image.scroll_into_view_if_needed()
        expect(image).to_have_js_property("complete", True)
        assert image.evaluate("(i) => i.naturalWidth") > 100
    desk.shot("deux-revisions")


def test_a_closed_format_is_told_for_what_it_is_and_a_foreign_one_by_its_own_name(desk: Tablet) -> None:
    desk.sign_in("ines")
    enter(desk, "FERME-1", "Fichier du constructeur")
    add(desk, "FERME-1", "A", "plateau.slm", b"\x00SLM\x01" + bytes(range(256)) * 40)
    desk.sees("Invérifiable, à approuver", "inconnu", "SLM")
    add(desk, "FERME-1", "B", "plateau.magics", b"\x01\x02Projet\x00" + bytes(range(256)) * 9)
    desk.sees("Refusé", "Les fichiers .magics ne sont pas lus ici")
    desk.shot("formats")


def test_copies_are_dragged_on_the_plate_and_never_into_each_other(desk: Tablet) -> None:
    desk.sign_in("amina")
    put_on_plate(desk, OF_2601="3")
    desk.go(PLATE)
    desk.tap("Mettre les exemplaires en rangs")
    desk.page.wait_for_selector(".plate-plan")
    before = places(desk)
    assert len(before) == 3
    last = list(before)[-1]
    desk.go(f"{PLATE}?copie={last}")
    desk.page.wait_for_selector(".plate-plan a.is-loose", timeout=AWAKE_MS)
    _drag(desk, 0, -90)
    expect(desk.page.locator("[data-refusal]")).to_have_count(0)
    after = places(desk)
    assert after[last][1] - before[last][1] > 20 and after | {last: before[last]} == before
    desk.go(f"{PLATE}?copie={last}")
    desk.shot("plateau")
    # Onto another one, typed: refused, and what was typed is still there.
    other = next(iter(before))
    for name, text in zip(("x_um", "y_um"), after[other], strict=True):
        desk.type(name, f"{text:g}".replace(".", ","))
    desk.action()
    desk.sees("Refusé", other)
    desk.page.wait_for_selector(".plate-plan a.is-loose[transform]")
    assert desk.page.locator("[name=y_um]").input_value() == f"{after[other][1]:g}".replace(".", ",")
    desk.shot("plateau-refus")
    assert places(desk) == after
    desk.go(f"{PLATE}?copie={last}")
    desk.type("turn_mdeg", "30,5")
    desk.action()
    assert desk.page.locator("[name=turn_mdeg]").input_value() == "30,5"
    _abandon(desk, "F-0001")


def _drag(desk: Tablet, right_px: float, down_px: float) -> None:
    """The chosen copy, taken by its middle."""
    desk.page.locator(".plate-plan").scroll_into_view_if_needed()
    box = desk.page.locator(".plate-plan a.is-loose").bounding_box()
    assert box
    x, y = box["x"] + box["width"] * 0.12, box["y"] + box["height"] * 0.5
    with desk.page.expect_navigation():
        _finger(desk, [(x + right_px * part / 8, y + down_px * part / 8) for part in range(9)])


def _finger(desk: Tablet, way: list[tuple[float, float]]) -> None:
    """As a tablet hears it: were the page to scroll instead, the copy would not move."""
    glass = desk.page.context.new_cdp_session(desk.page)
    glass.send("Emulation.setTouchEmulationEnabled", {"enabled": True})
    for kind, (x, y) in zip(["touchStart", *["touchMove"] * (len(way) - 1)], way, strict=True):
        glass.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
    glass.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def _abandon(desk: Tablet, build: str) -> None:
    desk.go(f"/fabrications/{build}/abandonner/")
    desk.type("reason", "Essai de plateau")
    desk.action()
    desk.page.wait_for_url(f"**/fabrications/{build}/")


def test_a_layer_file_goes_from_its_upload_to_the_machine(desk: Tablet) -> None:
    desk.sign_in("ines")
    enter(desk, "COUCHES-1", "Bloc tranché ailleurs")
    add(desk, "COUCHES-1", "A", "bloc.cli", cli())
    desk.sees("CLI (ASCII)", "120 × 30 µm", "280 W", "1200 mm/s", "Hachures")
    desk.tap("Voir par couches")
    desk.page.wait_for_selector(".layers[data-drawn]", timeout=AWAKE_MS)
    assert "240" in desk.page.locator("[data-area]").inner_text()
    desk.shot("couches-cli")
    desk.sign_in("driss")
    approve(desk, "COUCHES-1")
    desk.sign_in("chloe")
    order(desk, "OF-2610", "COUCHES-1", 1)
    desk.sees("120 × 30 µm", "Ti-6Al-4V (grade 5)")
    desk.sign_in("amina")
    put_on_plate(desk, OF_2610="1")
    build = desk.page.url.rstrip("/").rpartition("/")[2]
    desk.sees("120")
    desk.shot("fabrication-cli")
    desk.go(f"/fabrications/{build}/fichier/")
    desk.action()
    address = f"/fabrications/{build}/fichier/"
    digests = desk.page.locator("dl.facts code")
    until(lambda: len(set(digests.all_inner_texts())) == 1 and digests.count() == 2, desk, address)
    desk.sees("Relu dans la machine", "Conforme")
    desk.shot("fichier-cli")
    # A layer chosen before the viewer is there is the one it shows.
    late: list[Route] = []
    desk.page.route("**/islands/layers.js", lambda route: late.append(route))
    desk.go(f"/fabrications/{build}/couches/")
    desk.page.locator("#layer").fill("7")
    while not late:
        desk.page.wait_for_timeout(20)
    late[0].continue_()
    desk.page.wait_for_selector(".layers[data-drawn='7']", timeout=AWAKE_MS)
    assert desk.page.locator("[data-of]").inner_text() == "120"
