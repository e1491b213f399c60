"""What differs between two versions, each field by the name it has in the form, in both languages it is written in."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext

from strate.workshop.procedures.comparing import Step, changes
from strate.workshop.procedures.models import ProcedureVersion
from strate.workshop.procedures.pages import cards
from strate.workshop.procedures.pages.forms import HeadForm, StepForm

Row = tuple[str, str, str]


def told(before: ProcedureVersion, heading: Step, after: list[Step]) -> list[dict[str, Any]]:
    """What differs, the head first: a field by its name, a tick as yes or no, a sign by its word."""
    rows = list(_rows(HeadForm, before.heading, heading))
    head = [{"what": "head", "text": "", "rows": rows}] if rows else []
    return head + _steps(before.steps, after)


def _steps(before: list[Step], after: list[Step]) -> list[dict[str, Any]]:
    old = {step.get("code", ""): step for step in before}
    new = {step.get("code", ""): step for step in after}
    found = []
    for each in changes(before, after):
        changed = each.what == "changed"
        rows = _rows(StepForm, *(cards.fields(of[each.code]) for of in (old, new))) if changed else ()
        found.append({"what": each.what, "text": each.text, "rows": list(rows)})
    return found


def _rows(form: type[forms.Form], before: dict[str, Any], after: dict[str, Any]) -> Iterator[Row]:
    for name, field in form.base_fields.items():
        old, new = _said(field, before.get(name)), _said(field, after.get(name))
        if old != new:
            yield str(field.label), old, new


def _said(field: forms.Field, value: Any) -> str:
    """A value as the form shows it."""
    if isinstance(field, forms.BooleanField):
        return gettext("yes") if value else gettext("no")
    if value in (None, "", []):
        return "—"
    if isinstance(field.widget, forms.HiddenInput):
        return str(value)[:8]
    words = dict(field.choices) if isinstance(field, forms.ChoiceField) else {}
    if isinstance(value, list | tuple):
        return ", ".join(str(words.get(each, each)) for each in value)
    return str(words.get(value, value))
