"""The means of a build, each in its place: documents, follow-up, tools, gauges, witness parts, consumables."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from strate.workshop.builds import queries, registry
from strate.workshop.builds.models import Build
from strate.workshop.doors.speech import mass
from strate.workshop.journal.refusals import Reason
from strate.workshop.procedures import queries as gestures
from strate.workshop.procedures.kinds import said
from strate.workshop.safety import queries as safety
from strate.workshop.safety import registry as lent
from strate.workshop.site import queries as site
from strate.workshop.site import settings
from strate.workshop.site.fields import CHOICE, Field
from strate.workshop.things import registry as things

KIND, GATE, NOT_ASKED = "means", "means_gate", "off"

SOURCE = "CQPM, compétence 1, critère O1 : moyens de production, de suivi et de contrôle"
# Where each group of means usually is; a site writes its own places in its own means check.
PLACES = {
    "documents": _("In the folder of the order, at the station"),
    "follow_up": _("On the tablet of the machine"),
    "production": _("On the tool board of the machine"),
    "powder": _("In its container in the powder room, or in the machine already"),
    "routing": _("At its own station"),
    "control": _("In the gauge cabinet"),
    "witness": _("Beside the machine, labelled"),
    "consumables": _("In the cupboard of consumables"),
}
WHY = {
    "documents": _("The right document in the right version: the wrong one makes wrong parts."),
    "follow_up": _("What is not written down while it happens is lost."),
    "production": _("A tool looked for during the build is time and heat lost."),
    "control": _("A gauge past its calibration measures nothing."),
    "witness": _("Without its witness part the quality of this build will never be proved."),
    "consumables": _("What runs out in the middle stops the build."),
}


def both(sentence: Any, **values: Any) -> dict[str, str]:
    """A sentence in French and in English, as the card of a step keeps it."""
    texts = {}
    for language in ("fr", "en"):
        with override(language):
            texts[language] = (str(sentence) % values if values else str(sentence))[:400]
    return texts


def steps(build: Build) -> list[dict[str, Any]]:
    """One step for each means that this build needs, in the order one fetches them."""
    needed = [*_documents(build), *_follow_up(build), *_production(build), *registry.means_of(build)]
    return [
        _step(f"m{number}-{need.group.replace('_', '-')}", need)
        for number, need in enumerate(needed, start=1)
    ]


def _step(code: str, need: registry.Means) -> dict[str, Any]:
    step = {
        "code": code[:40],
        "kind": "means",
        "text": need.text,
        "why": both(WHY[need.group]),
        "place": need.place or both(PLACES[need.group]),
        "source": SOURCE,
    }
    if need.optional:
        step["required"] = False
    return step | ({"thing": need.thing} if need.thing else {})


def _documents(build: Build) -> Iterator[registry.Means]:
    for row in build.orders.all():
        text = both(
            _("Order %(order)s: %(quantity)s × %(part)s, revision %(revision)s, and its drawing"),
            order=row.order,
            quantity=row.quantity,
            part=row.part,
            revision=row.revision,
        )
        yield registry.Means("documents", text)
    wanted = queries.rules.wanted(build.routing)
    yield registry.Means("documents", both(_("Routing %(routing)s"), routing=wanted.name))
    for sheet in safety.in_force([build.material]):
        text = both(_("Safety data sheet %(sheet)s, in French"), sheet=f"{sheet.product} {sheet.version}")
        yield registry.Means("documents", text)
    for name in _listed(build, "documents"):
        yield registry.Means("documents", both(_("Document: %(document)s"), document=name))


def _follow_up(build: Build) -> Iterator[registry.Means]:
    family = gestures.known_of([build.ref]).get("family", "")
    for version in gestures.ready("reading_sheet", family)[:1]:
        heading = version.heading
        yield registry.Means("follow_up", {"fr": heading["title_fr"], "en": heading["title_en"]})
    yield registry.Means("follow_up", both(_("Follow-up of build %(build)s open"), build=build.code))


def _production(build: Build) -> Iterator[registry.Means]:
    wanted = queries.rules.wanted(build.routing)
    if wanted.recoater:
        yield registry.Means("production", both(_("Recoater %(recoater)s"), recoater=wanted.recoater))
    yield registry.Means("production", both(_("Plate, its torque tools and its lifting means")))
    yield registry.Means(
        "production",
        both(
            _("Powder %(material)s: %(mass)s ready, sieve and vacuum of this material"),
            material=things.title_of(f"material:{build.material}"),
            mass=mass(build.need_mg),
        ),
        place=both(PLACES["powder"]),
    )
    for name in _listed(build, "means"):
        yield _of_routing(name)
    yield registry.Means(
        "witness", both(_("Witness parts and samples that the routing asks for")), optional=True
    )
    yield registry.Means(
        "consumables", both(_("Lint-free wipes, isopropanol, gloves, masks, filters in life"))
    )


def _of_routing(name: str) -> registry.Means:
    """A means that the routing names: by its own title and in its own place when the site knows it."""
    known = things.matching(name)
    one = known[0] if len(known) == 1 else None
    called = f"{one.title} ({name})" if one and one.title != name else name
    where = safety.places_titles().get(lent.place_of(one.ref), "") if one else ""
    place = {"fr": where, "en": where} if where else both(PLACES["routing"])
    return registry.Means("production", both(_("Means of the routing: %(means)s"), means=called), place=place)


def _listed(build: Build, field: str) -> list[str]:
    """What the operations of the routing name, each once."""
    content: Mapping[str, Any] = build.routing.get("content", {})
    found = [str(each) for op in content.get("operations") or () for each in op.get(field) or ()]
    return list(dict.fromkeys(name for name in found if name))


settings.register(
    Field(
        GATE,
        CHOICE,
        NOT_ASKED,
        _("Launch without a means check"),
        _("Documents, follow-up, tools, gauges, witness parts and consumables, each seen in its place."),
        SOURCE,
        "production",
        choices={
            NOT_ASKED: _("Not asked"),
            "warn": _("Warn"),
            "block": _("Refuse"),
            "override": _("Refuse, unless a person with the right signs"),
        },
    )
)


@registry.before_launch
def launch_reasons(build: Build) -> list[Reason]:
    """What forbids a launch where the site asks for the means check: not done, or something still missing."""
    asked = site.value(GATE)
    if asked not in ("block", "override"):
        return []
    overridable = asked == "override"
    run = gestures.last_done(KIND, build.ref, since=build.prepared_at)
    if run is None:
        values = {"build": build.ref}
        return [Reason("means_not_checked", values, SOURCE, ("operator",), overridable)]
    missing = [
        said(next(step["text"] for step in run.steps if step["code"] == found.step))
        for found in gestures.deviations([run])
    ]
    values = {"build": build.ref, "missing": ", ".join(missing)}
    lifted_by = ("shift_leader", "methods")
    return [Reason("means_still_missing", values, SOURCE, lifted_by, overridable)] if missing else []


class _Door:
    """What the page of a build shows of it, before the launch."""

    template = "builds/_means.html"

    def __init__(self, build: Build) -> None:
        run = gestures.last_done(KIND, build.ref, since=build.prepared_at)
        self.context = {"build": build, "run": run, "missing": gestures.deviations([run]) if run else []}


@registry.panel
def door(build: Build) -> _Door | None:
    """The means check is offered before every launch, asked for or not."""
    before = build.state in (queries.rules.PREPARED, queries.rules.SENT)
    return _Door(build) if before and gestures.ready(KIND) else None
