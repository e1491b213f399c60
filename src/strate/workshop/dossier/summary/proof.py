"""What was found: measurements against their bounds, photos, anomalies and what became of them."""

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from strate.workshop.anomalies import queries as anomaly_book
from strate.workshop.attachments import queries as files
from strate.workshop.doors.hooks import hooks
from strate.workshop.doors.speech import NARROW, number
from strate.workshop.dossier.gathering import Gathered
from strate.workshop.feedstock import queries as feedstock
from strate.workshop.inspection import queries as pieces
from strate.workshop.inspection.shown import ScanShown, scan_shown
from strate.workshop.journal.rules import stamp
from strate.workshop.post_processing import queries as furnace


def inspection(gathered: Gathered) -> dict[str, Any]:
    """Every measurement and every look at the pieces of the order, with its photos."""
    measured = [_measurement(p.serial, m) for p in gathered.pieces for m in pieces.valid_measurements(p)]
    looks = [(piece, check) for piece in gathered.pieces for check in piece.checks.all()]
    return {
        "measurements": measured,
        "visual": [
            {
                "what": _looked(piece.serial, check),
                "by": hooks.name_of(check.by),
                "verdict": "ok" if check.conform else "out",
            }
            for piece, check in looks
        ],
        "scans": [line for scan in scans_of(gathered) for line in _scan(scan)],
        "photos": [
            {"caption": f"{piece.serial} · {number + 1}", "digest": digest}
            for piece, check in looks
            for number, digest in enumerate(check.photos)
        ],
    }


def scans_of(gathered: Gathered) -> list[ScanShown]:
    """The scans of the pieces of the order, piece by piece, the first sent first."""
    found = [scan for piece in gathered.pieces for scan in reversed(pieces.scans(piece))]
    return [scan_shown(scan) for scan in found]


def _scan(scan: ScanShown) -> list[dict[str, str]]:
    """The whole part and each zone; a scan without an answer, or refused, says so in one line."""
    name, by = f"{scan.scan.piece.serial} · {scan.scan.name}", hooks.name_of(scan.scan.by)
    same = {"gauge": scan.scan.gauge, "by": by}
    if not scan.lines:
        said = str(scan.why_not or scan.word)
        return [
            {"name": name, "bounds": "—", "value": said, "covered": "—", "verdict": str(scan.word), **same}
        ]
    return [
        {
            "name": f"{name} · {line.name}",
            "bounds": f"{line.band}{NARROW}mm",
            "value": f"{line.ends}{NARROW}mm" if line.ends != "—" else line.ends,
            "covered": line.covered,
            "verdict": str(line.word),
            **same,
        }
        for line in scan.lines
    ]


def _measurement(serial: str, found: Any) -> dict[str, str]:
    bounds = " … ".join(_value(limit) for limit in (found.lower, found.upper))
    gauge = pieces.gauge(found.gauge)
    until = date_format(gauge.due_on, "SHORT_DATE_FORMAT") if gauge.due_on else "—"
    return {
        "name": f"{found.name} · {serial}",
        "bounds": f"{bounds}{NARROW}{found.unit}",
        "value": f"{_value(found.value)}{NARROW}{found.unit}",
        "gauge": _("%(gauge)s, calibrated until %(until)s")
        % {"gauge": f"{gauge.code} {gauge.title}", "until": until},
        "by": hooks.name_of(found.by),
        "verdict": "ok" if found.conform else "out",
    }


def _value(value: Any) -> str:
    return "—" if value is None else number(f"{value.normalize():f}")


def _looked(serial: str, check: Any) -> str:
    said = ", ".join([*map(str, check.defects), check.note] if check.note else map(str, check.defects))
    fine = _("nothing to report")
    return f"{serial} · {said or fine}"


def anomalies(gathered: Gathered) -> list[dict[str, str]]:
    """What went wrong on the things of the order; one told in full nowhere else is not told here either."""
    known = {ref for _fact, told in gathered.in_order() for ref in told["things"]}
    return [
        {
            "code": each.number,
            "at": stamp(each.reported_at),
            "what": f"{anomaly_book.kind_title(each.kind)} · {each.text}"
            if each.text
            else anomaly_book.kind_title(each.kind),
            "to": anomaly_book.recipient_title(each.recipient),
            "answer": each.conclusion or each.answer or "—",
        }
        for each in reversed(anomaly_book.on(*gathered.things, also_closed=True))
        if each.ref in known
    ]


def attached(gathered: Gathered) -> list[str]:
    """The files that travel in the archive: photos, certificates of the powder, curves of the furnace."""
    wanted: dict[str, None] = {}
    for piece in gathered.pieces:
        for check in piece.checks.all():
            wanted |= dict.fromkeys(check.photos)
    for _fact, told in gathered.in_order():
        data = told["data"]
        wanted |= dict.fromkeys(str(d) for d in data.get("photos") or [])
        outcome = data.get("outcome")
        if isinstance(outcome, dict) and outcome.get("digest"):
            wanted[str(outcome["digest"])] = None
    wanted |= dict.fromkeys(feedstock.lot(code).certificate for code in gathered.ancestry)
    wanted |= dict.fromkeys(cycle.curve for build in gathered.made for cycle in furnace.cycles(build.code))
    return files.known(digest for digest in wanted if digest)
