"""The states a thing can be in: each has a shape, a word and a colour, never a colour alone."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Look(NamedTuple):
    tone: str
    shape: str
    word: str | Promise


SHAPES = {
    "disc": '<circle cx="8" cy="8" r="6.5"/>',
    "ring": '<path d="M8 1a7 7 0 1 0 0 14A7 7 0 1 0 8 1m0 3a4 4 0 1 1 0 8 4 4 0 1 1 0-8"/>',
    "check": '<path d="M1 8.500 3.500 6l3 3L13 2.500 15.500 5 6.500 14z"/>',
    "play": '<path d="M3 1.500 14.500 8 3 14.500z"/>',
    "pause": '<path d="M2.500 2h4v12h-4zM9.500 2h4v12h-4z"/>',
    "triangle": '<path d="M8 1 15.500 15H.5zm-1 5v4.500h2V6zm0 5.700v1.800h2v-1.800z"/>',
    "octagon": '<path d="M5 .5h6L15.500 5v6L11 15.500H5L.5 11V5zM4 7v2h8V7z"/>',
    "diamond": '<path d="M8 .5 15.500 8 8 15.500.5 8z"/>',
    "square": '<path d="M2 2h12v12H2z"/>',
    "seal": '<path d="M2 2h12v12H2zm2.200 6.200 2.800 2.800 5-5-1.500-1.500L7 8 5.700 6.700z"/>',
    "lines": '<path d="M1 2h14v2.500H1zM1 6.700h14v2.500H1zM1 11.500h14V14H1z"/>',
    "lines-one": '<path d="M1 11.500h14V14H1z"/>',
    "hourglass": '<path d="M3 1h10v3L9.500 8l3.500 4v3H3v-3l3.500-4L3 4z"/>',
    "hatch": '<path d="M1 11 11 1h3L1 14zM6 15 15 6v3l-6 6zM1 6l5-5h3L1 9zM12 15l3-3v3z"/>',
    "cross": '<path d="M2 4 4 2l4 4 4-4 2 2-4 4 4 4-2 2-4-4-4 4-2-2 4-4z"/>',
}

STATES: dict[str, Look] = {
    "fine": Look("ok", "check", _("Fine")),
    "released": Look("ok", "check", _("Released")),
    "approved": Look("ok", "check", _("Approved")),
    "done": Look("ok", "check", _("Done")),
    "valid": Look("ok", "check", _("Valid")),
    "up": Look("ok", "check", _("Works")),
    "answered": Look("ok", "check", _("Answered")),
    "running": Look("live", "play", _("Running")),
    "ready": Look("live", "disc", _("Ready")),
    "launched": Look("live", "play", _("Launched")),
    "open": Look("live", "ring", pgettext_lazy("state", "Open")),
    "waiting": Look("idle", "hourglass", _("Waiting")),
    "current": Look("live", "ring", _("To do")),
    "ahead": Look("idle", "ring", pgettext_lazy("gesture", "Later")),
    "missing": Look("warn", "triangle", _("Missing")),
    "ok": Look("ok", "check", _("Conform")),
    "preparing": Look("live", "hourglass", _("Preparing")),
    "finished": Look("live", "square", _("Ended")),
    "filed": Look("ink", "seal", _("Filed")),
    "off": Look("idle", "square", _("Switched off")),
    "on": Look("live", "disc", _("Switched on")),
    "fitted": Look("live", "disc", _("Fitted")),
    "idle": Look("idle", "ring", _("Idle")),
    "planned": Look("idle", "ring", _("Planned")),
    "draft": Look("idle", "lines-one", _("Draft")),
    "obsolete": Look("idle", "cross", _("Obsolete")),
    "stopped": Look("idle", "square", _("Stopped")),
    "cooling": Look("live", "hourglass", _("Cooling")),
    "due": Look("warn", "triangle", _("Due")),
    "late": Look("warn", "triangle", _("Late")),
    "warn": Look("warn", "triangle", _("Watch")),
    "interrupted": Look("warn", "pause", _("Interrupted")),
    "quarantine": Look("warn", "pause", _("Quarantine")),
    "to_check": Look("warn", "triangle", _("To check")),
    "unsent": Look("warn", "hourglass", _("Not sent yet")),
    "held": Look("stop", "octagon", _("On hold")),
    "refused": Look("stop", "octagon", _("Refused")),
    "rejected": Look("stop", "cross", _("Rejected")),
    "down": Look("stop", "octagon", _("Out of order")),
    "alarm": Look("stop", "octagon", _("Alarm")),
    "expired": Look("stop", "cross", _("Expired")),
    "aborted": Look("stop", "cross", _("Aborted")),
    "suspected": Look("doubt", "diamond", _("Suspected")),
    "unknown": Look("doubt", "diamond", _("Unknown")),
    "decided": Look("ink", "seal", _("Decided")),
    "signed": Look("ink", "seal", _("Signed")),
    "sealed": Look("ink", "seal", _("Sealed")),
    "closed": Look("ink", "square", pgettext_lazy("state", "Closed")),
    "verified": Look("ok", "check", _("Verified")),
    "reviewed": Look("ok", "check", _("Reviewed")),
    "available": Look("ok", "ring", _("Available")),
    "good": Look("ok", "check", _("Good")),
    "in_progress": Look("live", "play", _("In progress")),
    "sent": Look("live", "disc", _("Sent")),
    "received": Look("live", "disc", _("Received")),
    "checked": Look("live", "disc", _("Checked")),
    "submitted": Look("live", "hourglass", _("Awaiting approval")),
    "leased": Look("live", "play", _("Running")),
    "opened": Look("live", "ring", _("Unpacked")),
    "made": Look("live", "lines", _("Made")),
    "depowdered": Look("live", "lines", _("Depowdered")),
    "ended": Look("live", "square", _("Ended")),
    "prepared": Look("idle", "ring", _("Prepared")),
    "placed": Look("idle", "ring", _("Placed")),
    "announced": Look("idle", "ring", _("Announced")),
    "retired": Look("idle", "cross", _("Withdrawn")),
    "replaced": Look("idle", "cross", _("Replaced")),
    "exhausted": Look("idle", "square", _("Used up")),
    "collected": Look("idle", "square", _("Collected")),
    "cancelled": Look("idle", "cross", _("Cancelled")),
    "abandoned": Look("idle", "cross", _("Abandoned")),
    "to_sieve": Look("warn", "triangle", _("To sieve")),
    "failed": Look("stop", "cross", _("Failed")),
    "scrap": Look("stop", "cross", _("Scrap")),
    "unseen": Look("none", "hatch", _("No data")),
    "no_data": Look("none", "hatch", _("No data")),
    "offline": Look("none", "hatch", _("Not connected")),
}

# The words of states said of things that are feminine in French: a build, a piece, an anomaly, a routing.
FEMININE = {
    "prepared": pgettext_lazy("feminine", "Prepared"),
    "sent": pgettext_lazy("feminine", "File sent"),
    "launched": pgettext_lazy("feminine", "Launched"),
    "interrupted": pgettext_lazy("feminine", "Interrupted"),
    "ended": pgettext_lazy("feminine", "Ended"),
    "finished": pgettext_lazy("feminine", "Ended"),
    "opened": pgettext_lazy("feminine", "Unpacked"),
    "depowdered": pgettext_lazy("feminine", "Depowdered"),
    "aborted": pgettext_lazy("feminine", "Aborted"),
    "abandoned": pgettext_lazy("feminine", "Abandoned"),
    "closed": pgettext_lazy("feminine", "Closed"),
    "open": pgettext_lazy("feminine", "Open"),
    "made": pgettext_lazy("feminine", "Made"),
    "good": pgettext_lazy("feminine", "Good"),
    "rejected": pgettext_lazy("feminine", "Rejected"),
}

PHASES = {
    "prepare": pgettext_lazy("phase", "Prepare"),
    "set_up": pgettext_lazy("phase", "Set up"),
    "make": pgettext_lazy("phase", "Make"),
    "depowder": pgettext_lazy("phase", "Depowder"),
    "finish": pgettext_lazy("phase", "Finish"),
    "inspect": pgettext_lazy("phase", "Inspect"),
    "close": pgettext_lazy("phase", "Close"),
}


def look(state: str) -> Look:
    """An unlisted state is shown as such, in doubt: never dressed as fine."""
    return STATES.get(state) or Look("doubt", "diamond", state.replace("_", " "))
