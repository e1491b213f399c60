"""The fields of certificates, layouts and keys."""

from django import forms
from django.utils.translation import gettext_lazy as _

from strate.workshop.qualification.wording.award import PAPERS


class KeyForm(forms.Form):
    """The key of the centre: its own, or a new one made here."""

    centre = forms.CharField(label=_("Certification centre"), max_length=160)
    pem = forms.CharField(
        label=_("Private key (Ed25519, PEM)"),
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false", "data-nodraft": ""}),
        required=False,
        help_text=_("Left empty, a key is made here. It never leaves this server."),
    )


class LayoutForm(forms.Form):
    """A layout of the centre, for one kind of paper."""

    kind = forms.ChoiceField(label=_("Paper"), choices=lambda: list(PAPERS.items()))
    file = forms.FileField(label=_("Typst file (.typ)"))

    def clean_file(self) -> str:
        """The text of the file."""
        sent = self.cleaned_data["file"]
        if sent.size > 60_000:
            raise forms.ValidationError(_("This file is too large for a layout."))
        try:
            return str(sent.read().decode("utf-8"))
        except UnicodeDecodeError:
            raise forms.ValidationError(_("This is not a text.")) from None
