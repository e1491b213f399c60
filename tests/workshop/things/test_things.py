"""A label names exactly one thing, or says why not; anything shows what it is."""

from xml.etree import ElementTree

import pytest

from strate.workshop.things import labels, registry


def test_a_label_is_read_exactly():
    assert [t.title for t in registry.matching("bag:ABC-1")] == ["Blue bag"]
    assert [t.title for t in registry.matching(" ABC-10 \n")] == ["Red bag"]
    for near in ("abc-1", "ABC", "bag:", "M1\0", ""):
        assert registry.matching(near) == []


def test_a_bare_code_borne_by_two_kinds_offers_both():
    assert [t.ref for t in registry.matching("M1")] == ["bag:M1", "engine:M1"]


def test_what_resembles_is_shown_but_never_taken_for_the_thing():
    assert [t.ref for t in registry.search("abc")] == ["bag:ABC-1", "bag:ABC-10"]


def test_all_the_labels_that_name_nothing_are_told_at_once(refused):
    with refused("no_such_thing", "no_such_thing", "label_names_several"):
        registry.resolve(["bag:ABC-1", "nothing", "bag:ABC-2", "M1"])
    assert registry.resolve(["ABC-1", "bag:ABC-1", "engine:M1"]) == ["bag:ABC-1", "engine:M1"]


def test_rooms_add_panels_and_gestures_to_any_thing(amina):
    registry.panel(lambda ref, by: registry.Panel("Later", "x.html", {"ref": ref}))
    registry.panel(lambda ref, by: registry.Panel("First", "x.html", rank=1))
    registry.panel(lambda ref, by: None)
    registry.gesture(lambda ref, by: registry.Gesture("Weigh", f"/weigh/{ref}"))
    assert [p.title for p in registry.panels("bag:ABC-1", amina)] == ["First", "Later"]
    assert [g.url for g in registry.gestures("bag:ABC-1", amina)] == ["/weigh/bag:ABC-1"]


@pytest.mark.parametrize(
    "title", ["Ti-6Al-4V lot 12", "<b>&\"'", "Poudre d’essai très longue à écrire sur une étiquette 🧪", ""]
)
def test_a_label_is_a_sound_drawing_whatever_the_name(title):
    drawing = ElementTree.fromstring(labels.label_svg("lot:TI-1", title, "Atelier"))
    words = "".join(drawing.itertext())
    assert "lot:TI-1" in words and drawing.attrib["aria-label"] == title


def test_a_long_name_ends_with_an_ellipsis():
    drawing = ElementTree.fromstring(labels.label_svg("lot:TI-1", "word " * 30))
    lines = [e.text for e in drawing.iter("{http://www.w3.org/2000/svg}tspan")]
    assert len(lines) == 3 and lines[-1].endswith("…")
