"""The laws of the sheets: which codes exist, what is to be worn, what is carcinogenic, which sheet speaks for a lot."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from strate.workshop.journal.refusals import Reason, RuleBroken

DRAFT, REVIEWED, REPLACED = "draft", "reviewed", "replaced"
DIGEST = re.compile(r"^[0-9a-f]{64}$")
HAZARD = re.compile(r"^(EUH|H)\d{3}[A-Za-z]{0,2}$")
PRECAUTION = re.compile(r"^P\d{3}(\+P\d{3})*$")
# A confirmation holds for the shift: eight hours after it was given, equipment is looked at again.
PPE_HOLDS = timedelta(hours=8)

# The signs the house can draw (GHS hazards, ISO 7010 and ATEX signs).
SIGNS = frozenset(
    {f"GHS0{n}" for n in range(1, 10)}
    | {"M002", "M003", "M004", "M005", "M008", "M009", "M010", "M016", "M017"}
    | {"P003", "W001", "W002", "W004", "W017", "W021", "W041", "EX", "E-STOP"}
)
OPERATIONS = ("running", "powder", "filter", "binder", "separation", "blasting", "furnace", "spill")
# Template of handbook 3.4 (INRS, Éduscol), used only where the supplier's sheet says nothing.
USUAL_PPE: Mapping[str, tuple[str, ...]] = {
    "running": ("M004", "M008"),
    "powder": ("M017", "M004", "M009", "M010", "M008", "M005"),
    "filter": ("M017", "M004", "M009", "M010", "M008", "M005"),
    "binder": ("M009", "M004", "M010"),
    "separation": ("M009", "M004", "M003"),
    "blasting": ("M009", "M003", "M016"),
    "furnace": ("M009", "M004", "M010"),
    "spill": ("M017", "M004", "M009", "M010", "M008", "M005"),
}
STREAMS = (
    "used_powder_takeback",
    "oversize",
    "contaminated_powder",
    "wet_sludge",
    "filters",
    "wipes",
    "solvents",
    "polymer_cake",
    "sand",
    "blasting_media",
)


# Sections of a sheet the gestures do not read by field: kept in the supplier's words (REACH annex II).
SECTIONS = ("1", "3", "5", "9", "10", "11", "12", "14", "15", "16")
FIRE_CLASSES = ("A", "B", "C", "D")
AGENTS = ("class_d_powder", "dry_sand", "dry_salt", "abc_powder", "foam", "water", "co2", "absorbent")
NEVER = ("water", "foam", "co2", "abc_powder", "air_jet", "dry_sweeping", "ordinary_vacuum")
# Metals that may share a drum; two groups never meet (sparks of steel and aluminium, thermite, recycling).
WASTE_GROUPS = ("titanium", "aluminium", "iron", "nickel", "cobalt", "copper", "polymer", "sand", "binder")
# EU harmonised classification of cobalt, applied since 1 October 2021: generic limit 0.1 %.
COBALT_LIMIT_PERCENT = Decimal("0.1")
CMR_1 = ("H340", "H350", "H360")
CMR_2 = ("H341", "H351", "H361")
# EUH014, H260, H261: what meets water gives gas or fire.
MEETS_WATER = ("EUH014", "H260", "H261")


def must_be_codes(hazards: Iterable[str], precautions: Iterable[str]) -> None:
    """H and P statements are written as in the sheet: H228, EUH032, P210, P302+P352."""
    for code in hazards:
        if not HAZARD.match(code):
            raise RuleBroken("hazard_code_unknown", typed=code)
    for code in precautions:
        if not PRECAUTION.match(code):
            raise RuleBroken("hazard_code_unknown", typed=code)


def must_be_another(author: str, reviewer: str) -> None:
    """A safety data sheet is reviewed by somebody else than who typed it."""
    if author == reviewer:
        raise RuleBroken("sheet_reviewed_by_its_author", author=author)


def ppe(operation: str, from_sheets: Iterable[Mapping[str, Iterable[str]]]) -> tuple[str, ...]:
    """What to wear: all that any of the sheets asks for; the usual equipment where no sheet speaks of it."""
    asked = [code for sheet in from_sheets for code in sheet.get(operation, ())]
    return tuple(dict.fromkeys(asked)) or USUAL_PPE.get(operation, ())


def ppe_lapsed(confirmed_at: datetime | None, *, at: datetime) -> bool:
    """Whether the equipment is to be confirmed again."""
    return confirmed_at is None or at - confirmed_at > PPE_HOLDS or confirmed_at > at


def review_due(next_check: date | None, *, on: date) -> bool:
    """Whether HSE is to look at the sheet again."""
    return next_check is not None and next_check <= on


def speaks_of_fire(sheet: Any) -> bool:
    """Whether its fields say anything of fire, water or damp cleaning; a silent sheet allows nothing."""
    return bool(sheet.fire_class or sheet.agents or sheet.never or sheet.damp_cleaning)


def orders(sheets: Sequence[Any]) -> dict[str, Any]:
    """What the sheets order in a fire or a spill, together: every prohibition counts, an agent must suit all."""
    told = [s for s in sheets if speaks_of_fire(s)]
    never = [each for s in told for each in s.never]
    agents = [set(s.agents) for s in told if s.agents]
    suits = set.intersection(*agents) if agents else set()
    damp = [s.damp_cleaning for s in told if s.damp_cleaning]
    return {
        "fire_class": "".join(sorted({s.fire_class for s in told if s.fire_class})),
        "agents": [a for a in AGENTS if a in suits - set(never)],
        "never": [n for n in NEVER if n in never],
        "damp": "no" if "no" in damp or "water" in never else damp[0] if damp else "",
    }


def water_reactive(hazards: Iterable[str], never: Iterable[str]) -> bool:
    """Whether this product must never meet water: by its statements, or because its sheet forbids water."""
    return "water" in set(never) or any(code[:6] in MEETS_WATER or code in MEETS_WATER for code in hazards)


def cmr(hazards: Iterable[str], composition: Iterable[Mapping[str, str]]) -> str:
    """« 1 » or « 2 » as its statements say; « doubt » when it holds cobalt from 0.1 % on and no statement says so."""
    codes = tuple(hazards)
    if any(code.startswith(CMR_1) for code in codes):
        return "1"
    if any(_is_cobalt(each) and _most(each) >= COBALT_LIMIT_PERCENT for each in composition):
        return "doubt"
    return "2" if any(code.startswith(CMR_2) for code in codes) else ""


def _is_cobalt(substance: Mapping[str, str]) -> bool:
    said = f"{substance.get('name', '')} {substance.get('cas', '')}".casefold()
    return "cobalt" in said or "7440-48-4" in said or substance.get("name", "").strip() == "Co"


def _most(substance: Mapping[str, str]) -> Decimal:
    """The most a product may hold; written alone, the least is also the most."""
    return Decimal(substance.get("most") or substance.get("least") or "0")


def composition_faults(composition: Iterable[Mapping[str, str]]) -> list[Reason]:
    """Shares of substances are numbers between 0 and 100, the least not above the most."""
    found = []
    for each in composition:
        name = str(each.get("name", ""))[:60]
        try:
            least, most = Decimal(each.get("least") or "0"), _most(each)
        except InvalidOperation:
            found.append(Reason("composition_not_understood", {"substance": name}))
            continue
        if not name or not (0 <= least <= most <= 100):
            found.append(Reason("composition_not_understood", {"substance": name}))
    return found


def speaks_for(
    sheets: Sequence[Any], *, product: str = "", supplier: str = "", called: str = ""
) -> list[Any]:
    """Which sheets of a material speak for a lot: its product's; else its supplier's; else all, to be safe.

    `product`: the sheet somebody said is its own. `called`: how the product of the lot is called by its supplier.
    """
    if product:
        return [s for s in sheets if s.code == product]
    of_supplier = [s for s in sheets if supplier and s.supplier.casefold() == supplier.casefold()]
    of_product = [s for s in of_supplier if called and s.product.casefold() == called.casefold()]
    return of_product or of_supplier or list(sheets)
