"""What is typed about powder: kilograms with a comma, codes scanned, the checks of the door, properties."""

from django import forms

from strate.workshop.feedstock.forms.fields import DayInput, KgField, NumberField
from strate.workshop.feedstock.forms.life import (
    AnnounceForm,
    CheckForm,
    LoadForm,
    OpenForm,
    ReasonForm,
    ReceiveForm,
    SieveForm,
    UnloadForm,
    WeighAgainForm,
)
from strate.workshop.feedstock.forms.matter import MaterialForm

__all__ = [
    "AnnounceForm",
    "CheckForm",
    "DayInput",
    "KgField",
    "LoadForm",
    "MaterialForm",
    "NumberField",
    "OpenForm",
    "ReasonForm",
    "ReceiveForm",
    "SieveForm",
    "UnloadForm",
    "WeighAgainForm",
    "forms",
]
