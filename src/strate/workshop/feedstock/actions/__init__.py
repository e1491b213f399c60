"""What people do with powder: announce, receive, check, release, open, load, weigh back, sieve."""

from strate.workshop.feedstock.actions.arrival import announce, receive
from strate.workshop.feedstock.actions.blending import blend, blend_by_share
from strate.workshop.feedstock.actions.checking import check, reject, release, weigh_again
from strate.workshop.feedstock.actions.clearing import clear_after, clear_for
from strate.workshop.feedstock.actions.containers import change_container, new_container, retire_container
from strate.workshop.feedstock.actions.contaminating import GONE, contaminate
from strate.workshop.feedstock.actions.drying import put_in_oven, take_out_of_oven
from strate.workshop.feedstock.actions.importing import import_certificates, import_stock
from strate.workshop.feedstock.actions.leaving import return_to_supplier, waste
from strate.workshop.feedstock.actions.ledger import air
from strate.workshop.feedstock.actions.materials import (
    change_material,
    import_materials,
    new_material,
    retire_material,
)
from strate.workshop.feedstock.actions.measuring import certify, measure
from strate.workshop.feedstock.actions.moving import sample, transfer
from strate.workshop.feedstock.actions.pouring import load, open_lot
from strate.workshop.feedstock.actions.returning import (
    Back,
    give_back,
    overflow_weight_of,
    unload,
    weigh_back,
)
from strate.workshop.feedstock.actions.sieving import sieve
from strate.workshop.feedstock.actions.specifying import (
    approve_limits,
    import_limits,
    specify,
    withdraw_limit,
)

__all__ = [
    "GONE",
    "Back",
    "air",
    "announce",
    "approve_limits",
    "blend",
    "blend_by_share",
    "certify",
    "change_container",
    "change_material",
    "check",
    "clear_after",
    "clear_for",
    "contaminate",
    "give_back",
    "import_certificates",
    "import_limits",
    "import_materials",
    "import_stock",
    "load",
    "measure",
    "new_container",
    "new_material",
    "open_lot",
    "overflow_weight_of",
    "put_in_oven",
    "receive",
    "reject",
    "release",
    "retire_container",
    "retire_material",
    "return_to_supplier",
    "sample",
    "sieve",
    "specify",
    "take_out_of_oven",
    "transfer",
    "unload",
    "waste",
    "weigh_again",
    "weigh_back",
    "withdraw_limit",
]
