"""What is typed about powder: kilograms with a comma, codes scanned, the checks of the door."""

from django import forms
from django.utils.translation import gettext_lazy as _

from strate.workshop.feedstock import queries
from strate.workshop.feedstock.forms.fields import KgField


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Why"), max_length=500, widget=forms.Textarea)


class LoadForm(forms.Form):
    """Lot and machine are scanned; the mass is read on the scale."""

    lot = forms.CharField(max_length=120)
    machine = forms.CharField(max_length=120)
    mass_mg = KgField(label=_("Mass poured (kg)"))
    more_to_come = forms.BooleanField(
        label=_("Other containers follow: this one alone is not enough for the build"), required=False
    )
    override = forms.CharField(max_length=400, required=False, widget=forms.HiddenInput)

    def clean_lot(self) -> str:
        """The container that was scanned is kept: it is the one powder is poured from."""
        text = _label_typed(str(self.cleaned_data["lot"]).strip())
        self.cleaned_data["container"] = text if text.startswith("container:") else ""
        return _lot_scanned(text)

    def clean_machine(self) -> str:
        return str(self.cleaned_data["machine"]).strip().removeprefix("machine:")


class UnloadForm(forms.Form):
    lot = forms.CharField(label=_("Code of the new lot"), max_length=40)
    container = forms.CharField(label=_("Label of the container"), max_length=40, required=False)
    mass_mg = KgField(label=_("Mass taken out (kg)"))


class WeighAgainForm(ReasonForm):
    container = forms.CharField(label=_("Container"), max_length=60)
    mass_mg = KgField(label=_("Mass on the scale (kg)"))


def _label_typed(text: str) -> str:
    """Typed by hand, the label of a container has no « container: » before it: it is one when no lot is called so."""
    if ":" in text or queries.lots().filter(code=text).exists():
        return text
    inside = queries.content(f"container:{text}")
    return inside.place if inside.portions else text


def _lot_scanned(text: str) -> str:
    """A lot by its own label, or by that of the container that holds it."""
    text = text.strip()
    if text.startswith("container:"):
        inside = queries.content(text)
        return inside.portions[0].lot if len(inside.portions) == 1 else text
    return text.removeprefix("lot:")
