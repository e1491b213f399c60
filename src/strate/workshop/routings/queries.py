"""Reading routings: which version is released, what it says, what changed."""

import hashlib
from typing import Any

from django.db.models import Q, QuerySet

from strate.kernels.sealing import canonical
from strate.workshop.journal.refusals import NotFound, RuleBroken
from strate.workshop.journal.rules import stamp
from strate.workshop.routings import rules
from strate.workshop.routings.models import Routing, RoutingVersion


def routing(code: str) -> Routing:
    found = Routing.objects.filter(code=code.removeprefix("routing:").partition("/")[0]).first()
    if not found:
        raise NotFound("no_such_routing", routing=code)
    return found


def routings(text: str = "") -> QuerySet[Routing]:
    """All the routings, with their versions."""
    found = Routing.objects.prefetch_related("versions")
    return found.filter(Q(code__icontains=text) | Q(title__icontains=text)) if text else found


def version(code: str, number: int) -> RoutingVersion:
    found = RoutingVersion.objects.select_related("routing").filter(routing__code=code, number=number).first()
    if not found:
        raise NotFound("no_such_routing_version", routing=code, number=number)
    return found


def latest(code: str) -> RoutingVersion:
    """The newest version of a routing, whatever its state."""
    return version(code, routing(code).versions.order_by("-number").values_list("number", flat=True)[0])


def find_released(code: str) -> RoutingVersion | None:
    """The version that may be produced with, if there is one."""
    found = RoutingVersion.objects.select_related("routing")
    return found.filter(routing__code=code.removeprefix("routing:"), state=rules.APPROVED).first()


def released(code: str) -> RoutingVersion:
    """The version that may be produced with; refused when none is approved."""
    known = routing(code)
    found = find_released(known.code)
    if not found:
        raise RuleBroken("routing_not_released", routing=known.ref, lifted_by=("methods", "quality"))
    return found


def released_for(*, material: str = "") -> list[RoutingVersion]:
    """Every released routing, or those of a material."""
    found = (
        RoutingVersion.objects.select_related("routing")
        .filter(state=rules.APPROVED)
        .order_by("routing__code")
    )
    return [each for each in found if not material or each.content.get("material") == material]


def snapshot(each: RoutingVersion) -> dict[str, Any]:
    """A version as an order keeps it for ever: who approved it, its fingerprint, all that it says."""
    return {
        "code": each.routing.code,
        "title": each.routing.title,
        "number": each.number,
        "digest": each.digest,
        "approved_by": each.approved_by,
        "approved_at": stamp(each.approved_at) if each.approved_at else "",
        "content": each.content,
    }


def digest_of(content: dict[str, Any]) -> str:
    """The fingerprint of a content: the same words give the same digest, everywhere."""
    return hashlib.sha256(canonical(content)).hexdigest()


def changes_between(code: str, before: int, after: int) -> list[rules.Change]:
    """What differs between two versions of a routing."""
    return rules.changes(version(code, before).content, version(code, after).content)
