"""What can be done with powder, and by whom: rights, decisions of the site, gestures offered, samples found."""

from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from strate.workshop.doors.speech import mass
from strate.workshop.feedstock import actions, queries, rules, wording
from strate.workshop.feedstock.models import Lot, Material, PowderContainer, PowderSample
from strate.workshop.feedstock.rules.judging import state_reasons
from strate.workshop.feedstock.rules.proposing import OLDEST_FIRST
from strate.workshop.holds import queries as holds
from strate.workshop.journal import clock
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Reason
from strate.workshop.people import roles
from strate.workshop.procedures import registry as procedures
from strate.workshop.procedures.queries import ProcedureRun
from strate.workshop.safety import registry as safety
from strate.workshop.safety.queries import Spill
from strate.workshop.site import settings
from strate.workshop.site.fields import CHOICE, NUMBER, SWITCH, WHOLE, Field
from strate.workshop.things import registry
from strate.workshop.things.registry import Gesture, Kind, Thing

FLOOR = (roles.OPERATOR, roles.SHIFT_LEADER)
roles.declare("feedstock.blend", *FLOOR)
roles.declare("feedstock.dry", *FLOOR)
roles.declare("feedstock.sample", *FLOOR, roles.QUALITY)
roles.declare("feedstock.transfer", *FLOOR)
roles.declare("feedstock.contaminate", *FLOOR, roles.QUALITY, roles.HSE, roles.MAINTENANCE, roles.METHODS)
roles.declare("feedstock.return", roles.SHIFT_LEADER, roles.QUALITY)
roles.declare("feedstock.waste", *FLOOR, roles.HSE)
roles.declare("feedstock.clear_for", *FLOOR, roles.QUALITY)
roles.declare("feedstock.override", roles.QUALITY, roles.SHIFT_LEADER)

SITE = _("Decision of the site")
settings.register(
    Field(
        "powder_scan_container",
        SWITCH,
        False,
        _("Powder is poured only from a scanned container"),
        _("Otherwise the lot is enough: it is taken from its containers in the order of their labels."),
        SITE,
        "production",
    ),
    Field(
        "powder_blend_supplier_lots",
        SWITCH,
        False,
        _("Different supplier lots may be blended"),
        _("Where the routing says nothing. The composition of every part stays known in both cases."),
        "ISO/ASTM 52904",
        "production",
    ),
    Field(
        "powder_blend_policy",
        CHOICE,
        OLDEST_FIRST,
        _("Blends are proposed"),
        "",
        SITE,
        "production",
        choices=wording.POLICIES,
    ),
    Field(
        "powder_overflow_weight",
        NUMBER,
        Decimal(1),
        _("How much overflow ages during a build"),
        _("1: as much as the cake; 0: not at all. Where the routing says nothing."),
        SITE,
        "production",
        least=Decimal(0),
        most=Decimal(1),
    ),
    Field(
        "powder_past_builds",
        WHOLE,
        3,
        _("Past builds needed to correct the powder to prepare"),
        _("With fewer builds of the same machine and material, the arithmetic alone counts."),
        SITE,
        "production",
        **settings.bounded(1, 100),
    ),
)

# What a lot allows besides its next step: (page, what it is called, right, states; none: whatever its state).
OFFERED = (
    ("blend_with", _("Blend it"), "feedstock.blend", rules.USABLE),
    ("transfer", _("Move it to another container"), "feedstock.transfer", rules.LIVE),
    ("sample", _("Take a sample"), "feedstock.sample", rules.LIVE),
    ("sieve", _("Sieve it"), "feedstock.sieve", rules.USABLE),
    ("dry", _("Dry it"), "feedstock.dry", rules.LIVE),
    ("waste", _("Throw it away"), "feedstock.waste", None),
    ("contaminate", _("It is contaminated"), "feedstock.contaminate", rules.LIVE),
    ("return", _("Return it to the supplier"), "feedstock.return", None),
)


def offered(lot: Lot, by: Actor) -> list[Gesture]:
    """The gestures that this person may do with this lot now, besides the next one of its life."""
    if not queries.portions_of(lot.code).exists():
        return []
    found = []
    for page, word, right, states in OFFERED:
        possible = states is None or lot.state in states
        if page == "return" and (lot.origin != "supplier" or lot.state in (rules.EXHAUSTED, rules.RETURNED)):
            possible = False
        if page == "dry" and queries.in_an_oven(lot):
            possible = False
        if possible and roles.may(by, right):
            found.append(Gesture(word, reverse(f"feedstock:{page}", args=[lot.code])))
    return found


def _find_sample(code: str) -> Thing | None:
    found = PowderSample.objects.select_related("lot").filter(code=code).first()
    if found is None:
        return None
    return Thing(
        found.ref,
        found.code,
        url=reverse("feedstock:lot", args=[found.lot.code]),
        lines=[
            (_("Lot"), found.lot.code),
            (_("Mass"), mass(found.mass_mg)),
            (_("Purpose"), found.purpose or "—"),
        ],
    )


