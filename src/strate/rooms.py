"""The rooms of the house, from the floor up: the one list from which pages, catalogues and tables are found."""

from importlib.util import find_spec

ROOMS = (
    "journal",
    "work",
    "doors",
    "site",
    "people",
    "things",
    "attachments",
    "notices",
    "holds",
    "anomalies",
    "safety",
    "procedures",
    "machines",
    "telemetry",
    "maintenance",
    "feedstock",
    "parts",
    "routings",
    "orders",
    "builds",
    "monitoring",
    "post_processing",
    "inspection",
    "traceability",
    "handover",
    "dossier",
    "qualification",
)


def room_modules(floor: str) -> list[str]:
    """Names of the modules `strate.workshop.<room>.<floor>` that exist, from the floor of the house up."""
    names = (f"strate.workshop.{room}.{floor}" for room in ROOMS if find_spec(f"strate.workshop.{room}"))
    return [name for name in names if find_spec(name)]
