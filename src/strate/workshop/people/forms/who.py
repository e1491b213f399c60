"""The fields of the people room's pages."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from strate.workshop.people.roles import GIVEN, ROLES
from strate.workshop.site.settings import TIME_ZONES

LANGUAGES = [("fr", "Français"), ("en", "English")]
SECRET = forms.PasswordInput(attrs={"autocomplete": "off", "data-nodraft": ""})
NEW_SECRET = forms.PasswordInput(attrs={"autocomplete": "new-password", "data-nodraft": ""})
NEW_PIN = forms.PasswordInput(
    attrs={"autocomplete": "off", "inputmode": "numeric", "maxlength": 6, "data-nodraft": ""}
)


class PasswordSignIn(forms.Form):
    login = forms.CharField(
        label=_("Login"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "username"})
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "data-nodraft": ""}),
    )


class PersonForm(forms.Form):
    name = forms.CharField(label=_("First and last name"), max_length=120)
    login = forms.CharField(
        label=_("Login"), max_length=60, required=False, help_text=_("Made from the name when left empty.")
    )
    badge = forms.CharField(
        label=_("Badge"), max_length=60, required=False, help_text=_("Scan it in this field.")
    )
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES, initial="fr")
    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(role, ROLES[role]) for role in GIVEN],
    )


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"), choices=[(role, ROLES[role]) for role in GIVEN])


class BadgeForm(forms.Form):
    badge = forms.CharField(label=_("New badge"), max_length=60, help_text=_("Scan it in this field."))
    reason = forms.CharField(
        label=_("Reason"), max_length=200, required=False, help_text=_("Lost, broken, first badge...")
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=200)


class GivenPinForm(forms.Form):
    new_pin = forms.CharField(
        label=_("Temporary PIN"),
        max_length=6,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "data-nodraft": ""}),
    )


class GivenPasswordForm(forms.Form):
    new_password = forms.CharField(
        label=_("Temporary password"),
        max_length=128,
        strip=False,
        widget=forms.TextInput(attrs={"data-nodraft": ""}),
    )


class OwnPinForm(forms.Form):
    old_pin = forms.CharField(
        label=_("Your PIN today"), max_length=200, required=False, strip=False, widget=SECRET
    )
    new_pin = forms.CharField(label=_("Your new PIN, six digits"), max_length=6, widget=NEW_PIN)
    again = forms.CharField(label=_("The same again"), max_length=6, widget=NEW_PIN)


class OwnPasswordForm(forms.Form):
    old_password = forms.CharField(
        label=_("Your password or PIN today"), max_length=200, required=False, strip=False, widget=SECRET
    )
    new_password = forms.CharField(
        label=_("Your new password"), max_length=128, strip=False, widget=NEW_SECRET
    )
    again = forms.CharField(label=_("The same again"), max_length=128, strip=False, widget=NEW_SECRET)


class StationForm(forms.Form):
    code = forms.SlugField(
        label=_("Short code"), max_length=40, help_text=_("Letters, digits and dashes: hall-1")
    )
    title = forms.CharField(label=_("Name on the screen"), max_length=120)
    place = forms.ChoiceField(label=_("Where it stands"), required=False)
    shared = forms.BooleanField(
        label=_("Shared by several people (badge and PIN)"), required=False, initial=True
    )
    idle_minutes = forms.IntegerField(
        label=_("Asks who is there after (min)"), min_value=1, max_value=240, initial=5
    )

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [("", "—"), *places]


class TokenForm(forms.Form):
    title = forms.CharField(label=_("What the program is"), max_length=120)
    days = forms.IntegerField(label=_("Valid for (days)"), min_value=1, max_value=3660, initial=365)


class InstallForm(forms.Form):
    """The first three questions of a new site, and its first administrator."""

    site_name = forms.CharField(label=_("Name of the site"), max_length=120)
    time_zone = forms.ChoiceField(
        label=_("Time zone"), choices=list(TIME_ZONES.items()), initial="Europe/Paris"
    )
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES, initial="fr")
    name = forms.CharField(label=_("Your first and last name"), max_length=120)
    login = forms.CharField(label=_("Your login"), max_length=60)
    new_password = forms.CharField(
        label=_("Your password"),
        max_length=128,
        strip=False,
        widget=NEW_SECRET,
        help_text=_("At least twelve characters; a short sentence is best."),
    )
    again = forms.CharField(
        label=_("The same password again"), max_length=128, strip=False, widget=NEW_SECRET
    )
    badge = forms.CharField(
        label=_("Your badge"), max_length=60, required=False, help_text=_("Scan it in this field.")
    )
    new_pin = forms.CharField(label=_("Your PIN, six digits"), max_length=6, widget=NEW_PIN)
