"""What is typed about powder: kilograms with a comma, codes scanned, the checks of the door, properties."""

from django import forms

from strate.workshop.feedstock.forms.door import AnnounceForm, CheckForm, ReceiveForm
from strate.workshop.feedstock.forms.fields import DayInput, KgField, NumberField
from strate.workshop.feedstock.forms.foreseen import ForeseenForm
from strate.workshop.feedstock.forms.gestures import (
    ClearForm,
    ContaminateForm,
    MassField,
    OpenForm,
    OutOfOvenForm,
    OvenForm,
    RejectForm,
    ReturnForm,
    SampleForm,
    ScanField,
    TransferForm,
    WithAir,
)
from strate.workshop.feedstock.forms.life import (
    LoadForm,
    ReasonForm,
    UnloadForm,
    WeighAgainForm,
)
from strate.workshop.feedstock.forms.matter import ContainerForm, LimitForm, MaterialForm
from strate.workshop.feedstock.forms.properties import CertifyForm, MeasureForm
from strate.workshop.feedstock.forms.sorting import SieveForm, WasteForm

__all__ = [
    "AnnounceForm",
    "CertifyForm",
    "CheckForm",
    "ClearForm",
    "ContainerForm",
    "ContaminateForm",
    "DayInput",
    "ForeseenForm",
    "KgField",
    "LimitForm",
    "LoadForm",
    "MassField",
    "MaterialForm",
    "MeasureForm",
    "NumberField",
    "OpenForm",
    "OutOfOvenForm",
    "OvenForm",
    "ReasonForm",
    "ReceiveForm",
    "RejectForm",
    "ReturnForm",
    "SampleForm",
    "ScanField",
    "SieveForm",
    "TransferForm",
    "UnloadForm",
    "WasteForm",
    "WeighAgainForm",
    "WithAir",
    "forms",
]
