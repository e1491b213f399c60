"""The fields of safety."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from strate.workshop.people.roles import GIVEN, ROLES
from strate.workshop.safety import rules, wording

LONG = forms.Textarea(attrs={"rows": 4})


def words(text: str) -> list[str]:
    """Codes separated by spaces, commas or new lines."""
    return [word for word in text.replace(",", " ").replace(";", " ").split() if word]


class SheetForm(forms.Form):
    """A version of a supplier's sheet: what matters on the floor, section by section."""

    code = forms.SlugField(label=_("Code"), max_length=60)
    version = forms.CharField(label=_("Version"), max_length=30)
    supplier = forms.CharField(label=_("Supplier"), max_length=120)
    product = forms.CharField(label=_("Product"), max_length=160)
    material = forms.CharField(label=_("Material (code)"), max_length=60)
    revision_date = forms.DateField(
        label=_("Revision date"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    language = forms.ChoiceField(label=_("Language"), choices=[("fr", "Français"), ("en", "English")])
    un_number = forms.CharField(label=_("UN number"), max_length=10, required=False)
    signal = forms.ChoiceField(
        label=_("Signal word"),
        choices=lambda: [(k, v or "—") for k, v in wording.SIGNALS.items()],
        required=False,
    )
    hazards = forms.CharField(label=_("H statements (2)"), required=False)
    precautions = forms.CharField(label=_("P statements (2)"), required=False)
    pictograms = forms.MultipleChoiceField(
        label=_("Pictograms"),
        choices=lambda: [(code, f"{code} · {word}") for code, word in wording.GHS.items()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    ppe_powder = forms.CharField(
        label=_("To wear, open powder (8)"), required=False, help_text="M017 M004 M009 M010"
    )
    ppe_running = forms.CharField(label=_("To wear, machine closed (8)"), required=False)
    ppe_filter = forms.CharField(label=_("To wear, filter change (8)"), required=False)
    ppe_spill = forms.CharField(label=_("To wear, spill (6, 8)"), required=False)
    first_aid = forms.CharField(label=_("First aid (4)"), widget=LONG, required=False)
    extinguisher = forms.CharField(label=_("Fire (5)"), widget=LONG, required=False)
    spill = forms.CharField(label=_("Accidental spill (6)"), widget=LONG, required=False)
    storage = forms.CharField(label=_("Handling and storage (7)"), widget=LONG, required=False)
    recycling = forms.CharField(label=_("Recycling"), widget=LONG, required=False)
    disposal = forms.CharField(label=_("Disposal (13)"), widget=LONG, required=False)
    waste_stream = forms.ChoiceField(
        label=_("Waste stream"), choices=lambda: [("", "—"), *wording.STREAMS.items()], required=False
    )
    next_check = forms.DateField(
        label=_("Next check by HSE"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        required=False,
    )

    def clean_hazards(self) -> list[str]:
        return words(self.cleaned_data["hazards"])

    def clean_precautions(self) -> list[str]:
        return words(self.cleaned_data["precautions"])

    def values(self) -> dict[str, Any]:
        """What `type_sheet` takes."""
        given = dict(self.cleaned_data)
        operations = {
            name: words(given.pop(f"ppe_{name}")) for name in ("powder", "running", "filter", "spill")
        }
        given["ppe"] = {name: signs for name, signs in operations.items() if signs}
        return given

    def clean(self) -> dict[str, Any]:
        for name in ("ppe_powder", "ppe_running", "ppe_filter", "ppe_spill"):
            unknown = [sign for sign in words(self.cleaned_data.get(name, "")) if sign not in rules.SIGNS]
            if unknown:
                self.add_error(name, _("Unknown signs: %(signs)s") % {"signs": " ".join(unknown)})
        return self.cleaned_data


class DocumentForm(forms.Form):
    """A document put in force."""

    code = forms.SlugField(label=_("Code"), max_length=60)
    version = forms.CharField(label=_("Version"), max_length=30)
    kind = forms.ChoiceField(label=_("Kind"), choices=lambda: list(wording.DOCUMENT_KINDS.items()))
    title_fr = forms.CharField(label=_("Title in French"), max_length=160)
    title_en = forms.CharField(label=_("Title in English"), max_length=160)
    summary = forms.CharField(label=_("What to keep in mind"), widget=LONG, required=False)
    roles = forms.MultipleChoiceField(
        label=_("Who reads it (nobody named: everyone)"),
        choices=lambda: [(r, ROLES[r]) for r in GIVEN],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    machines = forms.CharField(
        label=_("For which machines"), required=False, help_text="machine:M1 machine:M2"
    )

    def clean_machines(self) -> list[str]:
        return words(self.cleaned_data["machines"])


class DrumForm(forms.Form):
    """A drum put in service."""

    code = forms.SlugField(label=_("Code"), max_length=60)
    stream = forms.ChoiceField(label=_("Waste stream"), choices=lambda: list(wording.STREAMS.items()))
    waste_code = forms.CharField(
        label=_("Waste code"),
        max_length=10,
        required=False,
        help_text=_("Your choice as producer; empty while not chosen."),
    )
    place = forms.CharField(label=_("Place"), max_length=120, required=False)


class WasteForm(forms.Form):
    """Waste weighed and put in a drum."""

    stream = forms.ChoiceField(label=_("Waste stream"), choices=lambda: list(wording.STREAMS.items()))
    mass = forms.CharField(label=_("Mass"), max_length=20)
    container = forms.CharField(label=_("Drum"), max_length=80)
    about = forms.CharField(label=_("From which build or work"), max_length=120, required=False)

    def clean_mass(self) -> int:
        """Kilograms as typed, as whole milligrams."""
        typed = self.cleaned_data["mass"].replace("\u202f", "").replace(" ", "").replace(",", ".")
        try:
            mass_mg = Decimal(typed).scaleb(6)
        except ArithmeticError:
            raise forms.ValidationError(_("This is not a mass.")) from None
        if not mass_mg.is_finite() or mass_mg != mass_mg.to_integral_value() or abs(mass_mg) > 10**15:
            raise forms.ValidationError(_("This is not a mass."))
        return int(mass_mg)

    def clean_container(self) -> str:
        return str(self.cleaned_data["container"]).strip().removeprefix("drum:")
