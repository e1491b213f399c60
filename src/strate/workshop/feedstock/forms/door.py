"""What is typed at the door: a delivery announced, received, checked."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from strate.workshop.feedstock import queries, wording
from strate.workshop.feedstock.forms.fields import DayInput, KgField


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
    """A delivery at the door: what the label, the delivery note and the scale say; then what its papers say."""

    MORE = (
        *("kind", "product", "order_number", "heat", "certificate_number", "certificate_type"),
        *("making", "gas", "made_on", "colour", "seal"),
    )
    container = forms.CharField(label=_("Label of the container"), max_length=40, required=False)
    place = forms.CharField(label=_("Place"), max_length=60, required=False)
    expires_on = forms.DateField(label=_("Expires on"), required=False, widget=DayInput())
    certificate_file = forms.FileField(label=_("Certificate (PDF or photo)"), required=False)
    kind = forms.ChoiceField(
        label=_("Kind of container"), choices=list(wording.CONTAINERS.items()), required=False
    )
    product = forms.CharField(label=_("Product, as on its safety data sheet"), max_length=160, required=False)
    order_number = forms.CharField(label=_("Purchase order"), max_length=60, required=False)
    heat = forms.CharField(label=_("Heat number"), max_length=60, required=False)
    certificate_number = forms.CharField(label=_("Number of the certificate"), max_length=60, required=False)
    certificate_type = forms.ChoiceField(
        label=_("Type of certificate (EN 10204)"),
        choices=[("", "—"), *wording.CERTIFICATES.items()],
        required=False,
    )
    making = forms.ChoiceField(
        label=_("How it was made"), choices=[("", "—"), *wording.MAKING.items()], required=False
    )
    gas = forms.CharField(label=_("Under which gas"), max_length=40, required=False)
    made_on = forms.DateField(label=_("Made on"), required=False, widget=DayInput())
    colour = forms.CharField(label=_("Colour"), max_length=40, required=False)
    seal = forms.ChoiceField(
        label=pgettext_lazy("powder", "Seal"), choices=[("", "—"), *wording.SEALS.items()], required=False
    )

    @property
    def first(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name not in self.MORE]

    @property
    def more(self) -> list[forms.BoundField]:
        return [self[name] for name in self.MORE]

    def clean_kind(self) -> str:
        return self.cleaned_data["kind"] or "drum"


class CheckForm(forms.Form):
    """The checks of reception: label, seal, certificate, look, sample, scale."""

    identity = forms.BooleanField(label=_("The label says the lot and the material ordered"), required=False)
    seal = forms.BooleanField(label=_("The seal is whole, the packaging dry"), required=False)
    certificate_conform = forms.BooleanField(
        label=_("The certificate is within the purchase specification"), required=False
    )
    visual = forms.BooleanField(
        label=_("The powder looks right: colour, no lumps, nothing foreign"), required=False
    )
    sample_kept = forms.BooleanField(label=_("A sample was kept"), required=False)
    mass_mg = KgField(label=_("Mass on the scale (kg)"))
    note = forms.CharField(label=_("Remark"), max_length=400, required=False, widget=forms.Textarea)
    certificate_file = forms.FileField(label=_("Certificate, if it came later"), required=False)
