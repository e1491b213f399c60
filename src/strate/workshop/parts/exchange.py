"""Taking in an exchange file: kept as it came, then read at arm's length; refused, it keeps its reason."""

from pathlib import Path
from typing import IO, Any

from strate.kernels.geometry.deep.thresholds import Thresholds
from strate.kernels.geometry.guarding import guard
from strate.kernels.geometry.refusal import FileRefused, Limits, Point
from strate.workshop.attachments import store
from strate.workshop.machines import queries as hall
from strate.workshop.parts import rules

# A person waits in front of the page; a file that costs more than this is refused and said so.
PAGE_LIMITS = Limits(cpu_s=100, wall_s=120.0)
SLOW_LIMITS = Limits(cpu_s=60, wall_s=80.0)
TOO_COSTLY = ("took_too_long", "needs_too_much_memory")
# Ten million triangles: beyond, the slow look needs more memory than a child is granted (20 M: above 6 GB).
SLOW_LOOK_BYTES = 500_000_000


def verified(
    sent: "bytes | IO[bytes]", name: str, *, layer_um: int | None, machine: str = ""
) -> dict[str, Any]:
    """What `add_file` takes besides the part and revision: digest, name and size of the file, its verdict."""
    stored = store.keep(sent, name, untouched=True)
    verdict = _verdict(stored.digest, name, layer_um or rules.DEFAULT_LAYER_UM, machine)
    return {
        "digest": stored.digest,
        "name": stored.name or stored.digest[:12],
        "size": stored.size,
        "verdict": verdict,
    }


def _verdict(digest: str, name: str, layer_um: int, machine: str) -> dict[str, Any]:
    bed = hall.machine(machine) if machine else None
    sides = (float(bed.width_mm), float(bed.depth_mm), float(bed.height_mm)) if bed else None
    volume = sides if sides and all(sides) else None
    path = store.path_of(digest)
    slow_look = Thresholds() if path.stat().st_size <= SLOW_LOOK_BYTES else None
    try:
        return _read(path, name, layer_um, volume, slow_look)
    except FileRefused as slow:
        if slow_look is None or slow.code not in TOO_COSTLY:
            return {"state": "refused", "code": slow.code, "values": dict(slow.values)}
    try:  # the slow look cost too much: the quick one says what matters, and that it is alone
        return _read(path, name, layer_um, volume, None)
    except FileRefused as refused:
        return {"state": "refused", "code": refused.code, "values": dict(refused.values)}


def _read(
    path: Path, name: str, layer_um: int, volume: Point | None, deep: Thresholds | None
) -> dict[str, Any]:
    """The verdict as it is kept; the name people gave the file settles what its content leaves open."""
    limits = PAGE_LIMITS if deep is None else SLOW_LIMITS
    read = guard.verify_in_child(
        path, name=name, layer_um=layer_um, machine_volume_mm=volume, deep=deep, limits=limits
    )
    return read.to_dict()
