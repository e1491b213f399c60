"""The gestures of a build that this room knows: powder, machine, file, launch, end."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from strate.workshop.builds import means, queries, rules
from strate.workshop.builds.models import Build
from strate.workshop.builds.path import AHEAD, DONE, NOW, WAITING, Gesture, on_the_path
from strate.workshop.feedstock import queries as feedstock
from strate.workshop.journal import clock
from strate.workshop.journal.actor import Actor
from strate.workshop.maintenance import queries as maintenance
from strate.workshop.safety import queries as safety
from strate.workshop.site import queries as site

BEFORE_LAUNCH = (rules.PREPARED, rules.SENT)
AFTER = {rules.ENDED, rules.ABORTED, rules.OPENED, rules.DEPOWDERED, rules.CLOSED}


def _page(name: str, build: Build) -> str:
    return reverse(f"builds:{name}", args=[build.code])


def _state(done: bool, ready: bool = True) -> str:
    return DONE if done else NOW if ready else AHEAD


@on_the_path(110)
def documents(build: Build, by: Actor) -> Gesture:
    """The safety data sheet of the material and the documents of the machine, read by this very person."""
    done = build.state not in BEFORE_LAUNCH or not safety.unread_reasons(
        by, machine=build.machine_ref, material=build.material, operation=queries.ATTENDING
    )
    return Gesture(
        "prepare",
        "documents",
        _("Read the documents and the safety data sheet"),
        _state(done),
        _page("read", build),
    )


@on_the_path(115)
def means_checked(build: Build, by: Actor) -> Gesture | None:
    """Only where the site asks for it before a launch."""
    if site.value(means.GATE) == means.NOT_ASKED:
        return None
    done = build.state not in BEFORE_LAUNCH or queries.gesture_done(build, means.KIND)
    return Gesture(
        "prepare", "means", _("Check the means, each in its place"), _state(done), _page("means", build)
    )


@on_the_path(120)
def protection(build: Build, by: Actor) -> Gesture:
    done = build.state not in BEFORE_LAUNCH or not safety.missing_ppe(
        by.person, "powder", build.machine_ref, at=clock.now()
    )
    return Gesture(
        "prepare", "ppe", _("Put on and confirm the protective equipment"), _state(done), _page("ppe", build)
    )


@on_the_path(130)
def powder(build: Build, by: Actor) -> Gesture:
    """Enough powder, of the right kind and age, in the machine."""
    started = build.state not in BEFORE_LAUNCH
    reasons = [] if started else feedstock.launch_reasons(build.machine, queries.limits(build), build.need_mg)
    return Gesture(
        "prepare", "powder", _("Load the powder"), _state(started or not reasons), _page("powder", build)
    )


@on_the_path(140)
def round_due(build: Build, by: Actor) -> Gesture:
    done = build.state not in BEFORE_LAUNCH or not maintenance.overdue_blocking(build.machine, clock.now())
    return Gesture(
        "prepare", "maintenance", _("Do the level 1 maintenance round"), _state(done), _page("round", build)
    )


@on_the_path(210)
def start_up(build: Build, by: Actor) -> Gesture:
    done = queries.gesture_done(build, "start_up")
    return Gesture(
        "set_up",
        "start_up",
        _("Start the machine, fit plate and recoater"),
        _state(done),
        _page("start_up", build),
    )


@on_the_path(220)
def file_sent(build: Build, by: Actor) -> Gesture:
    done = build.state not in BEFORE_LAUNCH or bool(
        build.machine_digest and build.machine_digest == build.file_digest and build.machine_parameters
    )
    return Gesture(
        "set_up",
        "file",
        _("Send the exchange file and compare the parameters"),
        _state(done),
        _page("file", build),
    )


@on_the_path(290)
def launched(build: Build, by: Actor) -> Gesture:
    done = build.state not in BEFORE_LAUNCH
    return Gesture("set_up", "launch", _("Launch the build"), _state(done), _page("launch", build))


@on_the_path(295)
def start_seen(build: Build, by: Actor) -> Gesture | None:
    """Only when the network was cut in the middle of the launch."""
    if queries.start_in_doubt(build) is None:
        return None
    return Gesture(
        "set_up", "start_seen", _("Say whether the machine started"), NOW, _page("start_seen", build)
    )


@on_the_path(310)
def followed(build: Build, by: Actor) -> Gesture:
    state = DONE if build.state in AFTER else NOW if build.state == rules.LAUNCHED else AHEAD
    return Gesture("make", "follow", _("Follow the build, layer by layer"), state, _page("follow", build))


@on_the_path(320)
def reading_sheet(build: Build, by: Actor) -> Gesture:
    done = queries.gesture_done(build, "reading_sheet")
    ready = build.state not in BEFORE_LAUNCH
    return Gesture(
        "make",
        "reading_sheet",
        _("Fill in the reading sheet"),
        _state(done, ready),
        _page("reading_sheet", build),
    )


@on_the_path(330)
def interruption(build: Build, by: Actor) -> Gesture | None:
    stops = list(build.interruptions.all())
    if not stops:
        return None
    owed = any(not stop.decision for stop in stops)
    return Gesture(
        "make", "interruption", _("Decide the interruption"), _state(not owed), _page("interruption", build)
    )


@on_the_path(410)
def opened(build: Build, by: Actor) -> Gesture:
    done = build.state in (rules.OPENED, rules.DEPOWDERED, rules.CLOSED)
    over = build.state in (rules.ENDED, rules.ABORTED)
    hot = over and bool(queries.open_reasons(build))
    state = DONE if done else WAITING if hot else NOW if over else AHEAD
    note = _("The chamber cools down") if hot else ""
    return Gesture("depowder", "open", _("Open the chamber"), state, _page("open", build), note)


@on_the_path(420)
def depowdered(build: Build, by: Actor) -> Gesture:
    done = build.state in (rules.DEPOWDERED, rules.CLOSED)
    state = _state(done, build.state == rules.OPENED)
    return Gesture("depowder", "weigh", _("Depowder and weigh the powder back"), state, _page("weigh", build))


@on_the_path(650)
def waste(build: Build, by: Actor) -> Gesture:
    """What was vacuumed, sieved out or wiped goes to its drum."""
    done = not safety.unsorted_waste(build.ref)
    address = f"{reverse('safety:waste')}?{urlencode({'about': build.ref})}"
    ready = build.state in (rules.DEPOWDERED, rules.CLOSED)
    return Gesture("close", "waste", _("Sort the waste"), _state(done, ready), address)


@on_the_path(710)
def closed(build: Build, by: Actor) -> Gesture:
    done = build.state == rules.CLOSED
    return Gesture(
        "close",
        "close",
        _("Close the build"),
        _state(done, build.state == rules.DEPOWDERED),
        _page("close", build),
    )
