"""What is typed about powder: kilograms with a comma, codes scanned, the checks of the door."""

from django import forms
from django.utils.translation import gettext_lazy as _

from strate.workshop.feedstock import queries
from strate.workshop.feedstock.forms.fields import DayInput, KgField, NumberField


def _materials() -> list[tuple[str, str]]:
    return [("", "—"), *((m.code, f"{m.code} · {m.title}") for m in queries.materials())]


class _Arrival(forms.Form):
    lot = forms.CharField(label=_("Lot code"), max_length=40)
    material = forms.ChoiceField(label=_("Material"), choices=_materials)
    supplier = forms.CharField(label=_("Supplier"), max_length=120)
    supplier_lot = forms.CharField(label=_("Supplier's lot"), max_length=80, required=False)
    mass_mg = KgField(label=_("Net mass (kg)"))


class AnnounceForm(_Arrival):
    """A delivery that is expected."""


class ReceiveForm(_Arrival):
    """A delivery at the door: what the label, the delivery note and the scale say."""

    heat = forms.CharField(label=_("Heat number"), max_length=80, required=False)
    container = forms.CharField(label=_("Label of the container"), max_length=40, required=False)
    place = forms.CharField(label=_("Place"), max_length=60, required=False)
    expires_on = forms.DateField(label=_("Expires on"), required=False, widget=DayInput())
    certificate_file = forms.FileField(label=_("Certificate (PDF or photo)"), required=False)


class CheckForm(forms.Form):
    """The four checks of reception: label, seal, certificate, scale."""

    identity = forms.BooleanField(label=_("The label says the lot and the material ordered"), required=False)
    seal = forms.BooleanField(label=_("The seal is whole, the packaging dry"), required=False)
    certificate_conform = forms.BooleanField(
        label=_("The certificate is within the purchase specification"), required=False
    )
    mass_mg = KgField(label=_("Mass on the scale (kg)"))
    note = forms.CharField(label=_("Remark"), max_length=500, required=False, widget=forms.Textarea)
    certificate_file = forms.FileField(label=_("Certificate, if it came later"), required=False)


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Why"), max_length=500, widget=forms.Textarea)


class OpenForm(forms.Form):
    temperature_celsius = NumberField(label=_("Temperature of the room (°C)"), required=False)
    humidity_percent = NumberField(label=_("Relative humidity (%)"), required=False)


class LoadForm(forms.Form):
    """Lot and machine are scanned; the mass is read on the scale."""

    lot = forms.CharField(max_length=120)
    machine = forms.CharField(max_length=120)
    mass_mg = KgField(label=_("Mass poured (kg)"))

    def clean_lot(self) -> str:
        return _lot_scanned(self.cleaned_data["lot"])

    def clean_machine(self) -> str:
        return str(self.cleaned_data["machine"]).strip().removeprefix("machine:")


class UnloadForm(forms.Form):
    lot = forms.CharField(label=_("Code of the new lot"), max_length=40)
    container = forms.CharField(label=_("Label of the container"), max_length=40, required=False)
    mass_mg = KgField(label=_("Mass taken out (kg)"))


class SieveForm(forms.Form):
    mesh_um = forms.IntegerField(label=_("Mesh (µm)"), min_value=1, max_value=5000)
    through_mg = KgField(label=_("Passed (kg)"))
    oversize_mg = KgField(label=_("Stayed on the mesh (kg)"))
    sieve_machine = forms.CharField(label=_("Sieve"), max_length=60, required=False)

    def clean_sieve_machine(self) -> str:
        code = str(self.cleaned_data["sieve_machine"]).strip()
        return f"machine:{code.removeprefix('machine:')}" if code else ""


class WeighAgainForm(ReasonForm):
    container = forms.CharField(label=_("Container"), max_length=60)
    mass_mg = KgField(label=_("Mass on the scale (kg)"))


def _lot_scanned(text: str) -> str:
    """A lot by its own label, or by that of the container that holds it."""
    text = text.strip()
    if text.startswith("container:"):
        inside = queries.content(text)
        return inside.portions[0].lot if len(inside.portions) == 1 else text
    return text.removeprefix("lot:")
