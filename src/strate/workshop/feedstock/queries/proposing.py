"""A blend proposed from the stock as it is now: the lots there are, the limits of the job, what the machine holds."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce

from strate.kernels.genealogy import made_of
from strate.workshop.feedstock import genealogy, registry
from strate.workshop.feedstock.models import Drying, Lot
from strate.workshop.feedstock.queries import gating, matter, stock
from strate.workshop.feedstock.rules import Limits, LotSeen, MachineContent, virgin_needed_mg
from strate.workshop.feedstock.rules.proposing import Proposal, propose
from strate.workshop.holds import queries as holds
from strate.workshop.journal.refusals import Reason
from strate.workshop.site import queries as site

# What a powder scale of the floor shows: nobody pours milligrams.
STEP_MG = 1000
# More lots of one material than this are not laid on one screen; the oldest come first.
MOST_LOTS = 60


@dataclass(frozen=True)
class Asked:
    """A blend as it is asked for: how much, under which limits, by which policy, on what residual."""

    material: str
    need_mg: int
    limits: Limits
    policy: str
    machine: str = ""
    residual: MachineContent | None = None
    mixed_suppliers: bool = False


def asked(*, material: str = "", machine: str = "", need_mg: int | None = None, policy: str = "") -> Asked:
    """What is wanted: for a machine, the need and the limits of its job less what it still holds."""
    place = stock.place_of(machine) if machine else ""
    job = registry.job_on(place)
    code = material or (job.limits.material if job.limits else "")
    limits = job.limits or gating.of_material(code)
    residual = gating.knowing(stock.in_machine(place), limits) if place else None
    if need_mg is None:
        need_mg = _still_needed(job.need_mg or 0, residual, limits)
    chosen = policy or ("least_virgin" if limits.reuse == "APPOINT" else site.value("powder_blend_policy"))
    allowed = limits.several_supplier_lots
    mixed = bool(site.value("powder_blend_supplier_lots")) if allowed is None else allowed
    return Asked(code, need_mg, limits, str(chosen), place, residual, mixed)


def _still_needed(need_mg: int, residual: MachineContent | None, limits: Limits) -> int:
    """What the job of a machine still lacks: in mass, and in virgin powder to bring what lies there to its ceiling."""
    if residual is None:
        return need_mg
    lacking_mg = None if limits.ceiling is None else virgin_needed_mg(residual, limits.ceiling)
    return max(0, need_mg - residual.mass_mg, lacking_mg or 0)


def in_stock(material: str, limits: Limits) -> list[LotSeen]:
    """The lots of a material that lie in containers, what expires or arrived first at the head."""
    rows = (
        Lot.objects.filter(material__code=material)
        .select_related("material")
        .annotate(
            on_hand_mg=Coalesce(
                Sum("portions__mass_mg", filter=~Q(portions__place__startswith="machine:")), 0
            )
        )
        .filter(on_hand_mg__gt=0)
        .order_by(F("expires_on").asc(nulls_last=True), F("received_at").asc(nulls_last=True), "pk")
    )
    lots = list(rows[:MOST_LOTS])
    known = matter.known_of_many(lots) if limits.properties else {}
    roots = _roots(lots)
    return [
        LotSeen(
            code=each.code,
            material=material,
            state=each.state,
            available_mg=each.on_hand_mg,
            expires_on=each.expires_on,
            used_share=each.used_share,
            age_max=each.age_max,
            age_mean=each.age_mean,
            hours_mean=each.hours_mean,
            opened_on=stock.opened_on(each),
            roots=roots[each.pk],
            known=known.get(each.code, {}),
        )
        for each in lots
    ]


def _roots(lots: Sequence[Lot]) -> dict[int, frozenset[str]]:
    """The supplier lots of each, by supplier and number."""
    origins = {
        each.pk: [each.pk]
        if each.origin == "supplier"
        else list(genealogy.traced(made_of, genealogy.ancestors(each.pk)).by_origin())
        for each in lots
    }
    pks = {pk for found in origins.values() for pk in found}
    rows = Lot.objects.filter(pk__in=pks).values_list("pk", "code", "supplier", "supplier_lot")
    named = {pk: f"{supplier} {number}" if number else code for pk, code, supplier, number in rows}
    return {pk: frozenset(named[int(root)] for root in found) for pk, found in origins.items()}


def proposal(wanted: Asked, *, step_mg: int = STEP_MG) -> tuple[list[LotSeen], Proposal]:
    """The stock looked at, and what is proposed of it."""
    seen = in_stock(wanted.material, wanted.limits)
    codes = [lot.code for lot in seen]
    found = propose(
        seen,
        wanted.need_mg,
        wanted.limits,
        on=stock.today(*codes) if codes else stock.today(),
        policy=wanted.policy,
        residual=wanted.residual,
        mixed_suppliers=wanted.mixed_suppliers,
        step_mg=step_mg,
        against=_against(wanted, seen),
    )
    return seen, found


def _against(wanted: Asked, lots: Sequence[LotSeen]) -> dict[str, list[Reason]]:
    """Lots that are stopped, in an oven, or that may not meet what lies in the machine."""
    codes = [each.code for each in lots]
    against: dict[str, list[Reason]] = {}
    if wanted.residual is not None and wanted.limits.several_supplier_lots is False:
        inside = [p.lot for p in wanted.residual.portions]
        for code in codes:
            against.setdefault(code, []).extend(gating.origin_reasons([*inside, code], wanted.limits))
    for hold in holds.on(*(f"lot:{code}" for code in codes)):
        against.setdefault(hold.about.partition(":")[2], []).append(holds.reason(hold))
    for drying in Drying.objects.filter(lot__code__in=codes, ended_at__isnull=True).select_related("lot"):
        values = {"container": drying.place, "lot": drying.lot.ref, "oven": drying.oven}
        against.setdefault(drying.lot.code, []).append(Reason("powder_in_the_oven", values))
    return against
