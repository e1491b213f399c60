"""What is typed while powder is handled, with gloves on: labels scanned, masses weighed, the air of the room."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from strate.workshop.doors.speech import mass
from strate.workshop.feedstock import queries, shown
from strate.workshop.feedstock.forms.fields import UNWEIGHABLE, KgField, NumberField, whole_milligrams
from strate.workshop.feedstock.models import Lot
from strate.workshop.procedures import queries as procedures

MG_PER_G = 1000
ATMOSPHERES = (
    ("", "—"),
    ("argon", _("Argon")),
    ("nitrogen", _("Nitrogen")),
    ("vacuum", _("Vacuum")),
    ("air", _("Air")),
)


class ScanField(forms.CharField):
    """A label: read by the scanner or the camera, typing always possible."""

    scans = True

    def __init__(self, *, expects: Any = "", **kwargs: Any) -> None:
        super().__init__(max_length=120, **kwargs)
        self.expects = expects


class MassField(KgField):
    """Kilograms on the large keys of the tablet, kept in whole milligrams."""

    unit = "kg"


class GramField(NumberField):
    """A small mass typed in grams, kept in whole milligrams."""

    unit = "g"
    default_error_messages = UNWEIGHABLE

    def clean(self, value: Any) -> int | None:
        grams = super().clean(value)
        if grams is None:
            return None
        return whole_milligrams(self, grams * MG_PER_G)


class WithAir(forms.Form):
    """With which tool, in which air: asked last, never required."""

    tool = ScanField(label=_("Tool used"), expects=_("Scan it or type its name"), required=False)
    temperature_celsius = NumberField(label=_("Temperature of the room (°C)"), required=False)
    humidity_percent = NumberField(label=_("Relative humidity (%)"), required=False)
    air = ("tool", "temperature_celsius", "humidity_percent")

    @property
    def main_fields(self) -> list[Any]:
        return [self[name] for name in self.fields if name not in self.air]

    @property
    def air_fields(self) -> list[Any]:
        return [self[name] for name in self.fields if name in self.air]


class OfLot(WithAir):
    """A gesture on a lot: the containers it lies in are offered."""

    place_name = "container"
    machines_too = False

    def __init__(self, *args: Any, lot: Lot, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lot = lot
        rows = [(row.place, row.mass_mg) for row in queries.portions_of(lot.code)]
        offered = [
            (place, f"{shown.place(place)} · {mass(mass_mg)}")
            for place, mass_mg in rows
            if self.machines_too or not place.startswith("machine:")
        ]
        field = self.fields.get(self.place_name) if self.place_name else None
        if isinstance(field, forms.ChoiceField):
            field.choices = offered
            if len(offered) == 1:
                self.initial.setdefault(self.place_name, offered[0][0])


class TransferForm(OfLot):
    place_name = "source"
    source = forms.ChoiceField(label=pgettext_lazy("powder", "From"), choices=())
    target = ScanField(label=_("Into the container"), expects=_("Scan its label"))
    mass_mg = MassField(label=_("Mass moved"))
    field_order = ("source", "target", "mass_mg")


class SampleForm(OfLot):
    container = forms.ChoiceField(label=pgettext_lazy("powder", "From"), choices=())
    mass_mg = GramField(label=_("Mass of the sample"))
    purpose = forms.CharField(label=_("What for"), max_length=200, required=False)
    sample = forms.CharField(label=_("Number on the bag, if it has one"), max_length=60, required=False)
    field_order = ("container", "mass_mg", "purpose", "sample")


class OvenForm(OfLot):
    air = ("humidity_percent",)
    tool = None
    temperature_celsius = None
    container = forms.ChoiceField(label=_("Container"), choices=())
    oven = ScanField(label=_("Oven"), expects=_("Scan its label"), required=False)
    set_celsius = NumberField(label=_("Set-point (°C)"))
    atmosphere = forms.ChoiceField(label=_("Atmosphere"), choices=ATMOSPHERES, required=False)
    mass_mg = MassField(label=_("Mass before the oven"))
    field_order = ("container", "oven", "set_celsius", "atmosphere", "mass_mg")


class OutOfOvenForm(WithAir):
    air = ("humidity_percent",)
    tool = None
    temperature_celsius = None
    mass_mg = MassField(label=_("Mass out of the oven"))
    field_order = ("mass_mg",)


class ReturnForm(OfLot):
    air = ()
    tool = None
    temperature_celsius = None
    humidity_percent = None
    container = forms.ChoiceField(label=pgettext_lazy("powder", "From"), choices=())
    mass_mg = MassField(label=_("Mass returned"))
    reason = forms.CharField(label=_("Why"), max_length=400, widget=forms.Textarea)
    note = forms.CharField(label=_("Number of the transport note"), max_length=120, required=False)
    field_order = ("container", "mass_mg", "reason", "note")


class RejectForm(OfLot):
    air = ()
    tool = None
    temperature_celsius = None
    humidity_percent = None
    reason = forms.CharField(label=_("Why"), max_length=500, widget=forms.Textarea)


class OpenForm(OfLot):
    """The air of the room is what is asked."""

    air = ()
    tool = None


class ContaminateForm(forms.Form):
    about = ScanField(label=_("Container, machine or lot"), expects=_("Scan its label"))
    cause = forms.CharField(label=_("What contaminated it"), max_length=400, widget=forms.Textarea)

    def clean_about(self) -> str:
        """A container or a machine by its bare code too."""
        text = str(self.cleaned_data["about"]).strip()
        return (
            text
            if ":" in text
            else f"container:{text}"
            if queries.content(f"container:{text}").portions
            else text
        )


class ClearForm(forms.Form):
    """Which thing, for which material, after which finished gesture."""

    about = ScanField(label=_("Machine, sieve, tool or container"), expects=_("Scan its label"))
    material = forms.ChoiceField(label=_("For the material"), choices=())
    run = forms.TypedChoiceField(label=_("Change of material carried out"), choices=(), coerce=int)

    def __init__(self, *args: Any, about: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["material"].choices = [(m.code, f"{m.code} · {m.title}") for m in queries.materials()]
        runs = procedures.runs_about(about, state="done")[:20] if about else []
        self.fields["run"].choices = [
            (r.pk, f"{r.ref.partition(':')[2]} · {r.procedure.title_fr}") for r in runs
        ]
