"""What is typed to blend: for which machine, how much, then the mass of each lot, beside what the house proposes."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import MinValueValidator
from django.utils.translation import gettext_lazy as _

from strate.workshop.feedstock import queries, wording
from strate.workshop.feedstock.forms.fields import KgField
from strate.workshop.feedstock.forms.gestures import MassField, ScanField, WithAir
from strate.workshop.machines import queries as machines


class AskForm(forms.Form):
    """For which machine (its job gives the need and the limits), or which material and how much."""

    machine = forms.ChoiceField(label=_("Machine"), choices=(), required=False)
    material = forms.ChoiceField(label=_("Material"), choices=(), required=False)
    need_mg = KgField(label=_("Mass needed (kg)"), required=False)
    policy = forms.ChoiceField(label=_("Proposed"), choices=list(wording.POLICIES.items()), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        printers = [(m.code, f"{m.code} · {m.title}") for m in machines.machines("printer")]
        materials = [(m.code, f"{m.code} · {m.title}") for m in queries.materials()]
        self.fields["machine"].choices = [("", "—"), *printers]
        self.fields["material"].choices = [("", "—"), *materials]

    def clean_need_mg(self) -> int | None:
        need_mg: int | None = self.cleaned_data["need_mg"]
        MinValueValidator(0)(need_mg or 0)
        return need_mg


class BlendForm(WithAir):
    """The mass of each lot, and what is made of them."""

    lot = forms.CharField(label=_("Code of the blend"), max_length=40)
    container = ScanField(label=_("Container of the blend"), expects=_("Scan its label"))
    mixing_min = forms.IntegerField(
        label=_("Mixing time (min)"), min_value=0, max_value=100_000, required=False
    )
    total_mg = MassField(label=_("Mass of the whole on the scale"), required=False)
    override = forms.CharField(max_length=400, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, lots: Mapping[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # By their place in the list: what is left aside is not on the screen, and leaves a gap in the numbers.
        self.lots = dict(lots)
        for n, lot in self.lots.items():
            self.fields[f"mass_{n}"] = KgField(label=lot, required=False)
            self.fields[f"mass_{n}"].widget.attrs["class"] = "input"

    @property
    def made_fields(self) -> list[Any]:
        return [self[name] for name in ("lot", "container", "mixing_min", "total_mg")]

    def pours(self) -> dict[str, int]:
        """What each lot gives; a line left empty gives nothing."""
        masses = {lot: self.cleaned_data.get(f"mass_{n}") for n, lot in self.lots.items()}
        return {lot: mass_mg for lot, mass_mg in masses.items() if mass_mg}

    def values(self) -> dict[str, Any]:
        """As the action wants it."""
        names = ("lot", "container", "total_mg", "mixing_min", *self.air)
        found = {name: self.cleaned_data.get(name) for name in names}
        return {**{k: v for k, v in found.items() if v not in (None, "")}, "pours": self.pours()}


def kilograms(mass_mg: int) -> str:
    """A mass as a person types it in the field of a lot."""
    text = format((Decimal(mass_mg) / 1_000_000).normalize(), "f")
    return text.replace(".", ",")
