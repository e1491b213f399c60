"""What is typed in a routing: dense, for the keyboard; rows that stay empty are left out."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from strate.workshop.feedstock import queries as feedstock
from strate.workshop.feedstock import wording as powder_words
from strate.workshop.routings import rules, wording

PARAMETERS = ("name", "laser_w", "scan_mm_s", "hatch_um", "layer_um", "plate_celsius", "gas", "source")
FURNACE = ("celsius", "minutes", "ramp_celsius_min", "tolerance_celsius", "atmosphere", "source")
NUMBERS = frozenset(PARAMETERS + FURNACE) - {"name", "gas", "source", "atmosphere"}
AGE_BY = (("max", _("that of the oldest powder")), ("mean", _("the mean, by mass")))

SUPPLIERS = (("", _("As the site decides")), ("True", _("Allowed")), ("False", _("Refused")))


def _materials() -> list[tuple[str, str]]:
    return [("", "—"), *((m.code, f"{m.code} · {m.title}") for m in feedstock.materials())]


def _text(label: Any, most: int = 200) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, required=False)


class NewForm(forms.Form):
    """A new routing: its first version starts as a draft."""

    code = forms.SlugField(label=_("Code"), max_length=40)
    title = forms.CharField(label=_("Title"), max_length=160)


class WhyForm(forms.Form):
    why = forms.CharField(label=_("Why a new version"), max_length=500, widget=forms.Textarea)


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Why"), max_length=500, widget=forms.Textarea)


class HeadForm(forms.Form):
    """What is made of what, on which machines."""

    title = forms.CharField(label=_("Title"), max_length=160)
    material = forms.ChoiceField(label=_("Material"), choices=_materials, required=False)
    machine_models = _text(_("Machine models, separated by commas"), 400)
    recoater = _text(_("Recoater"))
    dosing_factor = _text(_("Dosing factor"), 10)
    age_by = forms.ChoiceField(label=_("Age of a mixture of powders"), choices=AGE_BY)
    one_lot_only = forms.BooleanField(label=_("One lot only, never mixed"), required=False)
    reuse = forms.ChoiceField(
        label=_("Reuse of the powder"), choices=list(powder_words.REUSES.items()), required=False
    )
    several_supplier_lots = forms.TypedChoiceField(
        label=_("Blend different supplier lots"),
        choices=SUPPLIERS,
        required=False,
        coerce=lambda said: said == "True",
        empty_value=None,
    )
    visual = forms.CharField(label=_("Looked for by eye, one a line"), required=False, widget=forms.Textarea)


class ParametersForm(forms.Form):
    name = _text(_("Name of the parameter set"))
    laser_w = _text(_("Laser power (W)"), 20)
    scan_mm_s = _text(_("Scan speed (mm/s)"), 20)
    hatch_um = _text(_("Hatch distance (µm)"), 20)
    layer_um = _text(_("Layer thickness (µm)"), 20)
    plate_celsius = _text(_("Plate temperature (°C)"), 20)
    gas = _text(_("Gas"))
    source = _text(_("Source"))


class FurnaceForm(forms.Form):
    celsius = _text(_("Temperature (°C)"), 20)
    minutes = _text(_("Soak (min)"), 20)
    ramp_celsius_min = _text(_("Ramp (°C/min)"), 20)
    tolerance_celsius = _text(_("Tolerance (± °C)"), 20)
    atmosphere = _text(_("Atmosphere"))
    source = _text(_("Source"))


class OperationForm(forms.Form):
    number = _text(_("No."), 4)
    title = _text(_("Operation"))
    kind = forms.ChoiceField(label=_("Kind"), choices=list(wording.OPERATION_KINDS.items()), required=False)
    means = _text(_("Means"), 400)
    procedure = _text(_("Procedure"))
    documents = _text(_("Documents"), 400)


class MeasurementForm(forms.Form):
    name = _text(_("Characteristic"))
    nominal = _text(_("Nominal"), 20)
    lower = _text(_("Lower"), 20)
    upper = _text(_("Upper"), 20)
    unit = _text(_("Unit"), 20)
    gauge = _text(_("Gauge"))


class ZoneForm(forms.Form):
    name = _text(_("Zone"))
    x_from = _text(_("x from (mm)"), 20)
    x_to = _text(_("x to (mm)"), 20)
    y_from = _text(_("y from (mm)"), 20)
    y_to = _text(_("y to (mm)"), 20)
    z_from = _text(_("z from (mm)"), 20)
    z_to = _text(_("z to (mm)"), 20)
    lower = _text(_("Lower (mm)"), 20)
    upper = _text(_("Upper (mm)"), 20)


class LimitForm(forms.Form):
    value = _text(_("Limit"), 20)
    source = _text(_("Source"))


Operations = forms.formset_factory(OperationForm, extra=2, max_num=60)
Measurements = forms.formset_factory(MeasurementForm, extra=2, max_num=200)
Zones = forms.formset_factory(ZoneForm, extra=2, max_num=200)


class Sheet:
    """All the forms of one version, read together into a content."""

    def __init__(self, content: Mapping[str, Any], title: str, data: Any = None) -> None:
        controls = content["controls"]
        self.head = HeadForm(data, initial=_head(content, title), prefix="head")
        self.parameters = ParametersForm(data, initial=content["parameters"], prefix="parameters")
        self.furnace = FurnaceForm(data, initial=content["furnace"] or {}, prefix="furnace")
        rows = [_joined(op, ("means", "documents")) for op in content["operations"]]
        self.operations = Operations(data, initial=rows, prefix="operations")
        self.measurements = Measurements(data, initial=controls["measurements"], prefix="measurements")
        self.zones = Zones(data, initial=controls.get("scan_zones", []), prefix="zones")
        self.limits = [
            (
                word,
                rules.LIMITS[name],
                LimitForm(data, initial=content["limits"].get(name), prefix=f"limit-{name}"),
            )
            for name, word in wording.LIMIT_NAMES.items()
        ]

    @property
    def forms(self) -> list[Any]:
        loose = [form for _word, _unit, form in self.limits]
        return [
            self.head,
            self.parameters,
            self.furnace,
            self.operations,
            self.measurements,
            self.zones,
            *loose,
        ]

    def is_valid(self) -> bool:
        # Every form is read, so that all that is wrong is shown at once.
        return not [form for form in self.forms if not form.is_valid()]

    @property
    def title(self) -> str:
        return str(self.head.cleaned_data["title"])

    def content(self) -> dict[str, Any]:
        """What was typed, as the rules read it."""
        head = self.head.cleaned_data
        furnace = _filled(self.furnace.cleaned_data)
        limits = {
            form.prefix.removeprefix("limit-"): _limit(form.cleaned_data)
            for _word, _unit, form in self.limits
            if form.cleaned_data.get("value")
        }
        return {
            "material": head["material"],
            "machine_models": _split(head["machine_models"]),
            "recoater": head["recoater"],
            "dosing_factor": _number(head["dosing_factor"]) or "1",
            "age_by": head["age_by"],
            "one_lot_only": head["one_lot_only"],
            "reuse": head["reuse"],
            "several_supplier_lots": head["several_supplier_lots"],
            "operations": [_operation(row) for row in _rows(self.operations, "title")],
            "parameters": _filled(self.parameters.cleaned_data),
            "limits": limits,
            "controls": {
                "visual": [line.strip() for line in head["visual"].splitlines() if line.strip()],
                "measurements": [_measurement(row) for row in _rows(self.measurements, "name")],
                "scan_zones": [_zone(row) for row in _rows(self.zones, "name")],
            },
            "furnace": furnace or None,
        }


def _head(content: Mapping[str, Any], title: str) -> dict[str, Any]:
    flat = _joined(content, ("machine_models",))
    return {**flat, "title": title, "visual": "\n".join(content["controls"]["visual"])}


def _joined(row: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {**row, **{name: ", ".join(row[name]) for name in names}}


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _number(text: str) -> str:
    """A number as typed, with a comma or a point; what it is worth is judged by the rules."""
    return text.strip().replace("\u202f", "").replace(",", ".")


def _filled(row: Mapping[str, str]) -> dict[str, str]:
    """What was filled in; numbers with a comma are read too."""
    return {name: _number(text) if name in NUMBERS else text for name, text in row.items() if text}


def _limit(row: Mapping[str, str]) -> dict[str, str]:
    return {"value": _number(row["value"]), "source": row["source"]}


def _rows(formset: Any, name: str) -> list[Mapping[str, str]]:
    return [row for row in (form.cleaned_data for form in formset) if row.get(name)]


def _operation(row: Mapping[str, str]) -> dict[str, Any]:
    return {**row, "means": _split(row["means"]), "documents": _split(row["documents"])}


def _measurement(row: Mapping[str, str]) -> dict[str, str]:
    numbers = {name: _number(row[name]) for name in ("nominal", "lower", "upper")}
    return {**row, **numbers, "unit": row["unit"] or "mm"}


def _zone(row: Mapping[str, str]) -> dict[str, Any]:
    return {name: text if name == "name" else _number(text) for name, text in row.items()}
