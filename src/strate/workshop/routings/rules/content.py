"""What a routing holds: operations, one parameter set, limits with their sources, controls, furnace cycle."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from strate.workshop.journal.refusals import Reason, Refused

# Every limit that the house knows how to enforce, with its unit; a routing may leave any of them empty.
LIMITS = {
    "used_share_ceiling": "share",
    "age_max": "builds",
    "oxygen_max_ppm": "ppm",
    "refresh_min": "share",
    "hours_max": "h",
    "open_days": "d",
    "overflow_weight": "share",
    "powder_margin": "share",
    "pause_max_min": "min",
    "cooling_open_below_celsius": "°C",
    "min_plate_thickness_mm": "mm",
    "plate_gap_mm": "mm",
    "plate_margin_mm": "mm",
}
SHARES = frozenset({"used_share_ceiling", "refresh_min", "overflow_weight", "powder_margin"})
# How powder is reused (handbook 2.5); empty: the routing sets no rule.
Reuse = Literal["", "VIERGE", "LOT_UNIQUE", "APPOINT", "RAFRAICHI", "PAR_AGE"]
OperationKind = Literal[
    "preparation",
    "build",
    "depowdering",
    "stress_relief",
    "separation",
    "finishing",
    "inspection",
]
Name = Annotated[str, Field(max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")]
Number = Annotated[int, Field(ge=0, le=1_000_000)]
Positive = Annotated[Decimal, Field(gt=0, lt=Decimal("1e9"))]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, allow_inf_nan=False)


class Operation(_Strict):
    """One operation, in the order of its number: by which means, procedure and documents."""

    number: Annotated[int, Field(gt=0, le=9999)]
    title: Annotated[Name, Field(min_length=1)]
    kind: OperationKind
    means: list[Name] = []
    procedure: Name = ""
    documents: list[Name] = []


class ParameterSet(_Strict):
    """The parameter set that the machine must hold, to be compared with what it gives back."""

    name: Name = ""
    laser_w: Positive | None = None
    scan_mm_s: Positive | None = None
    hatch_um: Positive | None = None
    layer_um: Annotated[int, Field(gt=0, le=2000)] | None = None
    plate_celsius: Annotated[Decimal, Field(ge=0, le=1500)] | None = None
    gas: Name = ""
    source: Name = ""

    @property
    def rate_mm3_s(self) -> Decimal | None:
        """Volume exposed each second by one beam: v·h·t (oracle O4)."""
        if not (self.scan_mm_s and self.hatch_um and self.layer_um):
            return None
        return self.scan_mm_s * self.hatch_um / 1000 * self.layer_um / 1000

    @property
    def energy_j_mm3(self) -> Decimal | None:
        """Volume energy density P/(v·h·t), to compare sets, not to judge them (oracle O5)."""
        return self.laser_w / self.rate_mm3_s if self.laser_w and self.rate_mm3_s else None


class Limit(_Strict):
    """A limit and where it comes from: SDS, standard, maker, customer, decision of the site."""

    value: Annotated[Decimal, Field(ge=0, lt=Decimal("1e9"))]
    source: Name = ""


class Measurement(_Strict):
    """A dimension or a property to measure, with its bounds and the kind of gauge."""

    name: Annotated[Name, Field(min_length=1)]
    nominal: Decimal
    lower: Decimal
    upper: Decimal
    unit: Annotated[Name, Field(max_length=20)] = "mm"
    gauge: Name = ""


class ScanZone(_Strict):
    """A box of the part, in mm in the frame of its exchange file, where a scan may deviate by so much."""

    name: Annotated[Name, Field(min_length=1)]
    x_from: Decimal
    x_to: Decimal
    y_from: Decimal
    y_to: Decimal
    z_from: Decimal
    z_to: Decimal
    lower: Decimal
    upper: Decimal

    def plain(self) -> dict[str, Any]:
        """As the comparison of a scan takes it."""
        low, high = (self.x_from, self.y_from, self.z_from), (self.x_to, self.y_to, self.z_to)
        box = [[float(side) for side in corner] for corner in (low, high)]
        return {
            "name": self.name,
            "box_mm": box,
            "lower_mm": float(self.lower),
            "upper_mm": float(self.upper),
        }


class Controls(_Strict):
    visual: list[Name] = []
    measurements: list[Measurement] = []
    scan_zones: Annotated[list[ScanZone], Field(max_length=200)] = []


class FurnaceCycle(_Strict):
    """A furnace cycle with its source; public cycles disagree, so each routing chooses (handbook 6.1)."""

    celsius: Positive
    minutes: Positive
    ramp_celsius_min: Positive | None = None
    tolerance_celsius: Positive | None = None
    atmosphere: Name = ""
    source: Name = ""


class Content(_Strict):
    """All that a version of a routing says."""

    material: Name = ""
    machine_models: list[Name] = []
    recoater: Name = ""
    dosing_factor: Annotated[Decimal, Field(ge=1, le=5)] = Decimal(1)
    operations: list[Operation] = []
    parameters: ParameterSet = ParameterSet()
    limits: dict[str, Limit] = {}
    controls: Controls = Controls()
    furnace: FurnaceCycle | None = None
    age_by: Literal["max", "mean"] = "max"
    one_lot_only: bool = False
    reuse: Reuse = ""
    # Whether different supplier lots may be blended; None: as the site decides.
    several_supplier_lots: bool | None = None


def read(raw: Mapping[str, Any]) -> Content:
    """A content as it was typed or sent; everything that is not understood is refused at once."""
    try:
        content = Content.model_validate(raw)
    except ValidationError as error:
        raise Refused([_reason(each) for each in error.errors()]) from error
    if reasons := [*_operations(content), *_limits(content), *_measurements(content), *_zones(content)]:
        raise Refused(reasons)
    return content


def kept(content: Content) -> dict[str, Any]:
    """A content as it is kept and hashed: plain JSON, numbers with decimals as text."""
    return content.model_dump(mode="json")


def blank(titles: Mapping[str, str], material: str = "") -> dict[str, Any]:
    """An empty routing with the five usual operations, called as in the language of whoever starts it."""
    usual: list[tuple[int, OperationKind]] = [
        (10, "preparation"),
        (20, "build"),
        (30, "stress_relief"),
        (40, "separation"),
        (50, "inspection"),
    ]
    operations = [Operation(number=n, title=titles.get(kind) or kind, kind=kind) for n, kind in usual]
    return kept(Content(material=material, operations=operations))


def _reason(error: Any) -> Reason:
    path = ".".join(str(step) for step in error["loc"])
    typed = "" if isinstance(error.get("input"), dict | list) else str(error.get("input", ""))
    return Reason("routing_field_not_understood", {"field": path, "value": typed[:60]})


def _operations(content: Content) -> list[Reason]:
    numbers = [each.number for each in content.operations]
    if numbers == sorted(set(numbers)):
        return []
    return [Reason("operations_out_of_order", {"numbers": numbers})]


def _limits(content: Content) -> list[Reason]:
    reasons = [Reason("limit_not_known", {"name": name}) for name in content.limits if name not in LIMITS]
    for name in SHARES & set(content.limits):
        if content.limits[name].value > 1:
            values = {"name": name, "value": content.limits[name].value}
            reasons.append(Reason("share_above_one", values))
    return reasons


def _measurements(content: Content) -> list[Reason]:
    return [
        Reason("bounds_crossed", {"name": m.name, "lower": m.lower, "nominal": m.nominal, "upper": m.upper})
        for m in content.controls.measurements
        if not m.lower <= m.nominal <= m.upper
    ]


def _zones(content: Content) -> list[Reason]:
    """A zone of a scan holds something, and its name is its own."""
    zones = content.controls.scan_zones
    names = [zone.name for zone in zones]
    reasons = [
        Reason("scan_zone_holds_nothing", {"name": z.name})
        for z in zones
        if not (z.x_from < z.x_to and z.y_from < z.y_to and z.z_from < z.z_to and z.lower < z.upper)
    ]
    twice = sorted({name for name in names if names.count(name) > 1})
    return reasons + [Reason("scan_zone_named_twice", {"name": name}) for name in twice]
