"""Reading what is known of matter: the properties of a lot, its specification, how the two compare."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from strate.workshop.feedstock.models import Lot, LotProperty, Material, PowderLimit, PowderMovement
from strate.workshop.feedstock.queries import stock
from strate.workshop.feedstock.rules import properties
from strate.workshop.feedstock.rules.properties import Known, Limit, Verdict
from strate.workshop.journal.questions import Question
from strate.workshop.journal.refusals import NotFound

# Of a specification, what hands go by while they dry, sieve, load, store.
HANDLED = frozenset({"sieve_mesh_um", "drying_celsius", "storage_humidity", "moisture", "loi"})
_MADE_OF = Question(
    lambda *made: PowderMovement.objects.filter(becomes__id__in=made).values_list(
        "becomes_id", "lot_id", "mass_mg"
    )
)
_TOLD = Question(
    lambda *lots: LotProperty.objects.filter(lot__id__in=lots, superseded_by__isnull=True).order_by("pk")
)
_NAMED = Question(lambda *codes: Lot.objects.select_related("material").filter(code__in=codes).order_by("pk"))
_LIMITS = Question(
    lambda material, model, routing: PowderLimit.objects.filter(
        Q(machine_model="") | Q(machine_model=model),
        Q(routing="") | Q(routing=routing),
        material__code=material,
        state="approved",
    )
)


def known_properties(lot: Lot | str) -> dict[str, Known]:
    """What is known of a lot, by code: the last measurement, else its certificate, else what its parents predict.

    A lot made here (blend, recovered, split) inherits its additive properties from its parents, by mass; nothing
    is guessed of the others, nor of what a build adds: that is measured.
    """
    each = stock.lot(lot) if isinstance(lot, str) else lot
    return known_of_many([each])[each.code]


def known_of_many(lots: Iterable[Lot]) -> dict[str, dict[str, Known]]:
    """The same for several lots, each ancestor read once, parents before children."""
    wanted = list(lots)
    family = _family(each.pk for each in wanted)
    told = _told(family)
    found: dict[int, dict[str, Known]] = {}
    for pk in sorted(family):
        parts = [(mass_mg, found[parent]) for parent, mass_mg in family[pk]]
        found[pk] = {**properties.mixed(parts), **told[pk]}
    return {each.code: properties.with_derived(found[each.pk]) for each in wanted}


def _family(lots: Iterable[int]) -> dict[int, list[tuple[int, int]]]:
    """These lots and their ancestors, each with the lots and masses it was made of."""
    family: dict[int, list[tuple[int, int]]] = {}
    todo = set(lots)
    while todo:
        family |= {each: [] for each in todo}
        for child, parent, mass_mg in _MADE_OF.among(todo):
            family[child].append((parent, mass_mg))
        todo = {parent for each in todo for parent, _mass in family[each]} - set(family)
    return family


def _told(lots: Iterable[int]) -> dict[int, dict[str, Known]]:
    """What was written of each of these very lots, the best basis first."""
    best: dict[int, dict[str, LotProperty]] = {each: {} for each in lots}
    for row in _TOLD.among(best):
        other = best[row.lot_id].get(row.code)
        if other is None or properties.BASES.index(row.basis) <= properties.BASES.index(other.basis):
            best[row.lot_id][row.code] = row
    return {pk: {code: as_known(row) for code, row in rows.items()} for pk, rows in best.items()}


def as_known(row: LotProperty) -> Known:
    """A row as the rules see it."""
    return Known(
        code=row.code,
        value=row.value,
        bound=row.bound,
        word=row.text,
        basis=row.basis,
        method=row.method,
        instrument=row.instrument,
        sample=row.sample,
        written=row.written,
        on=row.known_on,
        by=row.by,
        event=str(row.event),
    )


def certificate_of(lot: Lot) -> dict[str, Known]:
    """What its certificate says, whatever was measured since."""
    return {row.code: as_known(row) for row in _TOLD.all(lot.pk) if row.basis == properties.CERTIFICATE}


def property_history(lot_code: str) -> QuerySet[LotProperty]:
    """Everything ever written of a lot, newest first, what was superseded too."""
    return LotProperty.objects.filter(lot__code=lot_code).order_by("-pk")


def limits_for(material: str, machine_model: str = "", routing: str = "") -> list[Limit]:
    """The approved lines that apply, the most specific first; lifetimes too (`shelf_life_open_d`...).

    Without a machine model or a routing, only the lines that hold for any. `rules.properties.effective` picks
    the one that counts for each code.
    """
    code = material.removeprefix("material:")
    rows = _LIMITS.all(code, machine_model, routing)
    return sorted((as_limit(row) for row in rows), key=lambda each: (-each.special, each.code))


def widest_mesh_um(of: Material) -> int | None:
    """The widest mesh a powder may pass: its specification's, else that of its card."""
    limit = properties.effective(limits_for(of.code)).get("sieve_mesh_um")
    return int(limit.high) if limit and limit.high is not None else of.sieve_um


