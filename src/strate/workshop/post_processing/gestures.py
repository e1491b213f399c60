"""What is done to the parts after the build, on its path: furnace, plate, supports."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from strate.workshop.builds import rules as build_rules
from strate.workshop.builds.path import AHEAD, DONE, NOW, Gesture, on_the_path
from strate.workshop.builds.queries import Build
from strate.workshop.journal.actor import Actor
from strate.workshop.post_processing import queries


def _state(build: Build, done: bool) -> str:
    ready = build.state in (build_rules.DEPOWDERED, build_rules.CLOSED)
    return DONE if done else NOW if ready else AHEAD


@on_the_path(510)
def furnace(build: Build, by: Actor) -> Gesture | None:
    if not queries.recipe_of(build):
        return None
    cycles = queries.cycles(build.code)
    state = _state(build, any(c.ended_at for c in cycles))
    waiting = next((c for c in cycles if not c.ended_at), None)
    if waiting is None:
        url = reverse("post_processing:charge", args=[build.code])
        return Gesture("finish", "furnace", _("Charge the furnace"), state, _seen(build, state, url))
    url = reverse("post_processing:record", args=[build.code, waiting.pk])
    return Gesture("finish", "furnace", _("Record the furnace cycle"), state, url, waiting.furnace)


@on_the_path(520)
def separation(build: Build, by: Actor) -> Gesture | None:
    return _finishing(build, "separation", _("Take the parts off the plate"))


@on_the_path(530)
def supports(build: Build, by: Actor) -> Gesture | None:
    return _finishing(build, "supports", _("Remove the supports"))


@on_the_path(540)
def blasting(build: Build, by: Actor) -> Gesture | None:
    return _finishing(build, "blasting", _("Blast the parts"))


@on_the_path(550)
def cleaning(build: Build, by: Actor) -> Gesture | None:
    return _finishing(build, "cleaning", _("Clean the parts"))


def _finishing(build: Build, operation: str, title: Any) -> Gesture | None:
    """What the routing asks for, and what was done without being asked for."""
    done = operation in queries.finishings(build.code)
    if not done and operation not in queries.wanted(build):
        return None
    state = _state(build, done)
    url = reverse("post_processing:finish", args=[build.code, operation])
    return Gesture("finish", operation, title, state, _seen(build, state, url))


def _seen(build: Build, state: str, url: str) -> str:
    """What is done is looked at, not done again."""
    return reverse("post_processing:after", args=[build.code]) if state == DONE else url
