"""What the builds bring to the rooms below: rights, labels, listening to the machines, limits while loading powder."""

from collections.abc import Sequence
from decimal import Decimal
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from strate.workshop.builds import following, path, queries, shown
from strate.workshop.builds import gestures as _path  # noqa: F401  its gestures join the path as it is read
from strate.workshop.builds.actions import following as answers
from strate.workshop.builds.models import Build
from strate.workshop.feedstock import registry as feedstock
from strate.workshop.journal.actor import Actor
from strate.workshop.machines import queries as hall
from strate.workshop.machines import registry as machines
from strate.workshop.maintenance import registry as maintenance
from strate.workshop.orders import queries as orders
from strate.workshop.orders import registry as on_orders
from strate.workshop.parts import queries as approved
from strate.workshop.parts import registry as parts
from strate.workshop.people.registry import gated
from strate.workshop.people.roles import METHODS, OPERATOR, QUALITY, SHIFT_LEADER, declare
from strate.workshop.procedures import registry as gestures
from strate.workshop.safety import registry as safety
from strate.workshop.telemetry import registry as telemetry
from strate.workshop.things.registry import Gesture, Kind, Panel, Thing, by_code, doable, register, titled

declare("builds.prepare", OPERATOR, SHIFT_LEADER, METHODS)
declare("builds.send_file", OPERATOR, SHIFT_LEADER, METHODS)
declare("builds.launch", OPERATOR, SHIFT_LEADER)
declare("builds.override", SHIFT_LEADER, QUALITY)
declare("builds.decide_interruption", SHIFT_LEADER, METHODS, QUALITY)
declare("builds.open", OPERATOR, SHIFT_LEADER)
declare("builds.weigh_back", OPERATOR, SHIFT_LEADER)
declare("builds.explain_balance", OPERATOR, SHIFT_LEADER, QUALITY)
declare("builds.close", OPERATOR, SHIFT_LEADER)
gated("builds.launch", _("Launch a build"))


def _thing(build: Build) -> Thing:
    return Thing(build.ref, build.code, reverse("builds:build", args=[build.code]), build.state)


def find(code: str) -> Thing | None:
    found = queries.find(code)
    return _thing(found) if found else None


def search(text: str, limit: int) -> list[Thing]:
    return [_thing(b) for b in queries.builds().filter(code__icontains=text)[:limit]]


register(Kind("build", _("Build"), find, search, icon="layer"))
titled("build")(by_code)


@doable
def with_a_build(ref: str, by: Actor) -> list[Gesture]:
    """The gestures of its path that can be done now; the next one that waits, with what it waits for."""
    kind, _sep, code = ref.partition(":")
    build = queries.find(code) if kind == "build" else None
    return _on_the_path(build, by) if build else []


@doable
def with_a_machine(ref: str, by: Actor) -> list[Gesture]:
    """A machine goes on with the build that stands on it, or is given one."""
    kind, _sep, code = ref.partition(":")
    machine = hall.machines("printer").filter(code=code).first() if kind == "machine" else None
    if machine is None:
        return []
    build = queries.on_machine(code)
    if build is None:
        return [Gesture(_("Prepare a build on it"), reverse("builds:new"), "builds.prepare")]
    return [Gesture(_("Its build"), reverse("builds:build", args=[build.code]), note=build.code)]


@doable
def with_an_order(ref: str, by: Actor) -> list[Gesture]:
    """An order is put on a plate, as long as something is left to make and its file is approved."""
    kind, _sep, code = ref.partition(":")
    order = orders.orders().filter(code=code).first() if kind == "order" else None
    if order is None:
        return []
    file, left = approved.approved_file(order.part, order.revision), orders.left_to_make(order)
    reasons = queries.rules.order_reasons(order=order.ref, quantity=1, left=left, file=file)
    url = f"{reverse('builds:new')}?{urlencode({'order': code})}"
    return [Gesture(_("Prepare a build with it"), url, "builds.prepare", tuple(reasons))]


