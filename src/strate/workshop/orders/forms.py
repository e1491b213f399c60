"""What is typed about orders: what, how many, for when; good, scrap and why."""

from django import forms
from django.utils.translation import gettext_lazy as _

from strate.workshop.orders import wording
from strate.workshop.parts import queries as parts
from strate.workshop.routings import queries as routings


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def _parts() -> list[tuple[str, str]]:
    return [("", "—"), *((p.code, f"{p.code} · {p.title}") for p in parts.parts())]


def _routings() -> list[tuple[str, str]]:
    released = routings.released_for()
    return [("", "—"), *((v.routing.code, f"{v.name} · {v.routing.title}") for v in released)]


def _priority() -> forms.TypedChoiceField:
    choices = list(wording.PRIORITIES.items())
    return forms.TypedChoiceField(label=_("Priority"), choices=choices, coerce=int, initial=2)


class OrderForm(forms.Form):
    """A new order."""

    code = forms.CharField(label=_("Order number"), max_length=40)
    customer = forms.CharField(label=_("Customer"), max_length=120, required=False)
    part = forms.ChoiceField(label=_("Part"), choices=_parts)
    revision = forms.CharField(label=_("Revision"), max_length=20)
    quantity = forms.IntegerField(label=_("Quantity"), min_value=1)
    due_on = forms.DateField(label=_("Due on"), widget=DayInput())
    priority = _priority()
    routing = forms.ChoiceField(label=_("Routing"), choices=_routings)
    note = forms.CharField(label=_("Remark"), max_length=500, required=False, widget=forms.Textarea)


class PriorityForm(forms.Form):
    priority = _priority()
    due_on = forms.DateField(label=_("Due on"), widget=DayInput())
    reason = forms.CharField(label=_("Why"), max_length=300, required=False)


class CountForm(forms.Form):
    """Good, scrap and why, in one gesture."""

    good = forms.IntegerField(label=_("Good parts"), min_value=0, initial=0)
    scrap = forms.IntegerField(label=_("Scrapped parts"), min_value=0, initial=0)
    reason = forms.CharField(label=_("Why scrapped"), max_length=300, required=False)


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Why"), max_length=300, widget=forms.Textarea)
