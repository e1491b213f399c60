"""The verbs of inspection: number the pieces, look, measure, sort the good from the scrap; keep the gauges."""

from strate.workshop.inspection.actions.gauges import calibrate, enter_gauge, retire_gauge
from strate.workshop.inspection.actions.pieces import (
    look,
    measure,
    number_pieces,
    set_right,
    sort,
    weigh_density,
)
from strate.workshop.inspection.actions.scans import send_scan, write_scan

__all__ = [
    "calibrate",
    "enter_gauge",
    "look",
    "measure",
    "number_pieces",
    "retire_gauge",
    "send_scan",
    "set_right",
    "sort",
    "weigh_density",
    "write_scan",
]
