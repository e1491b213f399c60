"""Reading the stock: what each lot is, where it lies, what is in a machine, whether the ledger agrees."""

from collections import defaultdict
from datetime import date

from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from strate.kernels.genealogy import made_of
from strate.workshop.feedstock import genealogy, rules
from strate.workshop.feedstock.models import Lot, Material, PowderContainer, PowderMovement, PowderPortion
from strate.workshop.feedstock.rules import LotSeen, MachineContent, Portion, Share
from strate.workshop.holds import queries as holds
from strate.workshop.journal import clock
from strate.workshop.journal.questions import Question
from strate.workshop.journal.refusals import NotFound, Reason

INSIDE = ("container:", "machine:", "silo:")
_LOT = Question(lambda code: Lot.objects.select_related("material").filter(code=code))
_MASSES_AT = Question(
    lambda lot, place: PowderPortion.objects.filter(lot__code=lot, place=place).values_list(
        "mass_mg", flat=True
    )
)
_MASSES_ON_HAND = Question(
    lambda lot: (
        PowderPortion.objects.filter(lot__code=lot)
        .exclude(place__startswith="machine:")
        .values_list("mass_mg", flat=True)
    )
)
_IN_CONTAINERS = Question(
    lambda lot: (
        PowderPortion.objects.filter(lot=lot, mass_mg__gt=0)
        .exclude(place__startswith="machine:")
        .order_by("place")
    )
)
_PLACES = Question(
    lambda lot: (
        PowderPortion.objects.filter(lot__code=lot, mass_mg__gt=0)
        .order_by("place")
        .values_list("place", flat=True)
    )
)
_CONTENT = Question(
    lambda place: (
        PowderPortion.objects.filter(place=place, mass_mg__gt=0)
        .select_related("lot__material")
        .order_by("pk")
    )
)
_LAST_MOVED = Question(
    lambda *lots: (
        PowderMovement.objects.filter(lot__code__in=lots).order_by("-pk").values_list("at", flat=True)[:1]
    )
)


def place_of(machine: str) -> str:
    """A machine as a place of powder, from its code or its reference."""
    return machine if ":" in machine else f"machine:{machine}"


def material(code: str) -> Material:
    found = Material.objects.filter(code=code.removeprefix("material:")).first()
    if not found:
        raise NotFound("no_such_material", material=code)
    return found


def materials(text: str = "") -> QuerySet[Material]:
    """The materials in use."""
    found = Material.objects.filter(retired=False)
    return found.filter(Q(code__icontains=text) | Q(title__icontains=text)) if text else found


def material_codes() -> list[str]:
    """Every code ever given, also those of materials no longer in use."""
    return list(Material.objects.values_list("code", flat=True))


def lot(code: str) -> Lot:
    found = _LOT.first(code.removeprefix("lot:"))
    if not found:
        raise NotFound("no_such_lot", lot=code)
    return found


def lots(*, text: str = "", state: str = "", material_code: str = "") -> QuerySet[Lot]:
    """The lots, newest first, each with `on_hand_mg` (in containers) and `in_machines_mg`."""
    found = Lot.objects.select_related("material").order_by("-pk")
    found = found.annotate(
        on_hand_mg=Coalesce(Sum("portions__mass_mg", filter=~Q(portions__place__startswith="machine:")), 0),
        in_machines_mg=Coalesce(
            Sum("portions__mass_mg", filter=Q(portions__place__startswith="machine:")), 0
        ),
    )
    if text:
        found = found.filter(
            Q(code__icontains=text) | Q(supplier_lot__icontains=text) | Q(material__code__icontains=text)
        )
    found = found.filter(state=state) if state else found
    return found.filter(material__code=material_code) if material_code else found


def usable_lots(material_code: str, *, on: date) -> QuerySet[Lot]:
    """Released lots of a material, in date and not empty, oldest first: what may be poured now."""
    found = lots(material_code=material_code).filter(state__in=rules.USABLE, on_hand_mg__gt=0)
    return found.filter(Q(expires_on__isnull=True) | Q(expires_on__gte=on)).order_by("pk")


def container(code: str) -> PowderContainer:
    found = PowderContainer.objects.filter(code=code.removeprefix("container:")).first()
    if not found:
        raise NotFound("no_such_container", container=code)
    return found


def last_material_in(place: str) -> str:
    """The material last poured into a place; empty when none ever was."""
    lines = PowderMovement.objects.filter(target=place).order_by("-pk")
    return lines.values_list("lot__material__code", flat=True).first() or ""


