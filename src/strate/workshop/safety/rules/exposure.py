"""The laws of the air: silica index, oxygen of a room after a leak of gas, class of a dust, furan binder."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import exp, log

from strate.workshop.journal.refusals import RuleBroken

CONFORM, NOT_CONFORM = "conform", "not_conform"
# Air holds 20.9 % oxygen; below 19.5 % one is warned, below 18 % one leaves (handbook 3.5).
AIR_PERCENT = Decimal("20.9")
OXYGEN_PREALARM_PERCENT, OXYGEN_ALARM_PERCENT = Decimal("19.5"), Decimal(18)


@dataclass(frozen=True)
class Limits:
    """The divisors of the silica index from a date on."""

    valid_from: date
    inhalable: Decimal
    quartz: Decimal
    cristobalite: Decimal
    tridymite: Decimal
    source: str


# As read in the text; the general dust limits moved in 2023, so that a site may decide others from a date on.
SILICA_IN_FORCE = Limits(
    date(2022, 1, 1),
    Decimal(5),
    Decimal("0.1"),
    Decimal("0.05"),
    Decimal("0.05"),
    "Code du travail, art. R. 4412-154",
)


def silica_index(
    *, inhalable: Decimal, quartz: Decimal, cristobalite: Decimal, tridymite: Decimal, limits: Limits
) -> Decimal:
    """Cns/5 + Cq/0.1 + Cc/0.05 + Ct/0.05: at most 1 (R. 4412-154). Concentrations in mg/m³."""
    if min(inhalable, quartz, cristobalite, tridymite) < 0:
        raise RuleBroken("exposure_not_positive")
    return (
        inhalable / limits.inhalable
        + quartz / limits.quartz
        + cristobalite / limits.cristobalite
        + tridymite / limits.tridymite
    )


def room_oxygen(*, room_m3: Decimal, gas_m3: Decimal) -> Decimal:
    """Oxygen (%) when the gas first pushes as much air out: 20.9 × (1 − gas/room). The lower, safer figure."""
    _must_fit(room_m3, gas_m3)
    return AIR_PERCENT * max(Decimal(0), 1 - gas_m3 / room_m3)


def room_oxygen_mixed(*, room_m3: Decimal, gas_m3: Decimal) -> Decimal:
    """Oxygen (%) when the gas mixes while it comes in: 20.9 × e^(−gas/room)."""
    _must_fit(room_m3, gas_m3)
    return AIR_PERCENT * Decimal(str(exp(-float(gas_m3 / room_m3))))


def gas_to_reach(percent: Decimal, *, room_m3: Decimal) -> tuple[Decimal, Decimal]:
    """How much gas brings a room down to this oxygen: the simple figure, and the well-mixed one."""
    _must_fit(room_m3, Decimal(0))
    if not 0 < percent <= AIR_PERCENT:
        raise RuleBroken("exposure_not_positive")
    simple = room_m3 * (1 - percent / AIR_PERCENT)
    return simple, room_m3 * Decimal(str(log(float(AIR_PERCENT / percent))))


def _must_fit(room_m3: Decimal, gas_m3: Decimal) -> None:
    if room_m3 <= 0 or gas_m3 < 0:
        raise RuleBroken("exposure_not_positive")


def dust_class(kst_bar_m_s: Decimal) -> str:
    """St1 up to 200 bar·m/s, St2 up to 300, St3 above; St0 when it does not explode."""
    if kst_bar_m_s < 0:
        raise RuleBroken("exposure_not_positive")
    if kst_bar_m_s == 0:
        return "St0"
    return "St1" if kst_bar_m_s <= 200 else "St2" if kst_bar_m_s <= 300 else "St3"


def furan_hazards(furfuryl_alcohol_percent: Decimal) -> list[str]:
    """Acute toxicity of a furan binder by its furfuryl alcohol: 40 % H311, 44 % H301, 50 % H331, each included."""
    steps = ((Decimal(40), "H311"), (Decimal(44), "H301"), (Decimal(50), "H331"))
    return [code for least, code in steps if furfuryl_alcohol_percent >= least]
