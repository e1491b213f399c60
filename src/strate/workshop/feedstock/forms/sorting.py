"""What is typed when powder is sorted: what passed the sieve and what did not, what is thrown away and where."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from strate.workshop.feedstock import queries
from strate.workshop.feedstock.forms.gestures import ATMOSPHERES, MassField, OfLot, ScanField
from strate.workshop.machines import queries as machines
from strate.workshop.safety import queries as safety
from strate.workshop.safety import wording as safety_words


class SieveForm(OfLot):
    """Sieve, mesh and what the eye saw of it, then the scale."""

    place_name = ""
    sieve_machine = ScanField(label=_("Sieve"), expects=_("Scan its label"), required=False)
    mesh = ScanField(label=_("Mesh fitted"), expects=_("Scan its label"), required=False)
    mesh_um = forms.IntegerField(label=_("Mesh (µm)"), min_value=1, max_value=5000)
    mesh_whole = forms.TypedChoiceField(
        label=_("The mesh, looked at before and after"),
        choices=(("yes", pgettext_lazy("mesh", "Whole")), ("no", _("Torn: the powder is contaminated"))),
        widget=forms.RadioSelect,
        coerce=lambda said: said == "yes",
    )
    through_mg = MassField(label=_("Passed"))
    oversize_mg = MassField(label=_("Stayed on the mesh"))
    container = ScanField(
        label=_("Into the container"), expects=_("The same one if left empty"), required=False
    )
    drum = forms.ChoiceField(label=_("Drum for what stayed on the mesh"), choices=(), required=False)
    atmosphere = forms.ChoiceField(label=_("Atmosphere"), choices=ATMOSPHERES, required=False)
    minutes = forms.IntegerField(
        label=_("Time on the sieve (min)"), min_value=0, max_value=100_000, required=False
    )
    air = ("atmosphere", "minutes", "temperature_celsius", "humidity_percent")
    tool = None
    field_order = (
        *("sieve_machine", "mesh", "mesh_um", "mesh_whole", "through_mg", "oversize_mg", "container", "drum"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered, suited = drums(self.lot.material.code, "oversize")
        self.fields["drum"].choices = offered
        self.initial = {"mesh_um": self.lot.material.sieve_um, "drum": suited, **self._usual()} | self.initial

    def _usual(self) -> dict[str, str]:
        """The only sieve of this material, and the mesh on it: there already, scanned only when it is another."""
        found = list(machines.machines("sieve").filter(material__in=("", self.lot.material.code))[:2])
        if len(found) != 1:
            return {}
        mesh = machines.fitted(found[0].code).get("mesh")
        return {"sieve_machine": found[0].code, "mesh": mesh.code if mesh else ""}

    @property
    def tools(self) -> list[str]:
        """The sieve the form starts with."""
        code = self.initial.get("sieve_machine")
        return [f"machine:{code}"] if code else []

    def clean_minutes(self) -> int:
        return self.cleaned_data.get("minutes") or 0

    def clean_sieve_machine(self) -> str:
        code = str(self.cleaned_data["sieve_machine"]).strip()
        return f"machine:{code.removeprefix('machine:')}" if code else ""


class WasteForm(OfLot):
    place_name = "place"
    machines_too = True
    air = ("tool",)
    temperature_celsius = None
    humidity_percent = None
    place = forms.ChoiceField(label=pgettext_lazy("powder", "From"), choices=())
    drum = forms.ChoiceField(label=_("Waste drum"), choices=())
    mass_mg = MassField(label=_("Mass thrown away"))
    reason = forms.CharField(label=_("Why"), max_length=400, required=False, widget=forms.Textarea)
    field_order = ("place", "drum", "mass_mg", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered, suited = drums(self.lot.material.code, queries.waste_stream(self.lot))
        self.fields["drum"].choices = offered
        self.initial.setdefault("drum", suited)


def drums(material: str, stream: str) -> tuple[list[tuple[Any, Any]], str]:
    """The open waste drums, those of this stream first and apart; and the one to be finished first."""
    suited = safety.drums_for(stream, material) if stream else []
    others = [each for each in safety.drums(state="open") if each not in suited]
    offered: list[tuple[Any, Any]] = [("", "—")]
    if suited:
        offered.append((safety_words.STREAMS[stream], [_named(each) for each in suited]))
    if others:
        offered.append((_("Other streams"), [_named(each) for each in others]))
    return offered, suited[0].code if suited else ""


def _named(drum: safety.WasteContainer) -> tuple[str, str]:
    return drum.code, f"{drum.code} · {safety_words.STREAMS[drum.stream]}"
