"""How the house is: each organ answers for itself; what is not known is told as unknown, never as fine."""

import shutil
import sqlite3
import time
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from strate.templatetags._quantities import number as figure
from strate.web import preflight
from strate.workshop.doors.speech import moment
from strate.workshop.feedstock import genealogy as powder
from strate.workshop.feedstock import queries as feedstock
from strate.workshop.journal import clock
from strate.workshop.journal import queries as journal
from strate.workshop.machines import queries as machines
from strate.workshop.site import queries as site
from strate.workshop.telemetry import queries as telemetry
from strate.workshop.work import queries as work

SILENT = timedelta(seconds=30)


def report() -> dict[str, Any]:
    """`ok` is false as soon as an organ the record depends on fails; the others only warn."""
    organs = [_database(), _powder(), _disk(), _worker(), *_machines()]
    return {
        "ok": not any(o["state"] == "down" for o in organs),
        "at": clock.now().isoformat(timespec="seconds"),
        "organs": organs,
        "warnings": [said for said in (disk_warning(), _embedded_warning()) if said],
    }


def disk_warning() -> str:
    """What an administrator must see while there is still room; empty when the disk is as the site wants it."""
    home = settings.STRATE.home
    if not preflight.is_almost_full(home, site.value("disk_warning_percent")):
        return ""
    return _("The disk of the data is almost full: %(free)s GB left. Make room before work stops.") % {
        "free": figure(shutil.disk_usage(home).free / 1024**3, 1)
    }


def _embedded_warning() -> str:
    if connection.vendor != "sqlite" or preflight.embedded_is_sound():
        return ""
    return _(
        "SQLite %(version)s has a known defect (mended in 3.51.3); Strate keeps clear of it as long as no other "
        "program writes to its database."
    ) % {"version": sqlite3.sqlite_version}


def _organ(name: str, title: str, state: str, text: str = "") -> dict[str, str]:
    return {"name": name, "title": title, "state": state, "text": text}


def _database() -> dict[str, str]:
    start = time.perf_counter()
    head = journal.head()
    took = (time.perf_counter() - start) * 1000
    text = _("%(facts)s facts, answered in %(ms)s ms") % {
        "facts": figure(head.seq if head else 0),
        "ms": figure(took, 1),
    }
    return _organ("database", _("Journal"), "up", text)


def _powder() -> dict[str, str]:
    """Whether what is stored of every container is what its movements make; added up at most once a minute."""
    line = powder.last_line()
    gaps = cache.get_or_set(f"powder-ledger-{line}", lambda: len(feedstock.ledger_gaps()), 60)
    if not gaps:
        return _organ("powder", _("Powder ledger"), "up", _("agrees with the stock"))
    text = ngettext("%(n)s gap with the stock", "%(n)s gaps with the stock", gaps) % {"n": figure(gaps)}
    return _organ("powder", _("Powder ledger"), "warn", text)


def _disk() -> dict[str, str]:
    usage = shutil.disk_usage(settings.STRATE.home)
    low = preflight.is_almost_full(settings.STRATE.home, site.value("disk_warning_percent"))
    text = _("%(free)s GB free of %(total)s GB") % {
        "free": figure(usage.free / 1024**3, 1),
        "total": figure(usage.total / 1024**3, 1),
    }
    return _organ("disk", _("Disk"), "warn" if low else "up", text)


def _worker() -> dict[str, str]:
    seen = work.worker_seen_at()
    if seen is None:
        return _organ("worker", _("Background work"), "unknown", _("never seen"))
    silent = clock.now() - seen > SILENT
    waiting, failed = len(work.waiting()), len(work.failed())
    text = ngettext(
        "%(waiting)s task waiting, %(failed)s failed", "%(waiting)s tasks waiting, %(failed)s failed", waiting
    ) % {"waiting": figure(waiting), "failed": figure(failed)}
    return _organ("worker", _("Background work"), "warn" if silent or failed else "up", text)


def _machines() -> list[dict[str, str]]:
    organs = []
    for machine in machines.machines().exclude(driver=""):
        heard = telemetry.heard_at(machine.code)
        if heard is None:
            state, text = "unknown", _("never heard")
        elif clock.now() - heard > SILENT:
            state, text = "warn", _("silent since %(at)s") % {"at": moment(heard)}
        else:
            state, text = "up", _("heard")
        organs.append(_organ(machine.ref, machine.title, state, text))
    return organs
