"""The spills: under way, recorded, settled; what a spill form already knows."""

from typing import Any

from django.db.models import Case, QuerySet, When
from django.utils.translation import gettext as _
from django.utils.translation import override

from strate.workshop.holds import queries as holds
from strate.workshop.journal.refusals import NotFound
from strate.workshop.safety import rules
from strate.workshop.safety.models import Spill
from strate.workshop.safety.queries.readers import guidance
from strate.workshop.safety.wording import AGENTS, SPILL_FIRST


def spill(code: str) -> Spill:
    """A spill by its number (« DA-12 »), with or without its kind."""
    number = code.removeprefix("spill:").upper().removeprefix("DA-")
    found = Spill.objects.filter(pk=int(number)).first() if number.isdecimal() and len(number) < 18 else None
    if found is None:
        raise NotFound("no_such_spill", spill=code)
    return found


def spills(*, also_settled: bool = True, under_way_first: bool = False) -> QuerySet[Spill]:
    """Latest first; or those HSE has not closed, then the others."""
    found = Spill.objects.all()
    if under_way_first:
        found = found.order_by(Case(When(state=rules.SETTLED, then=1), default=0), *Spill._meta.ordering)
    return found if also_settled else found.exclude(state=rules.SETTLED)


def touched_by(found: Spill) -> list[str]:
    return list(found.things.order_by("pk").values_list("ref", flat=True))


def spills_on(ref: str) -> list[Spill]:
    """The spills that touched a thing."""
    return list(Spill.objects.filter(things__ref=ref).distinct())


def still_held(found: Spill) -> int:
    """How many things this spill stopped are still stopped."""
    return len(holds.from_origin(found.ref)) + len(holds.from_origin(found.anomaly) if found.anomaly else [])


def orders_said(orders: dict[str, Any]) -> list[str]:
    """What the sheets order, in the reader's language: what was told besides, fire class, what to use, what never."""
    said = [str(SPILL_FIRST[each]) for each in orders.get("dangers", [])]
    if orders.get("fire_class"):
        said.append(_("Fire of class %(fire_class)s") % {"fire_class": ", ".join(orders["fire_class"])})
    if orders.get("agents"):
        said.append(_("Use: %(agents)s") % {"agents": _named(orders["agents"])})
    if orders.get("never"):
        said.append(_("NEVER: %(never)s") % {"never": _named(orders["never"])})
    if orders.get("damp") == "no":
        said.append(_("No damp cleaning"))
    return said


def spill_stream(found: Spill) -> str:
    """In which drum what was collected goes, by the sheets of this very product; empty when none says."""
    materials = found.material.split(", ") if found.material else []
    return rules.spill_stream(guidance("spill", materials, things=touched_by(found)).stream)


def _named(codes: list[str]) -> str:
    return ", ".join(str(AGENTS[code]) for code in codes)


def spill_step(found: Spill) -> dict[str, Any]:
    """The first card of the guided gesture: what the sheets of this very product order."""
    touched = touched_by(found)
    said, source = {}, {}
    for language in ("fr", "en"):
        with override(language):
            known = guidance("spill", found.material.split(", ") if found.material else [], things=touched)
            source[language] = " · ".join(known.sources) or _("No safety data sheet in force")
            words = orders_said(found.orders)
            said[language] = ". ".join(words) or _("The sheets say nothing of fire or water: ask HSE first")
    return {
        "code": "sheet-orders",
        "kind": "acknowledge",
        "text": said,
        "why": {
            "fr": "La fiche du produit répandu commande ; HSE est prévenu.",
            "en": "The sheet of what was spilt commands; HSE has been told.",
        },
        "source": source,
        "ppe": list(known.ppe),
    }
