"""Everything a gate looks at before powder is poured, gathered at that very moment: lots, limits, what is inside."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from strate.kernels.genealogy import made_of
from strate.workshop.feedstock import genealogy, registry, rules
from strate.workshop.feedstock.models import Drying, Lot, PassedOver
from strate.workshop.feedstock.queries import kin, matter, stock
from strate.workshop.feedstock.queries.tools import traces_reasons
from strate.workshop.feedstock.rules import Limits, LotSeen, MachineContent
from strate.workshop.feedstock.rules.properties import VOCABULARY, Limit, effective
from strate.workshop.journal.questions import Question
from strate.workshop.journal.refusals import Reason
from strate.workshop.machines import queries as machines
from strate.workshop.site import queries as site

_DRYING = Question(
    lambda *places: Drying.objects.filter(place__in=places, ended_at__isnull=True).select_related("lot")
)


def with_specification(limits: Limits, *, machine_model: str = "", routing: str = "") -> Limits:
    """The limits of a job with those of the material for this machine model and routing: lifetimes, properties."""
    if not limits.material:
        return limits
    lines = effective(matter.limits_for(limits.material, machine_model, routing))
    kept = {code: line for code, line in lines.items() if VOCABULARY[code].kind == "lifetime"}
    found: dict[str, Limit] = {
        name: kept[code]
        for name, code in (
            ("open_days", "shelf_life_open_d"),
            ("hours_max", "hours_at_temperature"),
            ("age_max", "builds_seen"),
        )
        if code in kept and kept[code].high is not None and getattr(limits, name) is None
    }
    values = {name: line.high for name, line in found.items()}
    days, age = values.get("open_days"), values.get("age_max")
    return replace(
        limits,
        properties=tuple(line for code, line in lines.items() if code not in kept),
        sources={**{name: line.source for name, line in found.items()}, **limits.sources},
        open_days=limits.open_days if days is None else int(days),
        hours_max=values.get("hours_max", limits.hours_max),
        age_max=limits.age_max if age is None else int(age),
    )


def of_material(material: str) -> Limits:
    """What a material allows by itself, without any job."""
    return with_specification(Limits(material=material))


def knowing(content: MachineContent, limits: Limits | None) -> MachineContent:
    """The same mixture, with what is known of each lot when the limits ask for it."""
    return seen_with(content, limits, [])[0]


def seen_with(
    content: MachineContent, limits: Limits | None, pours: Sequence[tuple[Lot, str]]
) -> tuple[MachineContent, list[LotSeen]]:
    """A mixture and the lots poured into it (each from a container, or from all) as a gate sees them together.

    With what is known of each when the limits ask for it.
    """
    lots = [stock.seen(each, place) for each, place in pours]
    codes = [p.lot for p in content.portions] + [each.code for each in lots]
    asked = limits is not None and limits.properties
    known = matter.known_of_many(matter.lots_named(codes)) if asked else {}
    portions = tuple(replace(p, known=known.get(p.lot, {})) for p in content.portions)
    return replace(content, portions=portions), [
        replace(each, known=known.get(each.code, {})) for each in lots
    ]


def roots_of(each: Lot) -> frozenset[str]:
    """The supplier lots it comes from, by supplier and number; by its own code when the supplier gave none."""
    pks = [each.pk]
    if each.origin != "supplier":
        pks = list(genealogy.traced(made_of, genealogy.ancestors(each.pk)).by_origin())
    rows = Lot.objects.filter(pk__in=pks).values_list("code", "supplier", "supplier_lot")
    return frozenset(f"{supplier} {number}" if number else code for code, supplier, number in rows)


def origin_reasons(codes: Iterable[str], limits: Limits | None) -> list[Reason]:
    """What lies in a machine is one mixture: where the routing keeps supplier lots apart, they do not meet there."""
    if limits is None or limits.several_supplier_lots is not False:
        return []
    met = [roots_of(each) for each in matter.lots_named(dict.fromkeys(codes))]
    return rules.one_origin(met, False, limits.source_of("several_supplier_lots"))


def launch_reasons(machine: str, limits: Limits, need_mg: int) -> list[Reason]:
    """Why a build may not start with what is in this machine; empty when it may."""
    inside = knowing(stock.in_machine(machine), limits)
    lots = [p.lot for p in inside.portions]
    held_lots = stock.held(*(f"lot:{lot}" for lot in lots))
    held_lots += kin.held_ancestors(Lot.objects.filter(code__in=lots))
    reasons = rules.launch_reasons(inside, limits, need_mg, on=stock.today(*lots), held=held_lots)
    reasons += origin_reasons(lots, limits)
    place = stock.place_of(machine)
    return reasons if not limits.material else reasons + traces_reasons([place], limits.material, but=inside)


def drying_at(*places: str) -> list[Drying]:
    """The containers that are in an oven now."""
    return list(_DRYING.among(places))


def in_an_oven(lot: Lot) -> bool:
    """Whether some of it is in an oven now."""
    return Drying.objects.filter(lot=lot, ended_at__isnull=True).exists()


def oven_reasons(*places: str) -> list[Reason]:
    """Powder in an oven is neither poured nor sampled until it was weighed out of it."""
    return [
        Reason("powder_in_the_oven", {"container": each.place, "lot": each.lot.ref, "oven": each.oven})
        for each in drying_at(*places)
    ]


def of_build_reasons(place: str) -> list[Reason]:
    """What a build that has begun left in its machine is weighed back with it, and comes out no other way."""
    job = registry.job_on(place)
    if not job.begun:
        return []
    return [Reason("powder_of_a_build", {"machine": place, "build": job.build}, lifted_by=("operator",))]


def scan_reasons(containers: Sequence[str], given: bool) -> list[Reason]:
    """Whether the container itself must have been scanned, as the site decided."""
    if given or not site.value("powder_scan_container"):
        return []
    values = {"containers": list(containers)}
    lifted = ("shift_leader", "quality")
    return [Reason("container_not_scanned", values, "§ powder_scan_container", lifted, overridable=True)]


def passed_over(*, build: str = "", lot: str = "", since: object = None, place: str = "") -> list[PassedOver]:
    """The limits passed over for a build, on a machine since a moment, or on a lot: signed, never forgotten."""
    found = PassedOver.objects.select_related("lot")
    found = found.filter(build=build) if build else found
    found = found.filter(lot__code=lot) if lot else found
    if place:
        found = found.filter(place=place, at__gte=since)
    return list(found)


def machine_model(machine: str) -> str:
    return machines.machine(machine).model if machine else ""


def tolerance(family: str) -> Decimal:
    """How much of a mass balance may stay unexplained, as the site decided."""
    return Decimal(str(site.value(f"balance_{family}_percent"))) / 100


def seen_of(codes: Sequence[str]) -> list[LotSeen]:
    """These lots as a gate sees them, in this order; a code that means nothing is left out."""
    found = {each.code: each for each in Lot.objects.filter(code__in=codes).select_related("material")}
    return [stock.seen(found[code]) for code in codes if code in found]
