"""The fields of safety."""

from strate.workshop.safety.forms.sheets import DocumentForm, SheetForm
from strate.workshop.safety.forms.spills import RecordForm
from strate.workshop.safety.forms.waste import CollectForm, DrumForm, WasteForm
from strate.workshop.safety.forms.zones import (
    DivisorsForm,
    DustForm,
    EquipmentForm,
    OxygenForm,
    SilicaForm,
    ZoneForm,
)

__all__ = [
    "CollectForm",
    "DivisorsForm",
    "DocumentForm",
    "DrumForm",
    "DustForm",
    "EquipmentForm",
    "OxygenForm",
    "RecordForm",
    "SheetForm",
    "SilicaForm",
    "WasteForm",
    "ZoneForm",
]