def _on_the_path(build: Build, by: Actor) -> list[Gesture]:
    told = path.of(build, by)
    now = [g for g in told if g.state == path.NOW and g.url]
    waiting = [g for g in told if g.state == path.WAITING and g.url][:1]
    return [Gesture(g.title, g.url, note=g.note) for g in [*now, *waiting]]


telemetry.listen(following.follow)
machines.on_answer("put_file")(answers.file_answered)
machines.on_answer("read_parameters")(answers.parameters_answered)
machines.on_answer("start")(answers.start_answered)
machines.on_answer("resume")(answers.decision_answered)
machines.on_answer("abort")(answers.decision_answered)


@feedstock.jobs_from
def job_on(machine: str) -> feedstock.Job | None:
    """The build for which a machine is being filled; once it runs, nothing more is needed of its powder."""
    build = queries.on_machine(machine)
    if build is None:
        return None
    waits = build.state in (queries.rules.PREPARED, queries.rules.SENT)
    return feedstock.Job(build.ref, queries.limits(build), build.need_mg if waits else None, begun=not waits)


@on_orders.panels_from
def powder_to_prepare(order: str) -> list[Panel]:
    """On the page of an order: how much powder each of its builds needs, until it is poured, and why."""
    found = queries.builds().filter(orders__order=order, state__in=queries.rules.LIVE, need_mg__gt=0)
    return [
        Panel(
            _("Powder to prepare"),
            "builds/_order_powder.html",
            {"build": build, "lines": shown.need_lines(build), "past": shown.past(build)},
        )
        for build in found.order_by("pk")
    ]


@parts.also_shown
def is_a_plate(digest: str) -> bool:
    """The file of a plate is looked at by layers like those of its parts."""
    return Build.objects.filter(file_digest=digest).exclude(plate={}).exists()


@maintenance.counters
def counters(machine: str) -> dict[str, Decimal]:
    """How many builds a machine has made: what « after each build » is counted by."""
    return {"builds": Decimal(queries.made_on(machine))}


@gestures.context("build")
def known_of(ref: str) -> dict[str, str]:
    """What a gesture about a build may ask for: its machine, its material, the limits of its routing."""
    build = queries.find(ref)
    if build is None:
        return {}
    wanted = queries.rules.wanted(build.routing)
    known = {"machine": build.machine_ref, "material": f"material:{build.material}", "build": build.ref}
    known |= {name: str(value) for name in wanted.limits if (value := wanted.limit(name)) is not None}
    if build.launched_at and build.ended_at:
        # A cake cools about as long as it was built (handbook 4.3): a default, that a routing may overrule.
        known["cooling_until"] = (build.ended_at + (build.ended_at - build.launched_at)).isoformat()
    return known | {name: str(value) for name, value in wanted.parameters.items()}


@machines.shown_on
def current_builds(codes: Sequence[str]) -> dict[str, machines.Shown]:
    """The build that stands on each machine, on the cards of the hall."""
    standing = (
        queries.builds().filter(machine__in=codes, state__in=queries.rules.LIVE).order_by("prepared_at")
    )
    return {
        build.machine: machines.Shown(
            _("Build"), build.code, reverse("builds:build", args=[build.code]), build.state
        )
        for build in standing
    }


@safety.matter
def powder_of(ref: str) -> list[safety.Matter]:
    """A build's powder is what its machine holds; before it is loaded, the material it asks for."""
    build = queries.find(ref) if ref.startswith("build:") else None
    if build is None:
        return []
    return safety.matters_of([build.machine_ref]) or [safety.Matter(build.material)]


@safety.at_work
def standing_builds(by: Actor) -> list[str]:
    """The builds that stand on the machines now: what is most likely in hand."""
    standing = queries.builds().filter(state__in=queries.rules.LIVE).order_by("-prepared_at")[:3]
    return [ref for build in standing for ref in (build.ref, build.machine_ref)]


@safety.place
def stands_at(ref: str) -> str:
    """A build is where its machine is."""
    build = queries.find(ref) if ref.startswith("build:") else None
    return safety.place_of(build.machine_ref) if build else ""
