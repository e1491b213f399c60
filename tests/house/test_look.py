"""The look keeps its promises: readable in both lights, told apart by every eye, signs that exist."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import pytest

from strate.templatetags._pictograms import PICTOGRAMS
from strate.templatetags._states import SHAPES, STATES

WEB = Path(__file__).resolve().parents[2] / "src/strate/web"
STATIC = WEB / "static/strate"
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))
TONES = ("ok", "live", "warn", "stop", "doubt")
FLOORS = ("floor", "panel", "raised")
# Machado et al. 2009, severity 1: what eyes without one kind of cone see, in linear light.
EYES = {
    "protanopia": ((0.152, 1.053, -0.205), (0.115, 0.786, 0.099), (-0.004, -0.048, 1.052)),
    "deuteranopia": ((0.367, 0.861, -0.228), (0.280, 0.673, 0.047), (-0.012, 0.043, 0.969)),
    "tritanopia": ((1.256, -0.077, -0.179), (-0.078, 0.931, 0.148), (0.005, 0.691, 0.304)),
}
Light = tuple[float, float, float]


def blocks() -> dict[str, dict[str, str]]:
    """The colours of each theme as tokens.css declares them."""
    css = (STATIC / "css/tokens.css").read_text(encoding="utf-8")
    found = {}
    for name, opening in (
        ("light", "color-scheme: light;"),
        ("dark by the device", ':root:not([data-theme="light"]) {'),
        ("dark by hand", ':root[data-theme="dark"] {'),
    ):
        body = css[css.index(opening) :].split("}", 1)[0]
        found[name] = dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6});", body))
    return found


THEMES = blocks()


def linear(colour: str) -> Light:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return red, green, blue


def luminance(light: Light) -> float:
    return 0.2126 * light[0] + 0.7152 * light[1] + 0.0722 * light[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(linear(one)), luminance(linear(other))))
    return (high + 0.05) / (low + 0.05)


def oklab(light: Light) -> Light:
    r, g, b = (min(max(c, 0.0), 1.0) for c in light)
    long = (0.4122 * r + 0.5363 * g + 0.0514 * b) ** (1 / 3)
    mid = (0.2119 * r + 0.6807 * g + 0.1074 * b) ** (1 / 3)
    short = (0.0883 * r + 0.2817 * g + 0.6300 * b) ** (1 / 3)
    return (
        0.2105 * long + 0.7936 * mid - 0.0041 * short,
        1.9780 * long - 2.4286 * mid + 0.4506 * short,
        0.0259 * long + 0.7828 * mid - 0.8087 * short,
    )


def seen(colour: str, eyes: str) -> Light:
    light = linear(colour)
    r, g, b = (sum(m * c for m, c in zip(row, light, strict=True)) for row in EYES[eyes])
    return oklab((r, g, b))


def text_pairs(theme: dict[str, str]) -> list[tuple[str, str]]:
    pairs = [(text, floor) for text in ("ink", "ink-soft") for floor in (*FLOORS, "sunken")]
    pairs += [("accent", floor) for floor in FLOORS]
    pairs += [("on-accent", "accent"), ("on-accent", "accent-deep"), ("ink", "accent-wash")]
    pairs += [("on-warn-loud", "warn-loud"), ("floor", "ink")]
    for tone in TONES:
        pairs += [(tone, f"{tone}-wash"), (f"on-{tone}", f"{tone}-fill"), ("ink", f"{tone}-wash")]
        pairs += [(tone, floor) for floor in FLOORS]
    return pairs


@pytest.mark.parametrize("name", THEMES)
def test_every_word_can_be_read_in_this_light(name: str) -> None:
    theme = THEMES[name]
    poor = {p: round(c, 2) for p in text_pairs(theme) if (c := contrast(theme[p[0]], theme[p[1]])) < 4.5}
    assert poor == {}


@pytest.mark.parametrize("name", THEMES)
def test_every_drawing_and_every_border_of_a_control_stands_out_in_this_light(name: str) -> None:
    theme = THEMES[name]
    drawn = [*(f"{tone}-fill" for tone in TONES), "line-strong", "focus", "hatch"]
    pairs = [(mark, floor) for mark in drawn for floor in FLOORS] + [("hatch", "sunken")]
    poor = {p: round(c, 2) for p in pairs if (c := contrast(theme[p[0]], theme[p[1]])) < 3}
    assert poor == {}


def test_the_hall_is_the_same_whether_the_device_or_the_hand_chose_it() -> None:
    assert THEMES["dark by the device"] == THEMES["dark by hand"]
    assert set(THEMES["light"]) == set(THEMES["dark by hand"])


@pytest.mark.parametrize("eyes", EYES)
@pytest.mark.parametrize("name", ["light", "dark by hand"])
def test_what_happened_in_a_layer_is_told_apart_without_one_kind_of_cone(name: str, eyes: str) -> None:
    theme = THEMES[name]
    layers = {"fine": "ok-fill", "interrupted": "warn-fill", "suspected": "doubt-fill", "decided": "ink"}
    near = {}
    for one, other in combinations(layers, 2):
        here, there = (seen(theme[layers[state]], eyes) for state in (one, other))
        distance = sum((a - b) ** 2 for a, b in zip(here, there, strict=True)) ** 0.5
        if distance < 0.06:
            near[one, other] = round(distance, 3)
    assert near == {}


def test_no_state_rests_on_colour_alone() -> None:
    for state, (tone, shape, word) in STATES.items():
        assert shape in SHAPES, state
        assert str(word), state
        assert tone in {*TONES, "ink", "idle", "none"}, state
    loud = {state: look.shape for state, look in STATES.items() if look.tone == "stop"}
    calm = {look.shape for look in STATES.values() if look.tone in ("ok", "live")}
    assert not calm & set(loud.values())


@pytest.mark.parametrize("code", PICTOGRAMS)
def test_every_safety_sign_is_drawn_and_says_its_name(code: str) -> None:
    drawing = ElementTree.parse(STATIC / "pictograms" / PICTOGRAMS[code][0]).getroot()
    title = drawing.find("{http://www.w3.org/2000/svg}title")
    assert title is not None and (title.text or "").startswith(code)


def test_every_icon_a_page_asks_for_is_in_the_sprite() -> None:
    drawn = set(re.findall(r'<symbol id="([^"]+)"', (STATIC / "icons.svg").read_text(encoding="utf-8")))
    pages = [*TEMPLATES, *WEB.parent.glob("workshop/*/templates/**/*.html")]
    asked = {
        (name, page.name)
        for page in pages
        for name in re.findall(r"""{% icon ["']([^"']+)["']""", page.read_text(encoding="utf-8"))
    }
    assert {(name, page) for name, page in asked if name not in drawn} == set()


def test_no_page_holds_a_style_a_script_or_a_handler_the_content_policy_refuses() -> None:
    guilty = re.compile(r"""\sstyle=|<style|<script(?![^>]*\ssrc=)|\son[a-z]+=["']|javascript:""")
    pages = [*TEMPLATES, *WEB.parent.glob("workshop/*/templates/**/*.html")]
    assert [page.name for page in pages if guilty.search(page.read_text(encoding="utf-8"))] == []


def test_french_signs_have_their_narrow_space() -> None:
    catalogue = (WEB / "locale/fr/LC_MESSAGES/django.po").read_text(encoding="utf-8")
    said = " ".join(re.findall(r'^msgstr(?:\[\d\])? "(.*)"$', catalogue, re.M))
    assert re.findall(r"[\w»] [:;?!%](?![\w(])", said) == []
    assert re.findall(r"\w[;?!](?:\s|$)", said) == []
