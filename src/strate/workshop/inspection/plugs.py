"""What inspection brings to the rooms below: rights, labels, what is owed before a build is closed, corrections."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from strate.workshop.builds import registry as builds
from strate.workshop.builds.queries import Build
from strate.workshop.inspection import queries
from strate.workshop.inspection.models import Gauge, Piece
from strate.workshop.journal.refusals import Reason
from strate.workshop.people.roles import ADMIN, METHODS, OPERATOR, QUALITY, SHIFT_LEADER, declare
from strate.workshop.things.registry import Kind, Thing, register

declare("inspection.administer", QUALITY, METHODS, ADMIN)
declare("inspection.number", OPERATOR, SHIFT_LEADER, QUALITY)
declare("inspection.look", OPERATOR, SHIFT_LEADER, QUALITY)
declare("inspection.measure", OPERATOR, SHIFT_LEADER, QUALITY)
declare("inspection.sort", OPERATOR, SHIFT_LEADER, QUALITY)


def find_gauge(code: str) -> Thing | None:
    found = Gauge.objects.filter(code=code).first()
    if not found:
        return None
    due = found.due_on.isoformat() if found.due_on else "—"
    return Thing(found.ref, found.title, reverse("inspection:gauges"), lines=[(_("Calibrated until"), due)])


def find_piece(serial: str) -> Thing | None:
    found = Piece.objects.filter(serial=serial).first()
    return Thing(found.ref, found.serial, reverse("inspection:piece", args=[serial]), found.state) if found else None


def search_pieces(text: str, limit: int) -> list[Thing]:
    found = Piece.objects.filter(serial__icontains=text)[:limit]
    return [Thing(p.ref, p.serial, reverse("inspection:piece", args=[p.serial]), p.state) for p in found]


register(Kind("gauge", _("Gauge"), find_gauge, icon="gauge"))
register(Kind("piece", _("Piece"), find_piece, search_pieces, icon="part"))


@builds.before_close
def owed(build: Build) -> list[Reason]:
    """A build is closed with every piece looked at and sorted."""
    return queries.missing(build.code)
