"""A complete routing for titanium, as methods would write it."""

import copy
from typing import Any

import pytest

from strate.workshop.feedstock import actions as feedstock
from strate.workshop.journal.actor import Actor

COMPLETE: dict[str, Any] = {
    "material": "ti64",
    "machine_models": ["EOS M290"],
    "recoater": "hss",
    "dosing_factor": "1.3",
    "operations": [
        {"number": 10, "title": "Préparation", "kind": "preparation", "procedure": "start-up"},
        {"number": 20, "title": "Fabrication", "kind": "build", "means": ["machine M290"]},
        {"number": 30, "title": "Détensionnement", "kind": "stress_relief"},
        {"number": 40, "title": "Séparation", "kind": "separation"},
        {"number": 50, "title": "Contrôle", "kind": "inspection"},
    ],
    "parameters": {
        "name": "Ti64_30um",
        "laser_w": 280,
        "scan_mm_s": 1200,
        "hatch_um": 140,
        "layer_um": 30,
        "plate_celsius": 35,
        "gas": "Ar",
        "source": "EOS Ti64 M290",
    },
    "limits": {
        "used_share_ceiling": {"value": "0.5", "source": "décision site 2026-03"},
        "oxygen_max_ppm": {"value": 1000, "source": "EOS Ti64 M290"},
    },
    "controls": {
        "visual": ["fissure", "décollement"],
        "measurements": [
            {"name": "Ø 12", "nominal": "12", "lower": "11.9", "upper": "12.1", "gauge": "pied à coulisse"}
        ],
    },
    "furnace": {"celsius": 720, "minutes": 120, "atmosphere": "Ar", "source": "handbook"},
}


@pytest.fixture()
def complete() -> dict[str, Any]:
    return copy.deepcopy(COMPLETE)


@pytest.fixture()
def ti64(driss: Actor) -> None:
    feedstock.new_material(by=driss, code="ti64", title="Ti-6Al-4V", family="metal")
