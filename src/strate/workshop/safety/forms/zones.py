"""The fields of zones and of the air."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from strate.workshop.people.roles import AUTHORISATIONS
from strate.workshop.safety import rules, wording
from strate.workshop.safety.forms.fields import LONG, NumberField, SignsField, day, ticks, words
from strate.workshop.safety.forms.sheets import WORN


class ZoneForm(forms.Form):
    """What a place is and what it asks."""

    kinds = ticks(_("What it is"), lambda: list(wording.ZONE_KINDS.items()))
    authorisations = forms.CharField(
        label=_("Authorisations needed, one a line"),
        required=False,
        widget=LONG,
        help_text=_("Kind, then what for: « zone powder-room », « equipment atex-1 »."),
    )
    documents = forms.CharField(label=_("Documents to have read (codes)"), required=False)
    materials = forms.CharField(label=_("Materials handled there (codes)"), required=False)
    ppe = SignsField(
        label=_("To wear"),
        required=False,
        choices=lambda: [(s, s) for s in WORN],
    )
    oxygen_min_percent = NumberField(
        label=_("Oxygen at least (%)"), required=False, help_text=_("19.5 % where inert gas may leak.")
    )
    second_person = forms.BooleanField(label=_("Never alone: a second person watches"), required=False)
    badge = forms.BooleanField(label=_("The badge is shown at its tablet"), required=False)
    longest_stay_min = forms.IntegerField(
        label=_("Longest stay (minutes)"), required=False, min_value=1, max_value=1440
    )
    note = forms.CharField(label=_("Note"), required=False, max_length=400, widget=LONG)
    source = forms.CharField(label=_("Where this comes from (DRPCE, sheet, rule)"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        from strate.templatetags._pictograms import pictogram_word

        worn = [(s, f"{s} · {pictogram_word(s)}") for s in WORN]
        self.fields["ppe"].choices = worn

    def clean_authorisations(self) -> list[tuple[str, str]]:
        """« zone poudres »: the kind, then the scope, which may be empty."""
        pairs = []
        for line in self.cleaned_data["authorisations"].splitlines():
            kind, _space, scope = line.strip().partition(" ")
            if not kind:
                continue
            if kind not in AUTHORISATIONS:
                known = ", ".join(AUTHORISATIONS)
                raise forms.ValidationError(
                    _("« %(typed)s » is none of: %(known)s") % {"typed": kind, "known": known}
                )
            pairs.append((kind, scope.strip()))
        return pairs

    def clean_documents(self) -> list[str]:
        return words(self.cleaned_data["documents"])

    def clean_materials(self) -> list[str]:
        return words(self.cleaned_data["materials"])


class _Placed(forms.Form):
    """A form that names one of the site's places."""

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "—"), *places]
        self.fields["place"].choices = choices


class EquipmentForm(_Placed):
    """A piece of equipment and its plate."""

    code = forms.SlugField(label=_("Code"), max_length=40)
    title = forms.CharField(label=_("Name"), max_length=120)
    category = forms.ChoiceField(
        label=_("ATEX category on its plate"),
        choices=[("", "—"), *((c, c) for c in rules.ATEX_CATEGORIES)],
        required=False,
    )
    marking = forms.CharField(label=_("Full marking"), max_length=120, required=False)
    place = forms.ChoiceField(label=_("Place"), required=False)
    machine = forms.CharField(
        label=_("The machine it is, if it is one"), max_length=60, required=False, help_text="machine:TAMIS-1"
    )


class SilicaForm(_Placed):
    """A sampling of dust (mg/m³)."""

    measured_on = day(_("Sampled on"), required=True)
    place = forms.ChoiceField(label=_("Place"), required=False)
    inhalable = NumberField(label=_("Inhalable dust without silica Cns (mg/m³)"))
    quartz = NumberField(label=_("Quartz Cq (mg/m³)"))
    cristobalite = NumberField(label=_("Cristobalite Cc (mg/m³)"), required=False)
    tridymite = NumberField(label=_("Tridymite Ct (mg/m³)"), required=False)


class OxygenForm(_Placed):
    """A release of inert gas in a room."""

    measured_on = day(_("Day"), required=True)
    place = forms.ChoiceField(label=_("Place"), required=False)
    room_m3 = NumberField(label=_("Volume of the room (m³)"))
    gas_m3 = NumberField(label=_("Gas released (m³)"))


class DustForm(forms.Form):
    """The Kst of a dust."""

    measured_on = day(_("Day"), required=True)
    about = forms.CharField(label=_("Which dust (material or product)"), max_length=120)
    kst_bar_m_s = NumberField(label=_("Kst (bar·m/s)"))
    source = forms.CharField(label=_("Source"), max_length=200, required=False)


class DivisorsForm(forms.Form):
    """New limits of the silica index."""

    valid_from = day(_("From"), required=True)
    inhalable = NumberField(label=_("Inhalable dust (mg/m³)"))
    quartz = NumberField(label=_("Quartz (mg/m³)"))
    cristobalite = NumberField(label=_("Cristobalite (mg/m³)"))
    tridymite = NumberField(label=_("Tridymite (mg/m³)"))
    source = forms.CharField(label=_("Text"), max_length=200)
