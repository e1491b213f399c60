"""What was measured of a file is one sentence in the reader's language, never words glued together."""

import pytest
from django.utils import translation

from strate.workshop.parts import shown

BLOCK = {"triangles": 12, "closed": True, "deep": None, "layers": 34, "layer_um": 30, "unit": "mm"}


def _told(**more):
    with translation.override("fr"):
        return {str(label): value for label, value in shown._facts(BLOCK | more)}


@pytest.mark.parametrize(
    "by_the_file, doubt, said",
    [
        (True, False, "mm (dite par le fichier)"),
        (True, True, "mm (dite par le fichier, douteuse)"),
        (False, False, "mm (supposée)"),
        (False, True, "mm (supposée, douteuse)"),
    ],
)
def test_the_unit_of_a_file_is_said_with_its_doubt(by_the_file, doubt, said):
    assert _told(unit_said_by_file=by_the_file, unit_doubt=doubt)["Unité"] == said


def test_a_thinner_last_layer_is_said_with_the_others():
    assert _told()["Couches"] == "34 × 30\u202fµm"
    assert _told(last_layer_um=10)["Couches"] == "34 × 30\u202fµm (la dernière de 10\u202fµm)"
