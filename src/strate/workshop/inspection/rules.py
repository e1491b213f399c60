"""The laws of inspection: limits are included, a gauge out of date measures nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field

from strate.workshop.journal.refusals import Reason, RuleBroken

_PLAIN = r"^[^\x00-\x1f\x7f]*$"
Code = Annotated[str, Field(min_length=1, max_length=40, pattern=_PLAIN)]
Serial = Annotated[str, Field(min_length=1, max_length=120, pattern=_PLAIN)]
Word = Annotated[str, Field(max_length=40, pattern=_PLAIN)]
Unit = Annotated[str, Field(min_length=1, max_length=12, pattern=_PLAIN)]
Title = Annotated[str, Field(min_length=1, max_length=80, pattern=_PLAIN)]
Value = Annotated[Decimal, Field(gt=-(10**9), lt=10**9, decimal_places=5)]
Resolution = Annotated[Decimal, Field(gt=0, lt=10**5, decimal_places=5)]
Note = Annotated[str, Field(max_length=1000, pattern=r"^[^\x00]*$")]
Reason200 = Annotated[str, Field(max_length=200, pattern=r"^[^\x00]*$")]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Defect = Annotated[str, Field(max_length=40, pattern=r"^[a-z_]+$")]
Milligrams = Annotated[int, Field(ge=0, le=10**12)]
FluidDensity = Annotated[Decimal, Field(gt=0, le=20, decimal_places=5)]

Number = Annotated[int, Field(ge=1, le=2**31 - 1)]
FileName = Annotated[str, Field(max_length=200, pattern=_PLAIN)]

SCANNER = "scanner"
# What a scan can be: compared or not, in its tolerance or not, or nothing can be said of it.
WAITING, WITHIN, OUT, UNKNOWN, UNREADABLE = "waiting", "within", "out", "unknown", "refused"

# What the eye may find on a metal laser part (handbook 7.1), in the order of the catalogue.
DEFECTS = (
    "delamination",
    "crack",
    "warp",
    "collision_marks",
    "streak",
    "short_layer",
    "layer_shift",
    "discoloration",
    "lack_of_fusion",
    "porosity",
    "balling",
    "spatter",
    "support_failure",
    "dross",
    "roughness",
    "contamination",
    "trapped_powder",
    "out_of_tolerance",
)
# ISO 2768-1, linear sizes: for each class, (up to and including mm, ± mm). Below 0.5 mm the tolerance is written.
GENERAL_TOLERANCES: dict[str, tuple[tuple[str, str], ...]] = {
    "f": (
        ("3", "0.05"),
        ("6", "0.05"),
        ("30", "0.1"),
        ("120", "0.15"),
        ("400", "0.2"),
        ("1000", "0.3"),
        ("2000", "0.5"),
    ),
    "m": (
        ("3", "0.1"),
        ("6", "0.1"),
        ("30", "0.2"),
        ("120", "0.3"),
        ("400", "0.5"),
        ("1000", "0.8"),
        ("2000", "1.2"),
        ("4000", "2"),
    ),
    "c": (
        ("3", "0.2"),
        ("6", "0.3"),
        ("30", "0.5"),
        ("120", "0.8"),
        ("400", "1.2"),
        ("1000", "2"),
        ("2000", "3"),
        ("4000", "4"),
    ),
    "v": (
        ("6", "0.5"),
        ("30", "1"),
        ("120", "1.5"),
        ("400", "2.5"),
        ("1000", "4"),
        ("2000", "6"),
        ("4000", "8"),
    ),
}
WARNED_BEFORE = timedelta(days=30)
SMALLEST_MM = {"f": Decimal("0.5"), "m": Decimal("0.5"), "c": Decimal("0.5"), "v": Decimal(3)}


def general_tolerance_mm(nominal_mm: Decimal, fineness: str) -> Decimal | None:
    """± of a size without its own tolerance (ISO 2768-1); None where the table says nothing. The upper bound is in."""
    table, smallest = GENERAL_TOLERANCES.get(fineness), SMALLEST_MM.get(fineness, Decimal(0))
    if table is None or nominal_mm < smallest:
        return None
    return next((Decimal(plus) for up_to, plus in table if nominal_mm <= Decimal(up_to)), None)


def archimedes_density(*, air_mg: int, fluid_mg: int, fluid_g_cm3: Decimal) -> Decimal:
    """Density of a piece weighed in air and in a fluid: m_air × ρ_fluid ÷ (m_air - m_fluid), to the thousandth."""
    if not 0 <= fluid_mg < air_mg:
        raise RuleBroken("heavier_in_the_fluid", air_mg=air_mg, fluid_mg=fluid_mg)
    return (Decimal(air_mg) * fluid_g_cm3 / Decimal(air_mg - fluid_mg)).quantize(Decimal("0.001"))


@dataclass(frozen=True)
class Control:
    """A dimension the routing wants measured, with its limits, its unit and the kind of gauge."""

    name: str
    nominal: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    unit: str
    gauge: str
    source: str = ""


def control_of(raw: Mapping[str, Any]) -> Control:
    """A control as the routing's snapshot writes it."""

    def number(name: str) -> Decimal | None:
        value = raw.get(name)
        return None if value in (None, "") else Decimal(str(value))

    nominal, lower, upper = number("nominal"), number("lower"), number("upper")
    unit, source = str(raw.get("unit") or "mm"), str(raw.get("source") or "")
    fineness = str(raw.get("general_tolerance") or "")
    if nominal is not None and lower is None and upper is None and unit == "mm":
        plus = general_tolerance_mm(abs(nominal), fineness)
        if plus is not None:
            lower, upper, source = nominal - plus, nominal + plus, source or f"ISO 2768-1 {fineness}"
    return Control(str(raw["name"]), nominal, lower, upper, unit, str(raw.get("gauge") or ""), source)


