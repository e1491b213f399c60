"""The fields of a safety data sheet and of a document."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from strate.workshop.people.roles import GIVEN, ROLES
from strate.workshop.safety import rules, wording
from strate.workshop.safety.forms.fields import LONG, SignsField, day, substances, ticks, words

WORN = ("M017", "M016", "M004", "M009", "M010", "M008", "M003", "M005")
PARTS = (
    (_("The product"), "code version supplier product material revision_date language file"),
    (_("Hazards (2) and composition (3)"), "signal pictograms hazards precautions composition un_number"),
    (_("First aid (4) and fire (5)"), "first_aid extinguisher fire_class agents never"),
    (_("Spill (6), handling and storage (7)"), "spill damp_cleaning storage"),
    (_("Recycling and disposal (13)"), "recycling disposal waste_stream waste_group"),
    (_("Other sections"), " ".join(f"section_{n}" for n in rules.SECTIONS)),
    (_("Follow-up by HSE"), "next_check"),
)


class SheetForm(forms.Form):
    """A version of a supplier's sheet: what matters on the floor, section by section."""

    code = forms.SlugField(label=_("Code of the product"), max_length=40)
    version = forms.CharField(label=_("Version"), max_length=30)
    supplier = forms.CharField(label=_("Supplier"), max_length=120)
    product = forms.CharField(label=_("Product"), max_length=120)
    material = forms.CharField(label=_("Material (code)"), max_length=40)
    revision_date = day(_("Revision date"), required=True)
    language = forms.ChoiceField(label=_("Language"), choices=[("fr", "Français"), ("en", "English")])
    file = forms.FileField(label=_("The supplier's file (PDF)"), required=False)
    un_number = forms.CharField(label=_("UN number (14)"), max_length=10, required=False)
    signal = forms.ChoiceField(
        label=_("Signal word"),
        choices=lambda: [(k, v or "—") for k, v in wording.SIGNALS.items()],
        required=False,
    )
    hazards = forms.CharField(label=_("H statements (2)"), required=False, help_text="H228 EUH032")
    precautions = forms.CharField(label=_("P statements (2)"), required=False, help_text="P210 P302+P352")
    pictograms = ticks(
        _("Pictograms"), lambda: [(code, f"{code} · {word}") for code, word in wording.GHS.items()]
    )
    composition = forms.CharField(
        label=_("Composition (3)"),
        required=False,
        widget=LONG,
        help_text=_("One substance a line: name; CAS number; least %; most %."),
    )
    first_aid = forms.CharField(label=_("First aid (4)"), widget=LONG, required=False)
    extinguisher = forms.CharField(label=_("Fire (5)"), widget=LONG, required=False)
    fire_class = forms.ChoiceField(
        label=_("Class of fire"),
        choices=[("", "—"), *((c, c) for c in rules.FIRE_CLASSES)],
        required=False,
    )
    agents = ticks(_("To use on a fire or a spill"), lambda: [(a, wording.AGENTS[a]) for a in rules.AGENTS])
    never = ticks(_("Never"), lambda: [(a, wording.AGENTS[a]) for a in rules.NEVER])
    spill = forms.CharField(label=_("Accidental spill (6)"), widget=LONG, required=False)
    damp_cleaning = forms.ChoiceField(
        label=_("May the rest be cleaned damp?"),
        choices=[("", _("the sheet does not say")), ("yes", _("yes")), ("no", _("no"))],
        required=False,
    )
    storage = forms.CharField(label=_("Handling and storage (7)"), widget=LONG, required=False)
    recycling = forms.CharField(label=_("Recycling"), widget=LONG, required=False)
    disposal = forms.CharField(label=_("Disposal (13)"), widget=LONG, required=False)
    waste_stream = forms.ChoiceField(
        label=_("Waste stream"), choices=lambda: [("", "—"), *wording.STREAMS.items()], required=False
    )
    waste_group = forms.ChoiceField(
        label=_("Shares its drum only with"),
        choices=lambda: [("", _("nothing else")), *wording.WASTE_GROUPS.items()],
        required=False,
    )
    next_check = day(_("Next check by HSE"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in rules.SECTIONS:
            self.fields[f"section_{number}"] = forms.CharField(
                label=wording.SECTIONS[number], widget=LONG, required=False
            )
        for operation in rules.OPERATIONS:
            self.fields[f"ppe_{operation}"] = SignsField(required=False, label=wording.OPERATIONS[operation])
            self.fields[f"words_{operation}"] = forms.CharField(
                required=False, max_length=300, label=wording.OPERATIONS[operation]
            )

    def parts(self) -> list[tuple[Any, list[BoundField]]]:
        """The fields under their headings, in the order of a sheet; equipment has a table of its own."""
        return [(title, [self[name] for name in names.split()]) for title, names in PARTS]

    def worn(self) -> Iterator[dict[str, Any]]:
        """Operation by operation: the signs, those ticked, and the words."""
        for operation in rules.OPERATIONS:
            field = self[f"ppe_{operation}"]
            ticked = [sign for each in field.value() or [] for sign in words(str(each))]
            yield {
                "operation": operation,
                "name": wording.OPERATIONS[operation],
                "field": field,
                "words": self[f"words_{operation}"],
                "signs": [(sign, sign in ticked) for sign in WORN],
                "told": bool(ticked or self[f"words_{operation}"].value() or field.errors),
            }

    def clean_hazards(self) -> list[str]:
        return words(self.cleaned_data["hazards"])

    def clean_precautions(self) -> list[str]:
        return words(self.cleaned_data["precautions"])

    def clean_composition(self) -> list[dict[str, str]]:
        return substances(self.cleaned_data["composition"])

    def values(self) -> dict[str, Any]:
        """What `type_sheet` takes, without the file."""
        given = dict(self.cleaned_data)
        given.pop("file")
        ppe = {name: given.pop(f"ppe_{name}") for name in rules.OPERATIONS}
        said = {name: given.pop(f"words_{name}") for name in rules.OPERATIONS}
        sections = {number: given.pop(f"section_{number}") for number in rules.SECTIONS}
        given["ppe"] = {name: signs for name, signs in ppe.items() if signs}
        given["ppe_words"] = {name: text for name, text in said.items() if text}
        given["sections"] = {number: text for number, text in sections.items() if text}
        return given


class DocumentForm(forms.Form):
    """A document put in force."""

    code = forms.SlugField(label=_("Code"), max_length=40)
    version = forms.CharField(label=_("Version"), max_length=30)
    kind = forms.ChoiceField(label=_("Kind"), choices=lambda: list(wording.DOCUMENT_KINDS.items()))
    title_fr = forms.CharField(label=_("Title in French"), max_length=120)
    title_en = forms.CharField(label=_("Title in English"), max_length=120)
    file = forms.FileField(label=_("The file (PDF)"), required=False)
    summary = forms.CharField(label=_("What to keep in mind"), widget=LONG, required=False)
    roles = ticks(_("Who reads it (nobody named: everyone)"), lambda: [(r, ROLES[r]) for r in GIVEN])
    machines = forms.CharField(
        label=_("Before work on these machines"), required=False, help_text="machine:M1 machine:M2"
    )
    materials = forms.CharField(
        label=_("Before handling these materials"), required=False, help_text="ti64 in718"
    )
    operations = ticks(_("Before these operations"), lambda: list(wording.OPERATIONS.items()))
    read_before = day(_("To be read before"), help_text=_("After that day, reminders leave by themselves."))

    def clean_machines(self) -> list[str]:
        return words(self.cleaned_data["machines"])

    def clean_materials(self) -> list[str]:
        return words(self.cleaned_data["materials"])
