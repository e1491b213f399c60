"""What each property of matter is called on the floor, and the words that are not numbers."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from strate.workshop.feedstock.rules.properties import VOCABULARY

_NAMED: dict[str, Any] = {
    "O": _("Oxygen (O)"),
    "N": _("Nitrogen (N)"),
    "H": _("Hydrogen (H)"),
    "others_each": _("Other elements, each"),
    "others_total": _("Other elements, total"),
    "oversize_share": _("Above the upper size"),
    "fines": pgettext_lazy("powder", "Fines"),
    "afs": _("AFS number"),
    "apparent_density": _("Apparent density"),
    "tap_density": _("Tapped density"),
    "hausner": _("Hausner ratio"),
    "density": _("Density"),
    "hall_flow": _("Hall flow"),
    "carney_flow": _("Carney flow"),
    "moisture": _("Moisture"),
    "headspace_humidity": _("Humidity of the headspace"),
    "mfr": _("Melt flow rate (MFR)"),
    "mvr": _("Melt volume rate (MVR)"),
    "melting_point": _("Melting point"),
    "crystallisation": _("Crystallisation temperature"),
    "loi": _("Loss on ignition"),
    "acid_demand": _("Acid demand"),
    "gas_evolution": _("Gas evolution"),
    "bending_strength": _("Bending strength"),
    "grain_shape": _("Shape of the grains"),
    "viscosity": _("Viscosity"),
    "furfuryl_alcohol": _("Furfuryl alcohol"),
    "nitrogen_content": _("Nitrogen of the binder"),
    "ph": _("pH"),
    "shape": _("Shape of the particles"),
    "foreign_matter": _("Foreign matter"),
    "shelf_life_d": _("Shelf life, closed"),
    "shelf_life_open_d": _("Shelf life once opened"),
    "hours_at_temperature": _("Hours at temperature"),
    "builds_seen": _("Builds it has seen"),
    "sieve_mesh_um": _("Mesh of the sieve"),
    "drying_celsius": _("Drying temperature"),
    "drying_h": _("Drying time"),
    "storage_celsius": _("Storage temperature"),
    "storage_humidity": _("Storage humidity"),
    "drying": _("Drying"),
}
# Symbols of elements and D10, D50, D90 are the same in every language.
PROPERTIES: dict[str, Any] = {code: _NAMED.get(code, code) for code in VOCABULARY}
WORDS: dict[str, Any] = {
    "does_not_flow": _("does not flow"),
    "rounded": _("rounded"),
    "subangular": _("subangular"),
    "angular": _("angular"),
    "spherical": _("spherical"),
    "satellites": _("with satellites"),
    "agglomerated": _("agglomerated"),
    "irregular": _("irregular"),
    "none_seen": _("none seen"),
    "seen": pgettext_lazy("foreign matter", "seen"),
    "required": _("required"),
    "forbidden": pgettext_lazy("drying", "forbidden"),
    "allowed": pgettext_lazy("drying", "allowed"),
}
GROUPS: dict[str, Any] = {
    "gas": _("Oxygen, nitrogen, hydrogen"),
    "chemistry": _("Chemistry"),
    "size": _("Sizes"),
    "density": _("Densities"),
    "flow": _("Flow"),
    "moisture": _("Moisture"),
    "melt": _("Melt"),
    "sand": pgettext_lazy("family", "Sand"),
    "binder": _("Binder"),
    "seen": _("Seen"),
    "life": _("Lifetimes and gestures"),
    "other": _("Other"),
}
# The units that are written in another way in another language; the others are said as they are.
UNITS: dict[str, Any] = {"": "", "wt-%": _("wt-%"), "d": pgettext_lazy("unit", "d")}
