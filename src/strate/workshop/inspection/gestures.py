"""Inspection on the path of a build: number, look, measure, sort."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from strate.workshop.builds import rules as build_rules
from strate.workshop.builds.path import AHEAD, DONE, NOW, Gesture, on_the_path
from strate.workshop.builds.queries import Build
from strate.workshop.inspection import queries
from strate.workshop.journal.actor import Actor


def _state(done: bool, ready: bool) -> str:
    return DONE if done else NOW if ready else AHEAD


def _page(build: Build) -> str:
    return reverse("inspection:pieces", args=[build.code])


def _left(count: int) -> str:
    return ngettext("%(n)s piece left", "%(n)s pieces left", count) % {"n": count} if count else ""


@on_the_path(610)
def numbered(build: Build, by: Actor) -> Gesture:
    ready = build.state in (build_rules.DEPOWDERED, build_rules.CLOSED)
    done = queries.progress(build.code).made > 0
    return Gesture("inspect", "number", _("Number the pieces"), _state(done, ready), _page(build))


@on_the_path(620)
def seen(build: Build, by: Actor) -> Gesture:
    so_far = queries.progress(build.code)
    done = so_far.made > 0 and not so_far.unseen
    url = _next(build, "inspection:look", so_far.first_unseen)
    return Gesture(
        "inspect", "look", _("Look at the pieces"), _state(done, so_far.made > 0), url, _left(so_far.unseen)
    )


@on_the_path(630)
def measured(build: Build, by: Actor) -> Gesture | None:
    controls = queries.controls(build.code)
    if not controls:
        return None
    so_far = queries.progress(build.code)
    missing = [n for n, control in enumerate(controls, 1) if control.name not in so_far.measured]
    done = so_far.made > 0 and not missing
    url = _page(build)
    if missing and so_far.first_unsorted:
        url = reverse("inspection:measure", args=[so_far.first_unsorted, missing[0]])
    note = ", ".join(controls[n - 1].name for n in missing) if so_far.made else ""
    return Gesture("inspect", "measure", _("Measure"), _state(done, so_far.made > 0), url, note)


@on_the_path(640)
def sorted_out(build: Build, by: Actor) -> Gesture:
    so_far = queries.progress(build.code)
    done = so_far.made > 0 and not so_far.unsorted
    url = _next(build, "inspection:piece", so_far.first_unsorted)
    return Gesture(
        "inspect", "sort", _("Sort the pieces"), _state(done, so_far.made > 0), url, _left(so_far.unsorted)
    )


def _next(build: Build, name: str, serial: str) -> str:
    return reverse(name, args=[serial]) if serial else _page(build)
