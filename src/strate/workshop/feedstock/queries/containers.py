"""Reading the containers: what each holds, which stands in which, all of them by kind."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce, Concat, Lower

from strate.workshop.feedstock.models import PowderContainer, PowderPortion

_here = PowderPortion.objects.filter(place=Concat(Value("container:"), OuterRef("code")), mass_mg__gt=0)


def containers(*, text: str = "", kind: str = "", holding: str = "") -> QuerySet[PowderContainer]:
    """The containers in use, by label; `holding` is "full" or "empty"; the text also finds what lies inside."""
    found = PowderContainer.objects.filter(retired=False).order_by("code")
    found = found.filter(kind=kind) if kind else found
    if holding:
        found = found.filter(Exists(_here)) if holding == "full" else found.exclude(Exists(_here))
    if text:
        named = _here.filter(Q(lot__code__icontains=text) | Q(lot__material__code__icontains=text))
        found = found.filter(Q(code__icontains=text) | Q(place__icontains=text) | Exists(named))
    return found


def held_in(refs: Iterable[str]) -> dict[str, list[PowderPortion]]:
    """What each of these places holds, in one question."""
    rows = PowderPortion.objects.filter(place__in=list(refs), mass_mg__gt=0).select_related("lot__material")
    held: dict[str, list[PowderPortion]] = {}
    for row in rows.order_by("pk"):
        held.setdefault(row.place, []).append(row)
    return held


def around(ref: str) -> list[str]:
    """A container and all that it stands in, from the inside out."""
    found: list[str] = []
    while ref and ref not in found:
        found.append(ref)
        kind, _sep, code = ref.partition(":")
        row = PowderContainer.objects.filter(code=code).first() if kind == "container" else None
        ref = row.inside if row else ""
    return found


def standing_in(ref: str) -> QuerySet[PowderContainer]:
    """The containers that stand in this one, or in this machine."""
    return PowderContainer.objects.filter(inside=ref, retired=False).order_by("code")


def containers_of(lot_code: str) -> list[tuple[PowderContainer, int]]:
    """The containers a lot lies in, with how much of it."""
    rows = dict(
        PowderPortion.objects.filter(lot__code=lot_code, mass_mg__gt=0, place__startswith="container:")
        .values_list("place")
        .annotate(mass=Coalesce(Sum("mass_mg"), 0))
    )
    by_code = {place.partition(":")[2]: mass_mg for place, mass_mg in rows.items()}
    found = PowderContainer.objects.filter(code__in=by_code).order_by("code")
    return [(each, by_code[each.code]) for each in found]


def containers_called(codes: Iterable[str]) -> list[PowderContainer]:
    """The containers, also those out of use, that bear one of these labels in capitals or not."""
    asked = [code.lower() for code in codes]
    return list(PowderContainer.objects.annotate(lower=Lower("code")).filter(lower__in=asked))
