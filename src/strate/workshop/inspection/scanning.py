"""Comparing the scan of a piece with its nominal, at arm's length and outside any act; its picture is a cache."""

import hashlib
import json
from base64 import b64decode
from typing import Any

from strate.kernels.geometry.compare.asked import Comparison
from strate.kernels.geometry.compare.tolerances import Tolerance, Zone, zones_from
from strate.kernels.geometry.guarding import guard
from strate.kernels.geometry.refusal import FileRefused, Limits
from strate.workshop.attachments import store
from strate.workshop.inspection.models import Scan
from strate.workshop.parts import views

# The worker does it: nobody waits in front of a page.
LIMITS = Limits(cpu_s=600, wall_s=900.0)


def zones_of(raw: Any) -> tuple[Zone, ...]:
    """The zones as a scan keeps them, or as a file brings them; FileRefused when they mean nothing."""
    return zones_from(raw)


def compare(scan: Scan) -> dict[str, Any]:
    """What the kernel says: `state` within, out, unknown; or refused, with a code and its values."""
    try:
        told: dict[str, Any] = json.loads(_kept(scan, "answer"))
    except FileRefused as refused:
        return {"state": "refused", "code": refused.code, "values": dict(refused.values)}
    return told


def deviations(scan: Scan) -> bytes:
    """Where the surface deviates: little-endian float32 x, y, z, deviation in mm, in the frame of the nominal."""
    return _kept(scan, "map")


def _kept(scan: Scan, what: str) -> bytes:
    asked = Comparison(
        scan=True,
        tolerance=Tolerance(float(scan.lower), float(scan.upper)),
        zones=zones_of(scan.zones),
        with_map=True,
        nominal_name=scan.nominal_name,
        other_name=scan.name,
    )
    key = hashlib.sha256(json.dumps([scan.file, asked.to_dict()]).encode()).hexdigest()
    name = f"scan-{key}"

    def work() -> dict[str, bytes]:
        paths = store.path_of(scan.nominal), store.path_of(scan.file)
        told = guard.compare_in_child(*paths, asked=asked, limits=LIMITS)
        rows = b64decode(told.pop("map", ""))
        return {f"{name}-map": rows, f"{name}-answer": json.dumps(told).encode()}

    found = views.seen_once(scan.nominal, name[:40], f"{name}-{what}", "", work)
    assert found is not None, "the work gives both"
    return found.plain
