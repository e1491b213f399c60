"""What is typed about a build."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from strate.workshop.builds.models import PlateCopy
from strate.workshop.doors.speech import number
from strate.workshop.feedstock.forms import KgField, NumberField


class PrepareForm(forms.Form):
    """The code of the build, its machine, and how many of each order stand on the plate."""

    code = forms.CharField(label=_("Build number"), max_length=40)
    machine = forms.ChoiceField(label=_("Machine"))

    def __init__(self, *args: Any, machines: list[tuple[str, str]], orders: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["machine"].choices = machines
        self.rows = []
        for order in orders:
            name = f"quantity_{order.code}"
            self.fields[name] = forms.IntegerField(min_value=0, required=False, label=order.code)
            self.rows.append((order, name))

    def order_rows(self) -> list[tuple[Any, Any]]:
        """Each order with its field, as the page draws them."""
        return [(order, self[name]) for order, name in self.rows]

    def quantities(self) -> dict[str, int]:
        """How many of each order, the zeros left out."""
        typed = ((order.code, self.cleaned_data.get(name)) for order, name in self.rows)
        return {code: int(n) for code, n in typed if n}


class ThousandthField(NumberField):
    """A length in mm or an angle in degrees as it is typed, kept in whole thousandths."""

    default_error_messages = {"far": _("This is beyond any plate.")}

    def clean(self, value: Any) -> int | None:
        typed = super().clean(value)
        if typed is None:
            return None
        if abs(typed) > 10_000:
            raise forms.ValidationError(self.error_messages["far"], code="far")
        return int((typed * 1000).to_integral_value())


class PlaceForm(forms.Form):
    """Where the middle of a copy stands, from the front left corner of the plate, and how far it is turned."""

    x_um = ThousandthField(label=_("From the left"))
    y_um = ThousandthField(label=_("From the front"))
    turn_mdeg = ThousandthField(label=_("Turned to the left"))

    def clean_turn_mdeg(self) -> int:
        return int(self.cleaned_data["turn_mdeg"]) % 360_000


def placed(copy: PlateCopy) -> dict[str, str]:
    """The place of a copy as it is typed."""
    names = ("x_um", "y_um", "turn_mdeg")
    return {name: number((Decimal(getattr(copy, name)) / 1000).normalize()) for name in names}


class ReasonForm(forms.Form):
    """Why: asked for what cannot be undone."""

    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class DecideForm(ReasonForm):
    """What becomes of an interrupted build."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[("resume", _("Resume the build")), ("abort", _("Give the build up"))],
        widget=forms.RadioSelect,
    )
    opened = forms.BooleanField(label=_("The chamber was opened"), required=False)


class StartSeenForm(forms.Form):
    """What was seen at the machine after a launch whose answer was lost."""

    seen = forms.ChoiceField(
        label=_("At the machine, I see that"),
        choices=[("runs", _("it runs this build")), ("stands", _("it does not run this build"))],
        widget=forms.RadioSelect,
    )


class WeighForm(forms.Form):
    """What the scale says after depowdering."""

    recovered_mg = KgField(label=_("Recovered (kg)"))
    overflow_mg = KgField(label=_("Overflow, apart (kg)"), required=False)
    residual_mg = KgField(label=_("Left in the machine (kg)"), required=False)
    oversize_mg = KgField(label=_("Oversize (kg)"), required=False)
    waste_mg = KgField(label=_("Vacuum and filters (kg)"), required=False)
    parts_mg = KgField(label=_("Parts, if they were weighed (kg)"), required=False)
    supports_mg = KgField(label=_("Supports (kg)"), required=False)
    sample_mg = KgField(label=_("Samples (kg)"), required=False)
    container = forms.CharField(label=_("Container"), max_length=40, required=False)
    overflow_container = forms.CharField(label=_("Container of the overflow"), max_length=40, required=False)
    reason = forms.CharField(label=_("Reason of the difference"), max_length=300, required=False)

    @property
    def weighed(self) -> list[Any]:
        return [field for field in self if isinstance(field.field, KgField)]

    @property
    def labelled(self) -> list[Any]:
        return [self["container"], self["overflow_container"]]

    def masses(self) -> dict[str, Any]:
        """What was typed, an empty scale being zero; parts that were not weighed weigh what the file says."""
        found = {k: (v or 0) if k.endswith("_mg") else v for k, v in self.cleaned_data.items()}
        return found | {"parts_mg": self.cleaned_data.get("parts_mg")}
