"""The sentences of the layers."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

LAYER_STATES = {
    "fine": pgettext_lazy("layer", "fine"),
    "interrupted": pgettext_lazy("layer", "after a stop"),
    "suspected": pgettext_lazy("layer", "suspected"),
    "decided": pgettext_lazy("layer", "decided"),
    "unseen": pgettext_lazy("layer", "not seen"),
}
CHOICES = {"layer_state": LAYER_STATES}
REFUSALS = {
    "layers_in_the_wrong_order": _("Layers %(first)s to %(last)s: the first comes before the last, from 1."),
    "no_layer_there": _("No layer was seen between %(first)s and %(last)s: nothing can be said of it."),
    "layers_are_kept": _("%(build)s is closed: its layers are kept as they are."),
}
FACTS = {
    "monitoring.layers_marked": _("Layers %(first)s to %(last)s: %(layer_state)s (%(count)s layers)"),
    "monitoring.layers_kept": _("Record of %(layers)s layers kept, SHA-256 %(sha256)s"),
}
MEANINGS: dict[str, object] = {}
VALUES = {
    "oxygen_ppm": _("Chamber oxygen"),
    "plate_celsius": _("Plate temperature"),
    "gas_flow_m_s": _("Gas flow"),
    "filter_pressure_mbar": _("Filter pressure drop"),
}
UNITS = {"oxygen_ppm": "ppm", "plate_celsius": "°C", "gas_flow_m_s": "m/s", "filter_pressure_mbar": "mbar"}
