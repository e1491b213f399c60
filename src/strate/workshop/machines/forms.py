"""The fields of the hall's pages."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from strate.workshop.machines import wording

DRIVERS = [("", _("Not connected")), ("opcua", "OPC UA")]


def _side(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=100_000, required=False)


class MachineForm(forms.Form):
    code = forms.CharField(label=_("Code on its label"), max_length=40, help_text=_("For example LPBF-2."))
    title = forms.CharField(label=_("Name"), max_length=120)
    kind = forms.ChoiceField(label=_("Kind"), choices=list(wording.KINDS.items()), initial="printer")
    family = forms.ChoiceField(label=_("Family"), choices=list(wording.FAMILIES.items()), initial="metal")
    model = forms.CharField(label=_("Model"), max_length=40, required=False)
    serial = forms.CharField(label=_("Serial number"), max_length=40, required=False)
    place = forms.ChoiceField(label=_("Place"), required=False)
    width_mm = _side(_("Build volume: width (mm)"))
    depth_mm = _side(_("Build volume: depth (mm)"))
    height_mm = _side(_("Build volume: height (mm)"))
    material = forms.CharField(
        label=_("Clean for material"),
        max_length=40,
        required=False,
        help_text=_("Code of the material, for example ti64."),
    )
    driver = forms.ChoiceField(label=_("Connection"), choices=DRIVERS, required=False)
    endpoint = forms.CharField(
        label=_("Address"),
        max_length=200,
        required=False,
        help_text=_("For example opc.tcp://192.0.2.10:4840"),
    )
    simulated = forms.BooleanField(
        label=_("Simulated machine"),
        required=False,
        help_text=_("Nothing is made on it: what is done there is training, never proof of real work."),
    )

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [("", "—"), *places]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        return cleaned | {name: cleaned.get(name) or 0 for name in ("width_mm", "depth_mm", "height_mm")}


class AmendForm(forms.Form):
    title = forms.CharField(label=_("Name"), max_length=120)
    model = forms.CharField(label=_("Model"), max_length=40, required=False)
    serial = forms.CharField(label=_("Serial number"), max_length=40, required=False)
    place = forms.CharField(label=_("Place"), max_length=40, required=False)
    endpoint = forms.CharField(label=_("Address"), max_length=200, required=False)
    reason = forms.CharField(label=_("Reason"), max_length=120, required=False)


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=120)


class CommaDecimal(forms.DecimalField):
    """A number typed with a comma or a point."""

    widget = forms.TextInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=Decimal(0), max_value=Decimal(10) ** 9 - 1, decimal_places=3, **kwargs)
        self.widget.attrs["inputmode"] = "decimal"

    def to_python(self, value: Any) -> Decimal | None:
        text = (
            value.replace("\u202f", "").replace(" ", "").replace(",", ".")
            if isinstance(value, str)
            else value
        )
        found: Decimal | None = super().to_python(text)
        return found


class ItemForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=list(wording.ITEMS.items()))
    code = forms.CharField(label=_("Code on its label"), max_length=40)
    title = forms.CharField(label=_("Name"), max_length=120)
    material = forms.CharField(
        label=_("Kept for material"),
        max_length=40,
        required=False,
        help_text=_("Empty: serves any material."),
    )
    life_unit = forms.ChoiceField(
        label=_("Its life is counted in"), choices=list(wording.LIFE_UNITS.items()), required=False
    )
    life_max = CommaDecimal(label=_("Longest life"), required=False)
    life_used = CommaDecimal(label=_("Already used"), required=False)
    thickness_um = forms.IntegerField(
        label=_("Thickness (µm)"), min_value=0, max_value=1_000_000, required=False
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        return cleaned | {"life_used": cleaned.get("life_used") or Decimal(0)}


class FitForm(forms.Form):
    item = forms.CharField(label=_("Label"), max_length=80)


class TakeOffForm(forms.Form):
    worn = forms.BooleanField(label=_("Worn out: never to be used again"), required=False)
    reason = forms.CharField(label=_("Reason"), max_length=120, required=False)