def asked_of_gestures(of: Material) -> dict[str, str]:
    """What a guided gesture goes by (`max_from: moisture_max`); what the specification leaves open stays open."""
    known: dict[str, str] = {}
    for code, limit in properties.effective(limits_for(of.code)).items():
        if code in HANDLED:
            ends = {f"{code}_min": limit.low, f"{code}_max": limit.high}
            known |= {name: f"{end:f}" for name, end in ends.items() if end is not None}
    mesh_um = widest_mesh_um(of)
    return known | ({"sieve_mesh_um_max": str(mesh_um)} if mesh_um else {})


def as_limit(row: PowderLimit) -> Limit:
    return Limit(
        code=row.code,
        low=row.low,
        high=row.high,
        wanted=row.wanted,
        source=row.source,
        machine_model=row.machine_model,
        routing=row.routing,
        required=row.required,
        since=row.since,
        ref=row.ref,
    )


def limit(pk: int | str) -> PowderLimit:
    """One line of a specification, by its number or reference."""
    number = str(pk).removeprefix("limit:")
    found = (
        PowderLimit.objects.select_related("material").filter(pk=number).first()
        if number.isdecimal()
        else None
    )
    if not found:
        raise NotFound("no_such_limit", limit=str(pk))
    return found


def specification(material: str) -> QuerySet[PowderLimit]:
    """Every line of a material that counts or waits for approval."""
    rows = PowderLimit.objects.filter(material__code=material).exclude(state="retired")
    return rows.order_by("machine_model", "routing", "pk")


def verdicts_of(lot: Lot, machine_model: str = "", routing: str = "") -> list[Verdict]:
    """What is known of a lot beside its specification."""
    limits = limits_for(lot.material.code, machine_model, routing)
    return properties.verdicts(known_properties(lot), limits)


def counting(lot: Lot, code: str, basis: str) -> LotProperty | None:
    """The row that counts now for a property and a basis."""
    rows = LotProperty.objects.filter(lot=lot, code=code, basis=basis, superseded_by__isnull=True)
    return rows.order_by("-pk").first()


def written_in(event: UUID | str) -> QuerySet[LotProperty]:
    """What one fact wrote."""
    return LotProperty.objects.filter(event=event)


def lots_called(codes: Iterable[str]) -> set[str]:
    """Those of these codes that a lot bears, in capitals or not; given back in small letters."""
    asked = [code.lower() for code in codes]
    found = Lot.objects.annotate(lower=Lower("code")).filter(lower__in=asked)
    return {code.casefold() for code in found.values_list("code", flat=True)}


def matter_of(codes: Iterable[str]) -> dict[str, tuple[str, str]]:
    """The material and the family of each of these lots that exists."""
    rows = Lot.objects.filter(code__in=list(codes)).values_list("code", "material__code", "material__family")
    return {code: (material, family) for code, material, family in rows}


def lots_named(codes: Iterable[str]) -> list[Lot]:
    """These lots, those that exist."""
    return list(_NAMED.among(codes))
