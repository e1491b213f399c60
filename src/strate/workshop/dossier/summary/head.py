"""The first page: which order, which parts, the decision, the essentials."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from strate.workshop.doors.hooks import hooks
from strate.workshop.doors.speech import moment, percent
from strate.workshop.dossier.gathering import Gathered
from strate.workshop.dossier.models import Dossier
from strate.workshop.dossier.summary.words import SERIES, duration, line, machine_title, names
from strate.workshop.feedstock import queries as feedstock
from strate.workshop.journal.rules import stamp
from strate.workshop.parts import queries as parts
from strate.workshop.site import queries as site

VERDICTS = {"good": "ok", "scrap": "out"}


def of(dossier: Dossier, gathered: Gathered) -> dict[str, Any]:
    """What stands above everything else."""
    order = gathered.order
    return {
        "code": dossier.code,
        "title": f"{dossier.code} · {parts.part(order.part).title}",
        "site": {"name": str(site.value("name"))},
        "decision": {
            "verdict": _decision(gathered),
            "by": hooks.name_of(dossier.sealed_by),
            "at": stamp(dossier.sealed_at),
        },
        "essentials": _essentials(gathered),
        "orders": [
            {
                "code": order.code,
                "customer": order.customer or "—",
                "part": parts.part(order.part).title,
                "quantity": str(order.quantity),
                "due": order.due_on.isoformat(),
            }
        ],
        "parts": _parts(gathered),
    }


def _decision(gathered: Gathered) -> str:
    order = gathered.order
    said = [ngettext("%(n)s good part", "%(n)s good parts", order.good) % {"n": order.good}]
    if order.scrap:
        said.append(ngettext("%(n)s scrapped", "%(n)s scrapped", order.scrap) % {"n": order.scrap})
    return _("Complete dossier: %(counts)s") % {"counts": SERIES.join(said)}


def _essentials(gathered: Gathered) -> list[dict[str, str]]:
    order, made = gathered.order, gathered.made
    spent = [b.ended_at - b.launched_at for b in made if b.launched_at and b.ended_at]
    launched = [moment(b.launched_at) for b in made if b.launched_at]
    shares = [percent(b.loaded_share) for b in made if b.loaded_share is not None]
    stops = sum(b.interruptions.count() for b in made)
    return [
        line(_("Customer"), order.customer or "—"),
        line(_("Order"), f"{order.code} · {order.quantity} × {order.part} {order.revision}"),
        line(_("Build"), names(b.code for b in made)),
        line(_("Machine"), names(dict.fromkeys(machine_title(b.machine) for b in made))),
        line(_("Material"), names(_materials(gathered))),
        line(_("Used powder in the machine at the launch"), SERIES.join(shares) or "—"),
        line(_("Launched"), SERIES.join(launched) or "—"),
        line(_("Time from launch to end"), SERIES.join(duration(each) for each in spent) or "—"),
        line(_("Interruptions"), str(stops)),
    ]


def _materials(gathered: Gathered) -> list[str]:
    codes = dict.fromkeys(b.material for b in gathered.made)
    lots = SERIES.join(gathered.lots)
    titles = SERIES.join(feedstock.material(code).title for code in codes)
    return [f"{titles} · {lots}" if lots else titles]


def _parts(gathered: Gathered) -> list[dict[str, str]]:
    """Each piece by its serial, with the file it was made from and what was decided of it."""
    by_build = {build.code: build for build in gathered.builds}
    title = parts.part(gathered.order.part).title
    return [
        {
            "serial": piece.serial,
            "part": title,
            "revision": piece.revision,
            "verdict": VERDICTS.get(piece.state, _("not sorted")),
            "file": by_build[piece.build].file_name,
            "sha256": by_build[piece.build].file_digest,
        }
        for piece in gathered.pieces
    ]
