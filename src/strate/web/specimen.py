"""What the specimen page shows: every component, in every state, with invented values."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from strate.templatetags._pictograms import PICTOGRAMS
from strate.templatetags._states import STATES

BUILD = [
    ("fine", 412), ("interrupted", 1), ("fine", 188), ("no_data", 46), ("fine", 205), ("suspected", 3),
    ("fine", 96), ("decided", 2), ("fine", 47), ("running", 1), ("ahead", 999),
]  # fmt: skip
AT = datetime(2026, 3, 12, 13, 5, tzinfo=UTC)
SPRITE = Path(__file__).parent / "static/strate/icons.svg"


def icons() -> list[str]:
    """Every drawing of the sprite, so that a new one is seen here without being told."""
    return re.findall(r'<symbol id="([^"]+)"', SPRITE.read_text(encoding="utf-8"))


class LotForm(forms.Form):
    """A form as Django makes it, to see its fields, its help and its errors."""

    supplier_lot = forms.CharField(label=_("Supplier lot"), help_text=_("As printed on the container."))
    material = forms.ChoiceField(label=_("Material"), choices=[("ti64", "Ti-6Al-4V"), ("in718", "IN718")])
    state = forms.ChoiceField(
        label=_("State of the seal"),
        widget=forms.RadioSelect,
        choices=[("whole", _("Whole")), ("torn", _("Torn")), ("missing", _("Missing"))],
    )
    remark = forms.CharField(label=_("Remark"), widget=forms.Textarea, required=False)
    weighed = forms.BooleanField(label=_("I have weighed this container myself"))


def reasons() -> list[dict[str, Any]]:
    return [
        {
            "why": _("Used powder in the machine: 62.5 %, ceiling of the routing: 50 %."),
            "source": _("Routing G-214, version 3, powder limits"),
            "lifted_by": _("Process engineer or shift leader, by adding new powder"),
            "lift_url": "#",
            "lift_word": _("Open the powder of this machine"),
        },
        {
            "why": _("The recoater blade has spread 212 h, its life is 200 h."),
            "source": _("Maintenance sheet M-07"),
            "lifted_by": _("Maintenance"),
            "overridable": True,
        },
        {
            "why": _("Your authorisation for this machine ended on 1 March 2026."),
            "source": _("Authorisations, CQPM 3"),
            "lifted_by": _("Line manager"),
        },
    ]


def step() -> dict[str, Any]:
    return {
        "title": _("Weigh the powder poured into the hopper"),
        "instruction": _(
            "Close the valve, earth the container, then pour. Read the scale when it no longer moves."
        ),
        "why": _(
            "The mass balance of the build starts here: what is poured must be found again at depowdering."
        ),
        "source": _("CQPM 5, powder is weighed before and after"),
        "ppe": ["M004", "M009", "M017", "M005"],
        "hazards": ["GHS02", "EX"],
        "number": 4,
        "count": 9,
        "layers": ["done"] * 3 + ["current"] + [""] * 5,
        "kind_word": _("Measure"),
        "blocking": True,
    }


def facts() -> list[dict[str, Any]]:
    return [
        {
            "at": AT,
            "what": _("Interruption decided: the build goes on"),
            "who": "Elsa Grisaille",
            "tone": "ok",
        },
        {"at": AT, "what": _("Oxygen above 800 ppm, the machine stopped by itself"), "tone": "stop"},
        {
            "at": AT,
            "what": _("Loaded 12,5 kg"),
            "who": "Amina Testard",
            "corrected_by": "125 kg · Bruno Essai",
        },
        {"at": AT, "what": _("Plate PL-0042 fitted"), "who": "Amina Testard", "note": _("scanned")},
    ]


def rows() -> list[dict[str, Any]]:
    return [
        {"cells": ["OF-2031", _("Bracket"), "24", "18/03/2026"], "url": "#"},
        {"cells": ["OF-2034", _("Impeller"), "6", "14/03/2026"], "url": "#", "tone": "warn"},
        {"cells": ["OF-2040", _("Implant, size 3"), "120", None], "url": "#", "tone": "stop"},
    ]


def steps() -> list[dict[str, Any]]:
    return [
        {"title": _("Protections worn"), "state": "done", "note": "Amina Testard"},
        {"title": _("Plate fitted and scanned"), "state": "done"},
        {"title": _("Powder poured and weighed"), "state": "current"},
        {"title": _("Oxygen under 500 ppm"), "state": "waiting", "note": _("read by the machine")},
        {"title": _("Parameters compared"), "state": "ahead"},
    ]


def context() -> dict[str, Any]:
    return {
        "form": LotForm({"material": "ti64"}),
        "states": list(STATES),
        "icons": icons(),
        "signs": list(PICTOGRAMS),
        "build_runs": BUILD,
        "few_runs": [("fine", 9), ("interrupted", 1), ("fine", 5), ("no_data", 2), ("fine", 3), ("ahead", 4)],
        "ages": [Decimal("0.45"), Decimal("0.3"), Decimal("0.15"), Decimal("0.08"), Decimal("0.02")],
        "reasons": reasons(),
        "step": step(),
        "steps": steps(),
        "timeline": facts(),
        "rows": rows(),
        "columns": [_("Order"), _("Part"), _("Quantity"), _("Due date")],
        "pairs": [(_("Lot"), "TI64-2026-014"), (_("Used share"), "32,5 %"), (_("Drying"), None)],
        "at": AT,
        "mass_mg": 12_500_000,
        "poured_kg": Decimal("12.5"),
    }
