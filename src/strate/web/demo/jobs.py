"""The work of the demo shop: a part with its verified file, its routing, and the orders in the queue."""

import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from strate.kernels.geometry import samples
from strate.kernels.geometry.deep.thresholds import Thresholds
from strate.kernels.geometry.guarding import guard
from strate.workshop.attachments import actions as attachments
from strate.workshop.attachments import store
from strate.workshop.handover import actions as handover
from strate.workshop.journal import clock
from strate.workshop.journal.actor import Actor
from strate.workshop.orders import actions as orders
from strate.workshop.parts import actions as parts
from strate.workshop.routings import actions as routings

LAYER_UM = 30
VOLUME_MM = (250.0, 250.0, 325.0)
ROUTING = "G-TI64-30"
Team = dict[str, Actor]


def fill_the_queue(team: Team) -> None:
    """What the demo shop has to make: two orders that share one plate, and the note the night shift left."""
    add_part(
        team,
        "EQ-1204",
        "Équerre de fixation",
        "B",
        samples.bracket(height_mm=18.0, thickness_mm=5.0, hole_mm=4.0),
        "EQ-1204-B.stl",
    )
    write_routing(team)
    today = timezone.localdate(clock.now())
    due = (
        ("OF-2601", 4, today + timedelta(days=2), 1, "Aéro Fictive"),
        ("OF-2602", 2, today + timedelta(days=6), 2, "Labo Imaginaire"),
    )
    for code, quantity, on, priority, customer in due:
        open_order(team, code, "EQ-1204", "B", quantity, on, priority, customer)
    handover.write_handover(
        by=team["bruno"],
        text="Chambre nettoyée, plateau PL-07 dégraissé et prêt. Fût FUT-R1 tamisé : 6,95 kg. "
        "Pied à coulisse 2 à l’étalonnage : prendre le 4.",
        place="hall",
        machines=["machine:LPBF-1"],
        watch=["Filtre FI-03 : 212 h sur 400, regarder sa pression"],
    )


def add_part(team: Team, code: str, title: str, revision: str, stl: bytes, name: str) -> str:
    """A part with its exchange file, verified by the kernel, approved by a second person; returns the file's digest."""
    parts.enter(by=team["ines"], code=code, title=title, customer="Aéro Fictive")
    stored = store.keep(stl, name)
    with tempfile.TemporaryDirectory(prefix="strate-") as folder:
        path = Path(folder) / "part.stl"
        path.write_bytes(stl)
        verdict = guard.verify_in_child(
            path, machine_volume_mm=VOLUME_MM, layer_um=LAYER_UM, deep=Thresholds()
        )
    attachments.attach(by=team["ines"], stored=stored, about=f"part:{code}", caption=name)
    parts.add_file(
        by=team["ines"],
        part=code,
        revision=revision,
        digest=stored.digest,
        name=name,
        size=len(stl),
        verdict=verdict.to_dict(),
    )
    parts.approve_file(by=team["driss"], file=stored.digest, part=code, revision=revision)
    return str(stored.digest)


def write_routing(team: Team) -> None:
    """The routing of the demo part, written by one process engineer, approved by quality."""
    routings.new_routing(by=team["driss"], code=ROUTING, title="Ti-6Al-4V couche de 30 µm", content=content())
    routings.submit(by=team["driss"], routing=ROUTING, number=1)
    routings.approve(by=team["elsa"], routing=ROUTING, number=1)


def open_order(
    team: Team, code: str, part: str, revision: str, quantity: int, due_on: Any, priority: Any, customer: str
) -> None:
    orders.open_order(
        by=team["chloe"],
        code=code,
        part=part,
        revision=revision,
        quantity=quantity,
        due_on=due_on,
        routing=ROUTING,
        customer=customer,
        priority=priority,
    )


OPERATIONS: list[dict[str, Any]] = [
    {"number": 10, "title": "Préparation", "kind": "preparation", "procedure": "lpbf-start-up"},
    {"number": 20, "title": "Fabrication", "kind": "build", "procedure": "lpbf-reading-sheet"},
    {"number": 30, "title": "Dépoudrage", "kind": "depowdering", "procedure": "depowdering"},
    {"number": 40, "title": "Détensionnement", "kind": "stress_relief", "means": ["FOUR-1"]},
    {
        "number": 50,
        "title": "Séparation du plateau",
        "kind": "separation",
        "means": ["Électroérosion à fil"],
    },
    {"number": 60, "title": "Contrôle", "kind": "inspection"},
]
LIMITS = {
    "used_share_ceiling": {"value": "0.5", "source": "Décision du site, ISO/ASTM 52904 § 5.6"},
    "age_max": {"value": "12", "source": "Décision du site"},
    "oxygen_max_ppm": {"value": "1000", "source": "Manuel constructeur (exemple)"},
    "pause_max_min": {"value": "60", "source": "Décision du site"},
    "cooling_open_below_celsius": {"value": "60", "source": "Manuel constructeur (exemple)"},
    "min_plate_thickness_mm": {"value": "18", "source": "Décision du site"},
}


def content() -> dict[str, Any]:
    """What the routing says; every limit names its source, and every value is an example to be replaced."""
    return {
        "material": "ti64",
        "machine_models": ["Simulateur LPBF 250"],
        "recoater": "HSS",
        "dosing_factor": "1.3",
        "operations": OPERATIONS,
        "parameters": {
            "name": "Ti64-30-280W",
            "laser_w": "280",
            "scan_mm_s": "1200",
            "hatch_um": "140",
            "layer_um": LAYER_UM,
            "plate_celsius": "80",
            "gas": "argon",
            "source": "Jeu de paramètres du simulateur",
        },
        "limits": LIMITS,
        "controls": {
            "visual": ["delamination", "collision_marks", "discoloration"],
            "measurements": [
                {
                    "name": "Longueur",
                    "nominal": "60",
                    "lower": "59.7",
                    "upper": "60.3",
                    "unit": "mm",
                    "gauge": "caliper",
                }
            ],
        },
        "furnace": {
            "celsius": "700",
            "minutes": "120",
            "tolerance_celsius": "10",
            "atmosphere": "argon",
            "source": "Détensionnement Ti-6Al-4V 650–750 °C (public, à choisir par gamme)",
        },
    }
