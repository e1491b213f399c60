"""The sentences of what is done after the build: the furnace, the plate, the supports."""

from django.utils.translation import gettext_lazy as _

FINISHINGS = {
    "separation": _("Taken off the plate"),
    "supports": _("Supports removed"),
    "blasting": _("Blasted"),
    "cleaning": _("Cleaned"),
}
CHOICES = {"finishing": FINISHINGS}
REFUSALS = {
    "no_such_cycle": _("There is no furnace cycle number %(cycle)s."),
    "not_a_furnace": _("%(machine)s is not a furnace."),
    "no_furnace_in_the_routing": _("The routing of %(build)s asks for no furnace cycle."),
    "furnace_busy": _("%(machine)s already holds the parts of %(build)s: record that cycle first."),
    "cycle_already_recorded": _("This cycle of %(furnace)s is already recorded."),
    "less_than_nothing": _("A time below zero is not possible."),
    "highest_below_soak": _(
        "The highest temperature (%(highest_celsius)s) cannot be below the soak (%(soak_celsius)s)."
    ),
    "soak_out_of_band": _(
        "Soak at %(soak_celsius)s: the recipe asks for %(wanted_celsius)s ± %(tolerance_celsius)s."
    ),
    "soak_too_short": _("Soak of %(soak_min)s: the recipe asks for %(wanted_min)s."),
    "furnace_overshoot": _("The furnace rose to %(highest_celsius)s: never above %(limit_celsius)s."),
    "wrong_atmosphere": _("Atmosphere « %(atmosphere_found)s »: the recipe asks for « %(atmosphere)s »."),
    "quench_not_timed": _("The delay before the quench was not timed; the recipe allows %(limit_s)s."),
    "quench_too_late": _("Quenched after %(quench_s)s: the recipe allows %(limit_s)s."),
    "not_depowdered_yet": _("%(build)s is not depowdered yet."),
    "finishing_already_done": _("Already done for %(build)s: %(finishing)s."),
    "furnace_cycle_missing": _("The furnace cycle of %(build)s is not recorded."),
    "finishing_missing": _("Not done yet for %(build)s: %(finishing)s."),
}
FACTS = {
    "post_processing.charged": _("Parts charged into %(machine)s"),
    "post_processing.cycle_recorded": _(
        "Furnace cycle recorded in %(machine)s: %(soak_min)s at %(soak_celsius)s, highest %(highest_celsius)s, "
        "within the recipe: %(conform)s"
    ),
    "post_processing.finished": _("%(finishing)s: %(means)s"),
}
MEANINGS: dict[str, object] = {}
NOTICES = {"cycle_out_of_recipe": _("A furnace cycle left its recipe in %(machine)s.")}
