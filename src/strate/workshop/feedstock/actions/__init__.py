"""What people do with powder: announce, receive, check, release, open, load, weigh back, sieve."""

from strate.workshop.feedstock.actions.arrival import announce, check, receive, reject, release, weigh_again
from strate.workshop.feedstock.actions.materials import (
    change_material,
    import_materials,
    new_material,
    retire_material,
)
from strate.workshop.feedstock.actions.pouring import load, open_lot, sieve, unload, weigh_back

__all__ = [
    "announce",
    "change_material",
    "check",
    "import_materials",
    "load",
    "new_material",
    "open_lot",
    "receive",
    "reject",
    "release",
    "retire_material",
    "sieve",
    "unload",
    "weigh_again",
    "weigh_back",
]
