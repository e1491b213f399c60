"""What inspection brings to the rooms below: rights, labels, what is owed before a build is closed, corrections."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from strate.workshop.builds import registry as builds
from strate.workshop.builds.means import both
from strate.workshop.builds.queries import Build
from strate.workshop.inspection import actions, queries, rules, scanning, wording
from strate.workshop.inspection import gestures as _path  # noqa: F401  its gestures join the path as it is read
from strate.workshop.inspection.models import Gauge, Piece
from strate.workshop.journal import clock
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Reason
from strate.workshop.people.roles import ADMIN, METHODS, OPERATOR, QUALITY, SHIFT_LEADER, declare
from strate.workshop.procedures import registry as gestures
from strate.workshop.things import corrections
from strate.workshop.things.corrections import Correction
from strate.workshop.things.registry import Gesture, Kind, Thing, doable, register
from strate.workshop.work import registry as work

declare("inspection.administer", QUALITY, METHODS, ADMIN)
declare("inspection.number", OPERATOR, SHIFT_LEADER, QUALITY)
declare("inspection.look", OPERATOR, SHIFT_LEADER, QUALITY)
declare("inspection.measure", OPERATOR, SHIFT_LEADER, QUALITY)
declare("inspection.sort", OPERATOR, SHIFT_LEADER, QUALITY)


def find_gauge(code: str) -> Thing | None:
    found = Gauge.objects.filter(code=code).first()
    if not found:
        return None
    due = date_format(found.due_on, "SHORT_DATE_FORMAT") if found.due_on else "—"
    state = queries.gauge_state(found)
    return Thing(
        found.ref, found.title, reverse("inspection:gauges"), state, lines=[(_("Calibrated until"), due)]
    )


def find_piece(serial: str) -> Thing | None:
    found = Piece.objects.filter(serial=serial).first()
    return (
        Thing(found.ref, found.serial, reverse("inspection:piece", args=[serial]), found.state)
        if found
        else None
    )


def search_pieces(text: str, limit: int) -> list[Thing]:
    found = Piece.objects.filter(serial__icontains=text)[:limit]
    return [Thing(p.ref, p.serial, reverse("inspection:piece", args=[p.serial]), p.state) for p in found]


@doable
def with_a_piece(ref: str, by: Actor) -> list[Gesture]:
    """A piece is looked at, measured, scanned and sorted, until it is sorted."""
    kind, _sep, serial = ref.partition(":")
    piece = Piece.objects.filter(serial=serial).first() if kind == "piece" else None
    if piece is None:
        return []
    values = {"piece": piece.ref, "verdict": piece.state}
    over = () if piece.state == "made" else (Reason("piece_already_sorted", values, lifted_by=("quality",)),)
    own = reverse("inspection:piece", args=[serial])
    measures = [
        Gesture(
            _("Measure: %(name)s") % {"name": control.name},
            reverse("inspection:measure", args=[serial, number]),
            "inspection.measure",
            over,
        )
        for number, control in enumerate(queries.controls(piece.build), start=1)
    ]
    return [
        Gesture(_("Look at it"), reverse("inspection:look", args=[serial]), "inspection.look", over),
        *measures,
        Gesture(_("Send a scan"), reverse("inspection:new_scan", args=[serial]), "inspection.measure", over),
        Gesture(_("Sort it"), f"{own}#sort", "inspection.sort", over or _not_seen(piece)),
    ]


def _not_seen(piece: Piece) -> tuple[Reason, ...]:
    if piece.checks.exists():
        return ()
    return (Reason("piece_not_looked_at", {"piece": piece.ref}, lifted_by=("operator",)),)


@doable
def with_a_gauge(ref: str, by: Actor) -> list[Gesture]:
    """A gauge is calibrated; whether it measures today is told with it."""
    kind, _sep, code = ref.partition(":")
    found = Gauge.objects.filter(code=code, retired=False).first() if kind == "gauge" else None
    if found is None:
        return []
    note = wording.GAUGE_STATES[queries.gauge_state(found)]
    url = reverse("inspection:calibrate", args=[code])
    return [Gesture(_("Record a calibration"), url, "inspection.administer", note=note)]


register(Kind("gauge", _("Gauge"), find_gauge, icon="gauge"))
register(Kind("piece", _("Piece"), find_piece, search_pieces, icon="part"))


def _set_right(correction: Correction) -> None:
    """« I typed 12,5 for 125 »: the wrong value stays visible, the right one counts."""
    actions.set_right(by=correction.by, event=str(correction.fact.event), value=correction.value)


corrections.register("inspection.measured", _set_right, fields={"value": corrections.decimal})


@work.handler("inspection.compare_scan")
def compare_scan(payload: dict[str, Any]) -> None:
    """The server lays a scan on its nominal; interrupted, it begins again."""
    found = queries.scan(int(payload["scan"]))
    if found.state == rules.WAITING:
        actions.write_scan(scan=found.pk, told=scanning.compare(found))


@gestures.must_be_fit("gauge")
def gauge_unfit(ref: str) -> list[Reason]:
    """A gauge past its calibration is not « in its place »: it measures nothing."""
    found = queries.gauge(ref)
    on = timezone.localdate(clock.now())
    of_its_kind = {
        "kind": found.kind,
        "wanted_kind": found.kind,
        "unit": found.unit,
        "wanted_unit": found.unit,
    }
    return rules.gauge_reasons(
        gauge=found.code, retired=found.retired, due_on=found.due_on, on=on, **of_its_kind
    )


@builds.means
def gauges_of(build: Build) -> list[builds.Means]:
    """The gauges that the controls of a build ask for: one in calibration for each kind."""
    found = []
    for kind in dict.fromkeys(control.gauge for control in queries.controls(build.code) if control.gauge):
        of_kind = list(queries.gauges().filter(kind=kind))
        valid = [g for g in of_kind if queries.gauge_state(g) in ("valid", "due")]
        # With none in calibration the check meets one that is not, and says so.
        best = next(iter([*valid, *of_kind]), None)
        text = both(
            _("Gauge in calibration: %(gauge)s"), gauge=f"{best.code} · {best.title}" if best else kind
        )
        found.append(builds.Means("control", text, thing=best.ref if best else ""))
    return found


@builds.before_close
def owed(build: Build) -> list[Reason]:
    """A build is closed with every piece looked at and sorted."""
    return queries.missing(build.code)
