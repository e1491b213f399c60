"""The drums and the register of waste."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db.models import Case, QuerySet, When
from django.utils import timezone

from strate.workshop.journal.refusals import NotFound, Reason
from strate.workshop.safety import rules
from strate.workshop.safety.models import WasteContainer, WasteEntry
from strate.workshop.safety.queries.reading import in_force
from strate.workshop.site import queries as site


def drum(code: str) -> WasteContainer:
    found = WasteContainer.objects.filter(code=code.removeprefix("drum:")).first()
    if found is None:
        raise NotFound("no_such_drum", drum=code)
    return found


def drums(stream: str = "", state: str = "") -> list[WasteContainer]:
    """The drums on the site: open, or closed and waiting for the collector."""
    found = WasteContainer.objects.exclude(state=rules.COLLECTED)
    if stream:
        found = found.filter(stream=stream)
    return list(found.filter(state=state) if state else found)


def drums_for(stream: str, material: str = "") -> list[WasteContainer]:
    """The open drums that would take this waste, the fullest first: one drum is finished before another."""
    group = waste_group(material)
    found = WasteContainer.objects.filter(state=rules.OPEN, stream=stream).order_by("-mass_mg")
    return [d for d in found if not group or d.group in ("", group)]


def waste_group(material: str) -> str:
    """Which metals this material may share a drum with: its sheet's group, else itself alone."""
    if not material:
        return ""
    return next((s.waste_group for s in in_force([material]) if s.waste_group), material)


def reacts_with_water(material: str) -> bool:
    return any(rules.water_reactive(s.hazards, s.never) for s in in_force([material])) if material else False


def drum_seen(found: WasteContainer) -> rules.Drum:
    """A drum as the rules see it."""
    return rules.Drum(
        ref=found.ref,
        stream=found.stream,
        state=found.state,
        mass_mg=found.mass_mg,
        capacity_mg=found.capacity_mg,
        group=found.group,
        wet=found.wet,
        reactive=found.reactive,
    )


def code_doubts(found: Iterable[WasteContainer]) -> dict[int, str]:
    """For each drum, what is doubtful about its code; empty when nothing is."""
    drums_ = list(found)
    inside: dict[int, set[str]] = {d.pk: set() for d in drums_}
    entries = WasteEntry.objects.filter(container__in=inside).exclude(material="")
    for drum_pk, material in entries.values_list("container_id", "material").distinct():
        inside[drum_pk].add(material)
    hazardous = {s.material for s in in_force(set().union(*inside.values())) if s.hazards}
    return {
        d.pk: rules.code_doubt(d.waste_code, hazardous_matter=bool(inside[d.pk] & hazardous)) for d in drums_
    }


def waste_of(about: str) -> list[WasteEntry]:
    """What waste a build (or any work) gave: the proof that it was sorted."""
    return list(WasteEntry.objects.select_related("container").filter(about=about).order_by("pk"))


def waste_register(limit: int = 200) -> list[WasteEntry]:
    """The register, latest first."""
    return list(listed_waste()[:limit])


def listed_waste(stream: str = "", drum_code: str = "") -> QuerySet[WasteEntry]:
    """The register page by page: by stream, by drum."""
    found = WasteEntry.objects.select_related("container")
    if stream:
        found = found.filter(stream=stream)
    return found.filter(container__code=drum_code) if drum_code else found


def unsorted_waste(about: str) -> list[Reason]:
    """The reason a closure gives when no waste was recorded for this work."""
    return (
        []
        if WasteEntry.objects.filter(about=about).exists()
        else [Reason("waste_not_recorded", {"about": about})]
    )


def listed_drums() -> QuerySet[WasteContainer]:
    """The drums on the site, then those collected, page by page."""
    in_place = Case(When(state=rules.COLLECTED, then=1), default=0)
    return WasteContainer.objects.order_by(in_place, "stream", "code")


def storage_days(found: WasteContainer, on: date) -> int:
    """For how many days a drum has held waste."""
    since: datetime | None = found.stored_since
    return (on - timezone.localdate(since)).days if since else 0


def stored_too_long(on: date) -> list[WasteContainer]:
    """The drums that hold waste for longer than the site allows."""
    limit = timedelta(days=int(site.value("waste_storage_days")))
    found = WasteContainer.objects.exclude(state=rules.COLLECTED).filter(mass_mg__gt=0)
    return [d for d in found if d.stored_since and on - timezone.localdate(d.stored_since) > limit]
