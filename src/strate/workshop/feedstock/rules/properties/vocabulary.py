"""The words of matter: every property a certificate or a gauge may tell, for metal, polymer, sand and binder."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from strate.workshop.feedstock.rules.properties import units
from strate.workshop.feedstock.rules.properties.units import Dimension, NotRead

METAL, POLYMER, SAND, BINDER = "metal", "polymer", "sand", "binder"
ALL = (METAL, POLYMER, SAND, BINDER)
GRANULAR = (METAL, POLYMER, SAND)
DOES_NOT_FLOW = "does_not_flow"


@dataclass(frozen=True)
class Property:
    """One word: in which unit it is kept, for which families, and whether mixing two lots averages it.

    `additive`: the value of a mixture is the mass-weighted mean of its parts (oxygen, moisture). Never true of
    flow, viscosity, MFR or sizes: these are measured again. `kind` is `number`, `word` (one of `words`), or
    `lifetime` (a limit on the life of a lot, never measured on it).
    """

    code: str
    dimension: Dimension
    families: tuple[str, ...] = ALL
    additive: bool = False
    kind: str = "number"
    words: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()
    group: str = "other"

    @property
    def unit(self) -> str:
        return self.dimension.unit


# Symbols as certificates write them; Nb+Ta and the sums of the others are lines of their own.
ELEMENTS = (
    *["Ti", "Al", "V", "Fe", "C", "Y", "Cr", "Ni", "Mo", "Co", "Mn", "Si", "Mg", "Cu", "Zn", "P"],
    *["S", "Nb", "Ta", "W", "Zr", "Sn", "Pb", "B", "Be", "Bi", "Ca", "Cd", "Hf", "La", "Li", "Na"],
    *["K", "Cl", "Ag", "As", "Sb", "Se", "Te", "Tl", "Ga", "Re", "Ce", "Nd", "Sc"],
)
GASES = ("O", "N", "H")
_CHEMISTRY = [
    *(Property(gas, units.MASS_FRACTION, (METAL,), additive=True, group="gas") for gas in GASES),
    *(Property(each, units.MASS_FRACTION, (METAL,), additive=True, group="chemistry") for each in ELEMENTS),
    *(
        Property(each, units.MASS_FRACTION, (METAL,), additive=each == "Nb+Ta", group="chemistry")
        for each in ("Nb+Ta", "others_each", "others_total")
    ),
]
_LASER = ("ISO 13320", "ISO 13322-1", "ISO 13322-2", "ISO 4497")
_GRAINS = [
    *(
        Property(size, units.LENGTH, GRANULAR, methods=_LASER, group="size")
        for size in ("D10", "D50", "D90", "D100")
    ),
    *(
        Property(part, units.MASS_FRACTION, GRANULAR, methods=("ISO 4497", "ISO 2591-1"), group="size")
        for part in ("oversize_share", "fines")
    ),
    Property("afs", units.PURE, (SAND,), methods=("AFS 1106",), group="size"),
]
_DENSITIES = [
    Property(
        "apparent_density", units.DENSITY, GRANULAR, methods=("ISO 3923-1", "ISO 3923-2"), group="density"
    ),
    Property("tap_density", units.DENSITY, GRANULAR, methods=("ISO 3953",), group="density"),
    Property("hausner", units.PURE, GRANULAR, group="density"),
    Property("density", units.DENSITY, (BINDER,), group="density"),
]
_FLOW = [
    Property(name, units.FLOW, GRANULAR, words=(DOES_NOT_FLOW,), methods=methods, group="flow")
    for name, methods in (("hall_flow", ("ISO 4490", "ASTM B213")), ("carney_flow", ("ASTM B964",)))
]
_WATER = [
    Property("moisture", units.MASS_FRACTION, ALL, additive=True, group="moisture"),
    Property("headspace_humidity", units.HUMIDITY, GRANULAR, group="moisture"),
]
_POLYMER = [
    Property("mfr", units.MASS_FLOW, (POLYMER,), methods=("ISO 1133-1",), group="melt"),
    Property("mvr", units.VOLUME_FLOW, (POLYMER,), methods=("ISO 1133-1",), group="melt"),
    Property("melting_point", units.TEMPERATURE, (POLYMER,), methods=("ISO 11357-3",), group="melt"),
    Property("crystallisation", units.TEMPERATURE, (POLYMER,), methods=("ISO 11357-3",), group="melt"),
]
_SAND = [
    Property("loi", units.MASS_FRACTION, (SAND,), group="sand"),
    Property("acid_demand", units.ACID, (SAND,), group="sand"),
    Property("gas_evolution", units.GAS, (SAND,), group="sand"),
    Property("bending_strength", units.STRENGTH, (SAND,), group="sand"),
    Property(
        "grain_shape",
        units.PURE,
        (SAND,),
        kind="word",
        words=("rounded", "subangular", "angular"),
        group="sand",
    ),
]
_BINDER = [
    Property("viscosity", units.VISCOSITY, (BINDER,), group="binder"),
    Property("furfuryl_alcohol", units.MASS_FRACTION, (BINDER,), additive=True, group="binder"),
    Property("nitrogen_content", units.MASS_FRACTION, (BINDER,), additive=True, group="binder"),
    Property("ph", units.PURE, (BINDER,), group="binder"),
]
_SEEN = [
    Property(
        "shape",
        units.PURE,
        (METAL, POLYMER),
        kind="word",
        words=("spherical", "satellites", "agglomerated", "irregular"),
        methods=("ISO 3252",),
        group="seen",
    ),
    Property("foreign_matter", units.PURE, ALL, kind="word", words=("none_seen", "seen"), group="seen"),
]
# What a specification may say of the life of a lot; nothing of this is measured on it.
_LIFETIMES = [
    Property("shelf_life_d", units.DAYS, kind="lifetime", group="life"),
    Property("shelf_life_open_d", units.DAYS, kind="lifetime", group="life"),
    Property("hours_at_temperature", units.HOURS, GRANULAR, kind="lifetime", group="life"),
    Property("builds_seen", units.PURE, GRANULAR, kind="lifetime", group="life"),
    Property("sieve_mesh_um", units.LENGTH, GRANULAR, kind="lifetime", group="life"),
    Property("drying_celsius", units.TEMPERATURE, GRANULAR, kind="lifetime", group="life"),
    Property("drying_h", units.HOURS, GRANULAR, kind="lifetime", group="life"),
    Property("storage_celsius", units.TEMPERATURE, kind="lifetime", group="life"),
    Property("storage_humidity", units.HUMIDITY, kind="lifetime", group="life"),
    Property(
        "drying",
        units.PURE,
        GRANULAR,
        kind="lifetime",
        words=("required", "forbidden", "allowed"),
        group="life",
    ),
]
VOCABULARY: dict[str, Property] = {
    each.code: each
    for each in (
        *_CHEMISTRY,
        *_GRAINS,
        *_DENSITIES,
        *_FLOW,
        *_WATER,
        *_POLYMER,
        *_SAND,
        *_BINDER,
        *_SEEN,
        *_LIFETIMES,
    )
}
ADDITIVE = frozenset(code for code, each in VOCABULARY.items() if each.additive)
# Shown and typed for every lot of the family, whatever its specification says.
USUAL = {
    METAL: ("O", "N", "H", "D10", "D50", "D90", "apparent_density", "tap_density", "hall_flow", "moisture"),
    POLYMER: ("D10", "D50", "D90", "apparent_density", "mfr", "melting_point", "crystallisation", "moisture"),
    SAND: ("afs", "D50", "fines", "loi", "acid_demand", "moisture"),
    BINDER: ("viscosity", "density", "furfuryl_alcohol", "nitrogen_content"),
}
# How powder is made, and what a certificate is (EN 10204).
MAKING = ("gas_viga", "gas_eiga", "plasma", "water", "milled", "precipitated", "polymerised", "natural")
CERTIFICATES = ("2.1", "2.2", "3.1", "3.2", "coa", "coc")
SEALS = ("whole", "broken", "none")
CONTAINERS = ("drum", "bottle", "bag", "silo", "hopper", "bin")


def word(code: str) -> Property:
    """The property of that code; refused when the vocabulary does not hold it."""
    if code not in VOCABULARY:
        raise NotRead("no_such_property", property=code[:60])
    return VOCABULARY[code]


def measurable(family: str) -> list[Property]:
    """What may be known of a lot of this family."""
    return [p for p in VOCABULARY.values() if p.kind != "lifetime" and family in p.families]


def read_value(code: str, text: str, *, unit: str = "") -> tuple[Decimal | None, str, str]:
    """What was written of a property: (exact value in its unit, "" or "<" or ">", a word when no number)."""
    each = word(code)
    if text.strip() in each.words:
        return None, "", text.strip()
    if each.kind == "word" or (each.words and each.kind == "lifetime"):
        raise NotRead("property_not_word", value=text[:60], property=code)
    value, bound = units.read(text, each.dimension, unit=unit)
    return value, bound, ""
