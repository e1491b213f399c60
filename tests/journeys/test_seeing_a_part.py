"""Somebody looks at a part before it is made: turns it, cuts it, goes to what was found, slides through its layers."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, Route, expect

from tests.journeys.conftest import FLAGS
from tests.journeys.eyes import AWAKE_MS, differs, eye, measured, opened, seen, seen_when, torn_bracket
from tests.journeys.tablet import LARGE, PHONE, Tablet

pytestmark = pytest.mark.journey
# A machine without a graphics card draws in three dimensions with its processor.
DRAWN_BY_THE_PROCESSOR = ["--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"]
FRAME_MS = 400.0
# A browser that was built, or told, to do without.
BLIND = """
const real = HTMLCanvasElement.prototype.getContext;
HTMLCanvasElement.prototype.getContext = function (kind, ...more) {
  return kind.startsWith("webgl") ? null : real.call(this, kind, ...more);
};
"""
# Every place the eye is at from now on.
ON_ITS_WAY = """() => {
  const see = document.querySelector(".see");
  window.places = new Set();
  new MutationObserver(() => window.places.add(see.dataset.eye)).observe(see, { attributeFilter: ["data-eye"] });
}"""
# What of the tools passes the frame they stand in.
OUT_OF_FRAME = """[...document.querySelectorAll(".see-tools > *")]
  .filter((tool) => tool.getBoundingClientRect().right > tool.parentElement.getBoundingClientRect().right + 1)
  .map((tool) => tool.className)"""
FIRST_PAGE_BYTES, FIRST_PAGE_REQUESTS = 500_000, 30


@pytest.fixture(scope="module")
def seeing(launch: Callable[[list[str]], Browser]) -> Iterator[Browser]:
    """A browser that draws in three dimensions."""
    opened = launch([flag for flag in FLAGS if flag != "--disable-gpu"] + DRAWN_BY_THE_PROCESSOR)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def address(seeing: Browser, site: str) -> str:
    """Where the torn bracket is seen."""
    context = seeing.new_context(base_url=site, locale="fr-FR")
    tablet = Tablet(context.new_page(), Path())
    tablet.sign_in("driss")
    page = tablet.page
    page.goto("/pieces/nouvelle/")
    page.fill("[name=code]", "VUE-1")
    page.fill("[name=title]", "Équerre à regarder")
    page.locator(".action").click()
    page.wait_for_url("**/pieces/VUE-1/")
    page.goto("/pieces/VUE-1/fichier/")
    page.fill("[name=revision]", "A")
    page.set_input_files("#file", {"name": "vue.stl", "mimeType": "model/stl", "buffer": torn_bracket()})
    page.locator(".action").click()
    page.wait_for_url("**/pieces/VUE-1/")
    found = page.locator("a[href$='/voir/']").first.get_attribute("href")
    context.close()
    assert found
    return found


@pytest.fixture()
def hand(seeing: Browser, site: str, shots: Path) -> Iterator[Tablet]:
    """A tablet with fingers, signed in."""
    yield from _tablet(seeing, site, shots)


def _tablet(browser: Browser, site: str, shots: Path, **more: Any) -> Iterator[Tablet]:
    settings = {"has_touch": True, "viewport": LARGE, "accept_downloads": True} | more
    context = browser.new_context(base_url=site, locale="fr-FR", timezone_id="Europe/Paris", **settings)
    held = Tablet(context.new_page(), shots / "voir")
    held.watch()
    held.sign_in("ines")
    yield held
    errors = [e for e in held.errors if "GPU stall" not in e]
    context.close()
    assert errors == []


def test_a_part_is_turned_by_finger_key_and_button(hand: Tablet, address: str) -> None:
    page = opened(hand, address)
    drawing = seen(page, ".see-canvas")
    assert drawing.std() > 12, "nothing is drawn"
    places = [eye(page)]
    page.locator(".see-canvas").focus()
    for key in ("ArrowLeft", "ArrowUp", "+", "Shift+ArrowRight", "Home"):
        page.keyboard.press(key)
        places.append(eye(page, places[-1]))
    for verb in ("right", "larger", "top", "front", "home"):
        page.locator(f".see [data-do={verb}]").click()
        places.append(eye(page, places[-1]))
    assert places[5] == pytest.approx(places[0], abs=0.5) == places[-1]
    page.locator(".see-canvas").scroll_into_view_if_needed()
    box = page.locator(".see-canvas").bounding_box()
    assert box
    x, y = box["x"] + box["width"] * 0.4, box["y"] + box["height"] * 0.6
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 120, y + 30, steps=6)
    page.mouse.up()
    eye(page, places[-1])
    print(f"first drawing of the part: {measured(page, 'strate:part')[0]:.0f} ms")


def test_a_finding_touched_in_the_list_is_shown_in_the_part_and_named(hand: Tablet, address: str) -> None:
    page = opened(hand, address)
    before = eye(page)
    first = page.locator("[data-finding][data-point]").first
    first.locator("[data-show]").click()
    eye(page, before)
    said = first.locator("[data-says]").inner_text()
    assert said in page.locator(".see [data-said]").inner_text()
    assert page.locator(".see-mark[aria-pressed=true]").inner_text() == first.get_attribute("data-finding")
    page.wait_for_selector(".layers[data-drawn='32']")  # the layer of the finding
    other = page.locator(".see-mark").nth(1)
    assert (other.get_attribute("aria-label") or "") != said
    other.click()
    assert other.get_attribute("aria-label") in page.locator(".see [data-said]").inner_text()
    hand.shot("constat")


def test_a_section_opens_the_part_and_the_layers_follow_it(hand: Tablet, address: str) -> None:
    page = opened(hand, address)
    whole = seen(page, ".see-canvas")
    page.locator("[data-do=cut-z]").click()
    page.locator("[data-depth]").fill("300")
    page.wait_for_selector(".layers[data-drawn='450']")
    cut = seen_when(page, ".see-canvas", lambda shot: differs(whole)(shot) > 3)
    assert "18,00" in page.locator("[data-depth-said]").inner_text()
    page.locator("[data-slider]").fill("900")
    expect(page.locator("[data-depth-said]")).to_contain_text("36,00")
    for axis in "xy":
        page.locator(f"[data-do=cut-{axis}]").click()
        expect(page.locator("[data-depth-said]")).to_contain_text(axis)
        seen_when(page, ".see-canvas", lambda shot: differs(cut)(shot) > 1)
    hand.shot("coupe")
    page.locator("[data-do=whole]").click()
    seen_when(page, ".see-canvas", lambda shot: differs(whole)(shot) < 3)
    print(f"section, from the slider to the drawing: {median(measured(page, 'strate:section')):.0f} ms")


def test_the_layers_answer_the_slider_at_once_by_key_and_by_finger(hand: Tablet, address: str) -> None:
    page = opened(hand, address)
    layers, slider = page.locator(".layers"), page.locator("[data-slider]")
    slider.focus()
    for _press in range(40):
        page.keyboard.press("ArrowRight")
    page.wait_for_selector(".layers[data-drawn='790']")
    assert page.locator("[data-number]").inner_text() == "790"
    assert "31,600" in page.locator("[data-height]").inner_text().replace("\u202f", " ")
    page.locator(".layers-sheet").focus()
    page.keyboard.press("PageDown")
    page.keyboard.press("ArrowUp")
    page.wait_for_selector(".layers[data-drawn='781']")
    box = page.locator(".layers-profile").bounding_box()
    assert box
    page.touchscreen.tap(box["x"] + 30, box["y"] + box["height"] * 0.9)
    expect(layers).to_have_attribute("data-drawn", re.compile(r"^(14[5-9]|15[0-5])$"))
    expect(page.locator("[data-number]")).to_have_text(layers.get_attribute("data-drawn") or "")
    times = measured(page, "strate:layer")
    print(f"layer, from the slider to the drawing: median {median(times):.0f} ms, worst {max(times):.0f} ms")
    # The quickest of them: how busy this computer is says nothing of the drawing.
    assert min(times) < FRAME_MS
    hand.shot("couches")


def test_measured_places_are_laid_on_the_part_in_the_colours_of_their_deviation(
    hand: Tablet, address: str
) -> None:
    """The page of a scan gives the same viewer the address of its deviations."""
    grid = np.linspace(0, 60, 150)
    x, z = (side.reshape(-1) for side in np.meshgrid(grid, grid))
    rows = np.stack([x, np.full_like(x, -0.2), z, np.where(x < 30, -0.3, 0.3)], 1).astype("<f4")
    hand.page.route("**/deviations", lambda route: route.fulfill(body=rows.tobytes()))
    told = ' data-deviations="/deviations" data-reach="0.3" data-mesh='

    def with_deviations(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace(" data-mesh=", told))

    hand.page.route(f"**{address}", with_deviations)
    page = opened(hand, address)
    assert page.locator("[data-legend]").is_visible()
    before = eye(page)
    page.locator(".see [data-do=front]").click()
    eye(page, before)
    hand.shot("ecarts")
    red, _green, blue = (seen(page, ".see-canvas")[..., n] for n in range(3))
    assert (red - blue > 100).mean() > 0.05 and (blue - red > 80).mean() > 0.05


def test_a_layer_is_enlarged_and_seen_whole_again(hand: Tablet, address: str) -> None:
    page = opened(hand, address)
    whole = seen(page, ".layers-sheet")
    for verb in ("larger", "larger"):
        page.locator(f".layers [data-do={verb}]").click()
    seen_when(page, ".layers-sheet", lambda shot: differs(whole)(shot) > 1)
    page.locator(".layers [data-do=fit]").click()
    seen_when(page, ".layers-sheet", lambda shot: differs(whole)(shot) < 0.5)


def test_the_picture_is_kept_with_its_name_and_printed(hand: Tablet, address: str, tmp_path: Path) -> None:
    page = opened(hand, address)
    for viewer in (".see", ".layers"):
        with page.expect_download() as waiting:
            page.locator(f"{viewer} [data-do=picture]").click()
        kept = tmp_path / waiting.value.suggested_filename
        waiting.value.save_as(kept)
        picture = np.asarray(Image.open(kept).convert("L"), float)
        assert kept.name.startswith("VUE-1-A") and picture.std() > 10 and picture.shape[1] > 500
    page.pdf(path=str(tmp_path / "page.pdf"))
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    paper = page.evaluate(
        "(() => { const p = document.querySelector('[data-paper]'); return p.toDataURL().length })()"
    )
    assert paper > 20_000 and (tmp_path / "page.pdf").stat().st_size > 30_000


def test_a_device_without_3d_keeps_the_drawing_of_the_server_and_says_so(
    seeing: Browser, site: str, shots: Path, address: str
) -> None:
    for tablet in _tablet(seeing, site, shots):
        tablet.page.add_init_script(BLIND)
        tablet.page.goto(address)
        tablet.page.wait_for_selector(".see.is-flat", timeout=AWAKE_MS)
        assert (
            "ne sait pas dessiner en trois dimensions" in tablet.page.locator(".see [data-said]").inner_text()
        )
        assert tablet.page.locator(".see-asleep svg path").count() > 5
        assert not tablet.page.locator(".see-canvas").is_visible()
        tablet.page.wait_for_selector(".layers[data-drawn]", timeout=AWAKE_MS)
        tablet.shot("sans-3d")
        tablet.errors[:] = [said for said in tablet.errors if "WebGL" not in said]


def test_a_phone_at_night_sees_the_same_without_motion(
    seeing: Browser, site: str, shots: Path, address: str
) -> None:
    more = {"viewport": PHONE, "color_scheme": "dark", "reduced_motion": "reduce"}
    for tablet in _tablet(seeing, site, shots, **more):
        page = opened(tablet, address)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        small = page.evaluate(
            "[...document.querySelectorAll('.see button, .layers button')].filter((b) => b.offsetParent)"
            ".filter((b) => b.offsetWidth < 44 || b.offsetHeight < 48).map((b) => b.dataset.do ?? b.className)"
        )
        assert small == []
        assert seen(page, ".see-canvas").mean() < 120, "dark at night"
        before = eye(page)
        page.evaluate(ON_ITS_WAY)
        page.locator("[data-show]").first.click()
        eye(page, before)
        assert page.evaluate("window.places.size") == 1, "the eye glides"
        assert page.evaluate(OUT_OF_FRAME) == []
        upright = eye(page)
        page.set_viewport_size({"width": PHONE["height"], "height": PHONE["width"]})
        eye(page, upright)  # a tablet that is turned fits again what it showed
        page.screenshot(path=str(shots / "voir" / "telephone-nuit.png"))


def test_the_first_page_is_light_and_three_dimensions_come_after(hand: Tablet, address: str) -> None:
    page = opened(hand, address)
    sent = page.evaluate(
        "performance.getEntriesByType('resource')"
        # What a page asks for again and again while the server works is not counted.
        ".filter((e) => e.initiatorType !== 'xmlhttprequest')"
        ".map((e) => [new URL(e.name).pathname, e.transferSize, e.encodedBodySize])"
    )
    late = [r for r in sent if "/islands/" in r[0] or r[0].startswith("/api/")]
    first = [r for r in sent if r not in late]
    bundle = {r[0].rpartition("/")[2]: r[2] for r in late if "/vendor/islands/" in r[0]}
    print(f"first page: {len(first)} requests, {sum(r[2] for r in first) // 1000} kB; then {bundle}")
    assert len(first) <= FIRST_PAGE_REQUESTS and sum(r[2] for r in first) <= FIRST_PAGE_BYTES
    assert bundle["part.js"] < 200_000 and bundle["layers.js"] < 12_000
