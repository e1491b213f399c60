"""What the routing wants of a build, and whether these orders can share one plate."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Annotated, Any, Protocol

from pydantic import Field

from strate.workshop.journal.refusals import Reason, RuleBroken

BuildCode = Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[^\x00-\x1f\x7f]*$")]
Code = Annotated[str, Field(max_length=40, pattern=r"^[^\x00-\x1f\x7f]*$")]
Text = Annotated[str, Field(max_length=1000, pattern=r"^[^\x00]*$")]
Mass = Annotated[int, Field(ge=-(10**12), le=10**12)]
Quantity = Annotated[int, Field(le=100_000)]

# What the routing calls a parameter → the signal by which the machine gives it back (OPC 40540 names none).
PARAMETERS = {
    "laser_w": "laser_power_w",
    "scan_mm_s": "scan_speed_mm_s",
    "hatch_um": "hatch_um",
    "layer_um": "layer_um",
    "plate_celsius": "preheat_celsius",
}


class FileSeen(Protocol):
    """An approved exchange file, as far as a plan cares."""

    name: str
    digest: str
    verdict: dict[str, Any]


@dataclass(frozen=True)
class Wanted:
    """The routing's demands on a build, with where each limit comes from."""

    material: str
    layer_um: int
    parameters: dict[str, Decimal]
    dosing: Decimal
    limits: Mapping[str, Any]
    recoater: str = ""
    name: str = ""
    age_by: str = "max"
    one_lot_only: bool = False
    reuse: str = ""
    several_supplier_lots: bool | None = None

    def limit(self, name: str) -> Decimal | None:
        """A limit as a number; None when the routing says nothing."""
        raw = self.limits.get(name)
        value = raw.get("value") if isinstance(raw, Mapping) else raw
        return None if value in (None, "") else Decimal(str(value))

    def source(self, name: str) -> str:
        """Where a limit comes from; the routing itself when it names no other source."""
        raw = self.limits.get(name)
        said = raw.get("source", "") if isinstance(raw, Mapping) else ""
        return f"{self.name} — {said}" if said else self.name

    @property
    def pause_max_min(self) -> Decimal | None:
        return self.limit("pause_max_min")


def routing_name(snapshot: Mapping[str, Any]) -> str:
    """A routing as it is quoted: « G-BRACKET rev 2 »."""
    return f"{snapshot.get('code', '')} rev {snapshot.get('number', '')}".strip()


def wanted(snapshot: Mapping[str, Any]) -> Wanted:
    """The demands of a routing's snapshot on a build."""
    content = snapshot.get("content", {})
    raw = content.get("parameters", {})
    parameters = {
        signal: Decimal(str(raw[name])) for name, signal in PARAMETERS.items() if raw.get(name) is not None
    }
    return Wanted(
        material=str(content.get("material", "")),
        layer_um=int(raw.get("layer_um") or 0),
        parameters=parameters,
        dosing=Decimal(str(content.get("dosing_factor") or 1)),
        limits=content.get("limits", {}),
        recoater=str(content.get("recoater", "")),
        name=routing_name(snapshot),
        age_by=str(content.get("age_by") or "max"),
        one_lot_only=bool(content.get("one_lot_only")),
        reuse=str(content.get("reuse") or ""),
        several_supplier_lots=content.get("several_supplier_lots"),
    )


def good_code(code: str) -> str:
    """A build number is printed on a label and stands in an address."""
    code = code.strip()
    if (
        not code
        or len(code) > 40
        or not all(c.isalnum() or c in "-_." for c in code)
        or code.strip(".") == ""
    ):
        raise RuleBroken("build_code_not_a_label", build=code or "—")
    return code


@dataclass
class Plan:
    """A plate as it was worked out, with everything that speaks against it."""

    rows: list[dict[str, Any]]
    routing: dict[str, Any]
    material: str
    layer_um: int
    reasons: list[Reason]
    file_digest: str = ""
    file_name: str = ""
    layers: int = 0
    need_mg: int = 0
    parts_mg: int = 0
    need_lines: list[dict[str, Any]] = field(default_factory=list)
    reckoned_mg: int = 0
    past: dict[str, Any] = field(default_factory=dict)
    verdicts: dict[str, dict[str, Any]] = field(default_factory=dict)


def order_reasons(*, order: str, quantity: int, left: int, file: FileSeen | None) -> list[Reason]:
    """Why this order cannot be made on a plate."""
    reasons = []
    if quantity > left:
        reasons.append(Reason("more_than_ordered", {"order": order, "quantity": quantity, "left": left}))
    if file is None:
        reasons.append(Reason("no_approved_file", {"order": order}, lifted_by=("methods",)))
    return reasons


def measure_reasons(*, order: str, verdict: Mapping[str, Any], layer_um: int) -> list[Reason]:
    """A closed format has no measures to work with; a file already cut has the layers of its routing or none."""
    if "height_um" not in verdict or "volume_mm3" not in verdict:
        return [Reason("file_without_measures", {"order": order}, lifted_by=("methods",))]
    cut_um = verdict.get("layer_um") if verdict.get("family") == "layers" else layer_um
    if layer_um > 0 and cut_um != layer_um:
        values = {"order": order, "layer_um": layer_um, "file_um": cut_um or "?"}
        return [Reason("file_cut_otherwise", values, lifted_by=("methods",))]
    return []


def plate_reasons(snapshots: Sequence[Mapping[str, Any]]) -> list[Reason]:
    """Orders share a plate only when they follow the very same version of the same routing."""
    names = sorted({routing_name(s) for s in snapshots})
    return (
        [Reason("routings_differ_on_the_plate", {"routings": names}, lifted_by=("methods",))]
        if len(names) > 1
        else []
    )


def plate_fault(code: str, values: Mapping[str, Any], source: str) -> Reason:
    """What the kernel found on a plate, as a reason of this room; its measures as decimals."""
    plain = {
        name: Decimal(str(value)) if isinstance(value, float) else value for name, value in values.items()
    }
    return Reason(code, plain, source, ("methods",))


def plate_unworked(said: str) -> Reason:
    """The kernel could not read a file of the plate, or it took too long."""
    return Reason("plate_not_worked_out", {"said": said}, lifted_by=("methods",))


def machine_reasons(*, machine: str, kind: str) -> list[Reason]:
    """Parts are made on a printer."""
    return [] if kind == "printer" else [Reason("not_a_printer", {"machine": machine})]


def powder_reasons(wanted: Wanted, *, dense: bool) -> list[Reason]:
    """What is lacking to work out the layers and the powder."""
    reasons = []
    if wanted.layer_um <= 0:
        reasons.append(Reason("routing_without_layer", {"routing": wanted.name}, lifted_by=("methods",)))
    if not dense:
        values = {"material": f"material:{wanted.material}"}
        reasons.append(Reason("material_without_density", values, lifted_by=("methods",)))
    return reasons


def height_reasons(*, height_um: int, machine_mm: int, machine: str) -> list[Reason]:
    """The tallest part must stand under the roof of the machine."""
    if machine_mm and height_um > machine_mm * 1000:
        values = {"height_mm": Decimal(height_um) / 1000, "machine": machine, "machine_mm": machine_mm}
        return [Reason("part_too_tall", values, "machine volume", ("methods",))]
    return []
