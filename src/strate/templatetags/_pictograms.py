"""The safety signs used on the floor: chemical hazards, mandatory protections, warnings, prohibitions."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PICTOGRAMS: dict[str, tuple[str, str | Promise]] = {
    "GHS01": ("ghs01.svg", _("Explosive")),
    "GHS02": ("ghs02.svg", _("Flammable")),
    "GHS03": ("ghs03.svg", _("Oxidising")),
    "GHS04": ("ghs04.svg", _("Gas under pressure")),
    "GHS05": ("ghs05.svg", _("Corrosive")),
    "GHS06": ("ghs06.svg", _("Acute toxicity")),
    "GHS07": ("ghs07.svg", _("Irritant, harmful")),
    "GHS08": ("ghs08.svg", _("Serious health hazard")),
    "GHS09": ("ghs09.svg", _("Dangerous for the environment")),
    "M002": ("m002.svg", _("Read the instructions")),
    "M003": ("m003.svg", _("Wear ear protection")),
    "M004": ("m004.svg", _("Wear eye protection")),
    "M005": ("m005.svg", _("Connect to earth")),
    "M008": ("m008.svg", _("Wear safety footwear")),
    "M009": ("m009.svg", _("Wear protective gloves")),
    "M010": ("m010.svg", _("Wear protective clothing")),
    "M016": ("m016.svg", _("Wear a mask")),
    "M017": ("m017.svg", _("Wear respiratory protection")),
    "P003": ("p003.svg", _("No open flame")),
    "W001": ("w001.svg", _("General danger")),
    "W002": ("w002.svg", _("Explosive material")),
    "W004": ("w004.svg", _("Laser beam")),
    "W017": ("w017.svg", _("Hot surface")),
    "W021": ("w021.svg", _("Flammable material")),
    "W041": ("w041.svg", _("Asphyxiating atmosphere")),
    "EX": ("ex.svg", _("Explosive atmosphere (ATEX)")),
    "E-STOP": ("e-stop.svg", _("Emergency stop")),
}


def pictogram_word(code: str) -> str:
    """The meaning of a sign, as written under it and read aloud."""
    return str(PICTOGRAMS[code][1])