registry.register(Kind("sample", _("Sample"), find=_find_sample, icon="powder"))


@registry.gesture
def contaminate_here(ref: str, by: Actor) -> Gesture | None:
    """A container or a machine that holds powder can be declared contaminated from its own page."""
    if not ref.startswith(("container:", "machine:")) or not roles.may(by, "feedstock.contaminate"):
        return None
    if not queries.content(ref).mass_mg:
        return None
    return Gesture(_("Its powder is contaminated"), f"{reverse('feedstock:contaminate_any')}?about={ref}")


@registry.gesture
def clear_here(ref: str, by: Actor) -> Gesture | None:
    """What carries one material is freed for another after its procedure."""
    known = ref.startswith("container:") or queries.is_a_tool(ref)
    if not known or not roles.may(by, "feedstock.clear_for") or not queries.carried_by(ref):
        return None
    return Gesture(_("Change its material"), f"{reverse('feedstock:clear_for')}?about={ref}")


@procedures.context("container")
def weighs(ref: str) -> dict[str, str]:
    """The mass of a container full as it stands, in kilograms: lifting is spoken of where it matters."""
    found = PowderContainer.objects.filter(code=ref.removeprefix("container:")).first()
    if found is None:
        return {}
    return _kilograms(queries.content(ref).mass_mg + (found.tare_mg or 0))


@procedures.context("lot")
def heaviest_of(ref: str) -> dict[str, str]:
    """The heaviest container of a lot; what has not been received yet is not known."""
    portions = queries.portions_of(ref.removeprefix("lot:")).filter(place__startswith="container:")
    heaviest = portions.order_by("-mass_mg").first()
    return weighs(heaviest.place) if heaviest else {}


@procedures.context("material")
def specified(ref: str) -> dict[str, str]:
    """What the specification of a material asks of those who handle it."""
    found = Material.objects.filter(code=ref.removeprefix("material:")).first()
    return queries.asked_of_gestures(found) if found else {}


def _kilograms(mass_mg: int) -> dict[str, str]:
    return {"container_kg": f"{Decimal(mass_mg).scaleb(-6).normalize():f}"}


@procedures.on_finished("material_change")
def changed(by: Actor, run: ProcedureRun) -> None:
    """A change of material looked at by a second person frees what it is about, in the same act."""
    actions.clear_after(by=by, run=run)


@safety.on_spill
def spilt(by: Actor, spill: Spill, things: list[str]) -> list[str]:
    """What a spill touched is contaminated in the same act: a container, a lot that lies in one place.

    A lot that also lies elsewhere is only stopped, until HSE says which of its containers were touched; what is
    closed in a machine was not spilt.
    """
    refs: list[str] = []
    for ref in things:
        if _spoilable(ref):
            spoilt = actions.contaminate(by=by, about=ref, cause="accidental_spill", origin=spill.ref)
            refs += [ref, *(lot.ref for lot in spoilt)]
    return list(dict.fromkeys(refs))


def _spoilable(ref: str) -> bool:
    """Whether anything there could still be poured: a spill is told even when it touched nothing of the stock."""
    if ref.startswith("lot:"):
        found = Lot.objects.filter(code=ref.removeprefix("lot:")).first()
        return bool(found and found.state in rules.LIVE and queries.portions_of(found.code).count() == 1)
    if not ref.startswith("container:"):
        return False
    return any(p.state not in actions.GONE for p in queries.content(ref).portions)


@registry.doable
def with_a_lot(ref: str, by: Actor) -> list[Gesture]:
    """What is done with a lot, or with the lots of a container: each with all that speaks against it now."""
    kind, _sep, code = ref.partition(":")
    if kind == "container":
        codes = [portion.lot for portion in queries.content(ref).portions]
    else:
        codes = [code] if kind == "lot" else []
    return [
        each
        for lot in Lot.objects.select_related("material").filter(code__in=codes)
        for each in _all(lot, by)
    ]


def _all(lot: Lot, by: Actor) -> list[Gesture]:
    seen, on, held = queries.seen(lot), timezone.localdate(clock.now()), tuple(holds.reasons(lot.ref))
    usable = (*held, *rules.usable_reasons(seen, None, on=on, mass_mg=0))

    def told(page: str, word: Any, right: str, reasons: tuple[Reason, ...] = ()) -> Gesture:
        return Gesture(word, reverse(f"feedstock:{page}", args=[lot.code]), right, reasons)

    found = [told("load", _("Load it in a machine"), "feedstock.load", usable)]
    if lot.state in (rules.RECEIVED, rules.QUARANTINE):
        found.insert(0, told("check", _("Check it"), "feedstock.check"))
    if lot.state in (rules.RECEIVED, rules.QUARANTINE, rules.CHECKED):
        against = rules.check_release(seen, by=by.person, on=on, held=held)
        found.insert(0, told("release", _("Release it"), "feedstock.release", tuple(against)))
    return found + [
        told(page, word, right, (*held, *state_reasons(lot.code, lot.state, states)))
        for page, word, right, states in OFFERED
        if states is not None and page != "contaminate"
    ]
