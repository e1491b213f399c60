"""The card of an exchange file: what it is called, what to do when it is refused, what was measured of it."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from strate.kernels.geometry import samples
from strate.workshop.journal.actor import Actor
from strate.workshop.parts import shown
from strate.workshop.parts.models import ExchangeFile, Part
from strate.workshop.parts.said import unbroken
from tests.workshop.parts.conftest import sent
from tests.workshop.parts.test_pages import AtTablet

BLOCK: dict[str, Any] = {"triangles": 12, "closed": True, "deep": None, "unit": "mm"}


def _facts(**more: Any) -> dict[str, str]:
    with translation.override("fr"):
        return {str(label): str(value) for label, value in shown._facts(BLOCK | more)}


def _card(verdict: dict[str, Any], state: str) -> tuple[str, str]:
    file = ExchangeFile(name="plateau", digest="ab", state=state, verdict=verdict)
    with translation.override("fr"):
        card = shown.file_shown(file)
        return str(card.word), str(card.way_on)


def test_a_closed_format_is_never_called_verified() -> None:
    closed = {"family": "opaque", "state": "unknown", "format": "sli", "header": [], "findings": []}
    assert _card(closed, "verified") == ("Invérifiable, à approuver", "")
    assert _card(closed, "approved")[0] == "Approuvé"
    assert _card(BLOCK | {"state": "sound"}, "verified")[0] == "Vérifié, à approuver"


def test_a_refused_file_says_what_to_do_next(bracket: Part, driss: Actor, at_tablet: AtTablet) -> None:
    photo = SimpleUploadedFile("photo.stl", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"\x00" * 400, "model/stl")
    text = sent(at_tablet(driss), photo).content.decode()
    assert "Que faire" in text and "demandez aux méthodes" in text
    grave = {"state": "refused", "findings": [{"code": "open_edges", "severity": "refuse"}]}
    assert "dans la CAO" in _card(BLOCK | grave, "refused")[1]


def test_shells_skin_and_the_objects_of_a_3mf_are_on_the_card() -> None:
    facts = _facts(shell_count=3, area_mm2=2400.0, format="3mf", names=["Plateau", "Équerre", "Cale"])
    assert (facts["Coques"], facts["Surface"]) == ("3", "24\u202fcm²")
    assert facts["Nommés dans le fichier"] == "Plateau · Équerre · Cale"
    many = _facts(format="3mf", names=[f"Pièce {n}" for n in range(1, 10)])["Nommés dans le fichier"]
    assert many.endswith("Pièce 6 · +\u202f3") and "Pièce 7" not in many
    # The header of an STL is the name of the program that wrote it.
    assert "Nommés dans le fichier" not in _facts(format="stl-binary", names=["exported by a program"])


def test_the_card_of_a_file_that_was_read_has_its_shells(
    bracket: Part, driss: Actor, at_tablet: AtTablet
) -> None:
    text = sent(at_tablet(driss), SimpleUploadedFile("c.stl", samples.cube(20))).content.decode()
    assert "Coques" in text and "24\u202fcm²" in text


@pytest.mark.parametrize(
    ("language", "start"),
    [("fr", "Paroi de moins de 0,01\u202fmm"), ("en", "Wall of less than 0.01\u202fmm")],
)
def test_no_wall_is_said_to_be_nothing(language: str, start: str) -> None:
    thin = {"wall_mm": 0.0, "limit_mm": 0.3, "area_mm2": 2.0}
    verdict = {"findings": [{"code": "thin_wall", "severity": "warn", "values": thin}]}
    with translation.override(language):
        assert shown.findings_shown(verdict)[0].said.startswith(start)


def test_a_figure_is_never_cut_from_its_unit() -> None:
    said = unbroken("moins de 1 µm, 12 mm² sur 3 faces ; 40 µm.")
    assert said == "moins de 1\u202fµm, 12\u202fmm² sur 3 faces ; 40\u202fµm."