def within(value: Decimal, control: Control) -> bool:
    """Whether a value lies within the limits, both included."""
    return (control.lower is None or value >= control.lower) and (
        control.upper is None or value <= control.upper
    )


def gauge_reasons(
    *,
    gauge: str,
    kind: str,
    due_on: date | None,
    retired: bool,
    wanted_kind: str,
    unit: str,
    wanted_unit: str,
    on: date,
) -> list[Reason]:
    """Why this gauge may not measure this dimension today."""
    values = {"gauge": f"gauge:{gauge}"}
    reasons = []
    if retired:
        reasons.append(Reason("gauge_retired", values, lifted_by=("quality",)))
    if due_on is None:
        reasons.append(Reason("gauge_never_calibrated", values, lifted_by=("quality",)))
    elif due_on < on:
        reasons.append(
            Reason("gauge_out_of_calibration", {**values, "due_on": due_on}, lifted_by=("quality",))
        )
    if wanted_kind and kind != wanted_kind:
        reasons.append(
            Reason(
                "gauge_of_another_kind",
                {**values, "gauge_kind": kind, "wanted_kind": wanted_kind},
                lifted_by=("methods",),
            )
        )
    if unit != wanted_unit:
        reasons.append(
            Reason(
                "gauge_of_another_unit",
                {**values, "unit": unit, "wanted_unit": wanted_unit},
                lifted_by=("methods",),
            )
        )
    return reasons


def gauge_state(*, due_on: date | None, retired: bool, on: date) -> str:
    """How a gauge stands: its last day of calibration still measures."""
    if retired:
        return "retired"
    if due_on is None:
        return "unknown"
    if due_on < on:
        return "expired"
    return "due" if due_on < on + WARNED_BEFORE else "valid"


def calibration_reasons(*, calibrated_on: date, due_on: date) -> list[Reason]:
    """A calibration ends after it began."""
    return [] if due_on > calibrated_on else [Reason("calibration_ends_before_it_begins")]


def new_gauge_reasons(
    *, code: str, title: str, calibrated_on: date | None, due_on: date | None
) -> list[Reason]:
    """A gauge bears a label that can be printed, and both dates of its calibration or none."""
    reasons = []
    if not code or code != code.strip() or set(code) & set('/\\:?#%"<>'):
        reasons.append(Reason("gauge_code_not_a_label", {"gauge": code or "—"}))
    if not title.strip():
        reasons.append(Reason("gauge_title_missing"))
    if (calibrated_on is None) != (due_on is None):
        reasons.append(Reason("calibration_half_dated"))
    elif calibrated_on is not None and due_on is not None:
        reasons += calibration_reasons(calibrated_on=calibrated_on, due_on=due_on)
    return reasons


def look_reasons(*, piece: str, conform: bool, defects: Sequence[str], note: str) -> list[Reason]:
    """What is not conform is named; what is named is not conform."""
    if not conform and not defects and not note.strip():
        return [Reason("defect_not_named", {"piece": piece})]
    if conform and defects:
        return [Reason("conform_with_defects", {"piece": piece, "defects": list(defects)})]
    return [Reason("no_such_defect", {"defect": d}) for d in defects if d not in DEFECTS]


def scan_reasons(*, piece: str, nominal: bool, lower: Decimal, upper: Decimal) -> list[Reason]:
    """A scan needs something to be compared with, and a tolerance that holds something."""
    reasons = []
    if not nominal:
        reasons.append(Reason("no_nominal_file", {"piece": piece}, lifted_by=("methods",)))
    if lower >= upper:
        reasons.append(Reason("scan_tolerance_upside_down", {"lower": lower, "upper": upper}))
    return reasons


def serials(build: str, order: str, quantity: int, start: int = 1) -> list[str]:
    """The serial numbers of an order on a build: `F-0001-OF-12-003`."""
    return [f"{build}-{order}-{n:03d}" for n in range(start, start + quantity)]


def sorting_reasons(
    *, state: str, conform: bool, verdict: str, reason: str, piece: str, seen: bool = True
) -> list[Reason]:
    """A piece with something out of its limits is not called good, and scrap has a reason."""
    values = {"piece": f"piece:{piece}"}
    if state != "made":
        return [Reason("piece_already_sorted", {**values, "verdict": state}, lifted_by=("quality",))]
    if verdict == "good" and not seen:
        return [Reason("piece_not_looked_at", values, lifted_by=("operator",))]
    if verdict == "good" and not conform:
        return [Reason("piece_out_of_limits", values, lifted_by=("quality",))]
    if verdict == "scrap" and not reason.strip():
        return [Reason("reason_missing", {})]
    return []


def unmeasured(controls: Sequence[Control], measured: Sequence[str]) -> list[str]:
    """The dimensions the routing asks and nobody has measured yet."""
    return [c.name for c in controls if c.name not in measured]
