"""The fields of the parts' pages."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from strate.workshop.parts import rules


class PartForm(forms.Form):
    code = forms.CharField(label=_("Part number"), max_length=60, help_text=_("As on the drawing."))
    title = forms.CharField(label=_("Name"), max_length=160)
    customer = forms.CharField(label=_("Customer"), max_length=120, required=False)


class UploadForm(forms.Form):
    revision = forms.CharField(label=_("Revision"), max_length=20)
    layer_um = forms.IntegerField(
        label=_("Layer thickness (µm)"), min_value=5, max_value=1000, initial=rules.DEFAULT_LAYER_UM
    )
    machine = forms.ChoiceField(label=_("Must fit in"), required=False)

    def __init__(self, *args: Any, machines: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["machine"].choices = [("", _("Any machine")), *machines]
