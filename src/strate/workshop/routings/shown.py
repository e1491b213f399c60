"""How a routing is told on a page: limits in words, rates worked out, differences named."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from strate.workshop.doors.hooks import hooks
from strate.workshop.doors.speech import number, percent
from strate.workshop.doors.wording import choice
from strate.workshop.routings import forms, rules, wording
from strate.workshop.routings.models import RoutingVersion

_LABELS: dict[str, dict[str, Any]] = {
    section: {name: field.label for name, field in form.base_fields.items()}
    for section, form in (
        ("head", forms.HeadForm),
        ("parameters", forms.ParametersForm),
        ("furnace", forms.FurnaceForm),
        ("operations", forms.OperationForm),
        ("measurements", forms.MeasurementForm),
        ("scan_zones", forms.ZoneForm),
        ("limits", forms.LimitForm),
    )
}


def state(each: RoutingVersion) -> dict[str, Any]:
    """The chip of a version."""
    word, look = wording.ROUTING_STATES[each.state]
    return {"word": word, "look": look}


def version(each: RoutingVersion) -> dict[str, Any]:
    """A version ready to be read or printed."""
    content = rules.read(each.content)
    return {
        "version": each,
        "content": content,
        "state": state(each),
        "operations": [
            (o, wording.OPERATION_KINDS[o.kind], _procedure(o.procedure)) for o in content.operations
        ],
        "limits": [
            (word, limit(name, content.limits[name].value), content.limits[name].source)
            for name, word in wording.LIMIT_NAMES.items()
            if name in content.limits
        ],
        "visual": [choice("defects", defect) for defect in content.controls.visual],
        "measurements": [(m, choice("gauge_kind", m.gauge)) for m in content.controls.measurements],
        "rate": _rounded(content.parameters.rate_mm3_s),
        "energy": _rounded(content.parameters.energy_j_mm3),
        "authors": [hooks.name_of(person) for person in each.authors],
        "approved_by": hooks.name_of(each.approved_by) if each.approved_by else "",
    }


def _procedure(code: str) -> str:
    """A procedure by its title, the one on the tablet."""
    return hooks.title_of(f"procedure:{code}") if code else ""


def limit(name: str, value: Decimal) -> str:
    """A limit with its unit."""
    unit = rules.LIMITS[name]
    if unit == "share":
        return percent(value)
    return number(value) if unit == "builds" else f"{number(value)}\u202f{unit}"


def differences(found: Sequence[rules.Change]) -> list[dict[str, str]]:
    """What differs between two versions, in the words of the sheet."""
    return [
        {"where": _where(c.path), "before": _value(c.path, c.before), "after": _value(c.path, c.after)}
        for c in found
    ]


def _where(path: str) -> str:
    """« operations.40.title » is said « Operation 40 · Operation »; a step nobody named stays as it is."""
    section, _sep, rest = path.partition(".")
    steps = rest.split(".") if rest else []
    if section == "controls" and steps:
        section, steps = steps[0], steps[1:]
    fields = _LABELS.get(section, {})
    said = [
        str(wording.LIMIT_NAMES.get(s) or fields.get(s) or s)
        for s in steps
        if (section, s) != ("limits", "value")
    ]
    head = _LABELS["head"].get(section) or wording.SECTIONS.get(section, section)
    return " · ".join([str(head), *said])


def _value(path: str, text: str) -> str:
    _section, name, *more = [*path.split("."), ""]
    if path.startswith("limits.") and more[:1] == ["value"] and text:
        return limit(name, Decimal(text))
    try:
        return number(Decimal(text)) if text else ""
    except InvalidOperation:
        return text


def _rounded(value: Decimal | None) -> str:
    return number(round(value, 2)) if value is not None else "—"