def portions_of(lot_code: str) -> QuerySet[PowderPortion]:
    """Where a lot lies, and how much of it."""
    return PowderPortion.objects.filter(lot__code=lot_code, mass_mg__gt=0).order_by("place")


def places_of(lot_code: str) -> list[str]:
    """Everywhere a lot lies, machines too."""
    return _PLACES.all(lot_code)


def in_containers(each: Lot) -> list[PowderPortion]:
    """What may be poured out of a lot's containers, by label; what is in a machine is not poured twice."""
    return _IN_CONTAINERS.all(each.pk)


def on_hand_mg(lot_code: str, place: str = "") -> int:
    """How much of a lot is in its containers (or in that one place)."""
    return sum(_MASSES_AT.all(lot_code, place) if place else _MASSES_ON_HAND.all(lot_code))


def content(place: str) -> MachineContent:
    """What any place holds, taken as one mixture."""
    return rules.content_of(place, [seen_portion(row) for row in _CONTENT.all(place)])


def in_machine(machine: str) -> MachineContent:
    """The powder in a machine, residual and loads together: what a launch is judged on."""
    return content(place_of(machine))


def seen_portion(row: PowderPortion) -> Portion:
    each = row.lot
    return Portion(
        lot=each.code,
        material=each.material.code,
        mass_mg=row.mass_mg,
        used_share=each.used_share,
        age_max=each.age_max,
        age_mean=each.age_mean,
        state=each.state,
        expires_on=each.expires_on,
        hours_mean=each.hours_mean,
        opened_on=opened_on(each),
    )


def opened_on(each: Lot) -> date | None:
    """The day a lot was opened, on the wall clock of the workshop."""
    return timezone.localdate(each.opened_at) if each.opened_at else None


def today(*lots: str) -> date:
    """The day of the workshop for a gate; a clock set back does not bring a lot back before its last movement."""
    now = clock.now()
    last = _LAST_MOVED.all(*lots) if lots else []
    return timezone.localdate(max([now, *last]))


def seen(each: Lot, place: str = "") -> LotSeen:
    """A lot as the gates see it; `available_mg` is what that container, or all of its containers, hold."""
    return LotSeen(
        code=each.code,
        material=each.material.code,
        state=each.state,
        available_mg=on_hand_mg(each.code, place),
        expires_on=each.expires_on,
        used_share=each.used_share,
        age_max=each.age_max,
        age_mean=each.age_mean,
        certificate=each.certificate,
        received_by=each.received_by,
        checked_by=each.checked_by,
        hours_mean=each.hours_mean,
        opened_on=opened_on(each),
    )


def held(*refs: str) -> list[Reason]:
    """Why these things may not be used now: the holds that somebody placed on them."""
    named = [ref for ref in refs if ref]
    return list(holds.reasons(*named)) if named else []


def movements(*, lot_code: str = "", build: str = "", place: str = "") -> QuerySet[PowderMovement]:
    """Lines of the ledger, oldest first."""
    found = PowderMovement.objects.select_related("lot", "becomes")
    if lot_code:
        found = found.filter(Q(lot__code=lot_code) | Q(becomes__code=lot_code))
    found = found.filter(build=build) if build else found
    return found.filter(Q(source=place) | Q(target=place)) if place else found


def weighed_of(build: str) -> rules.Weighed:
    """Everything the ledger knows of a build, ready for its mass balance."""
    masses: dict[str, int] = defaultdict(int)
    for kind, mass_mg in PowderMovement.objects.filter(build=build).values_list("kind", "mass_mg"):
        masses[kind] += mass_mg
    taken_out = sum(masses[k] for k in ("fused", "recovered", "oversize", "sample", "waste", "unexplained"))
    return rules.Weighed(
        input_mg=masses["spread"],
        parts_mg=masses["fused"],
        recovered_mg=masses["recovered"],
        oversize_mg=masses["oversize"],
        filters_mg=masses["waste"],
        samples_mg=masses["sample"],
        residual_mg=masses["spread"] - taken_out,
    )


def composition(lot_code: str) -> dict[str, Share]:
    """From which supplier lots a lot is made, in exact shares that sum to one."""
    closure = genealogy.ancestors(lot(lot_code).pk)
    shares = genealogy.traced(made_of, closure).by_origin()
    codes = dict(Lot.objects.filter(pk__in=shares).values_list("pk", "code"))
    return {code: Share(units) for code, units in sorted((codes[pk], u) for pk, u in shares.items())}
