"""What safety calls things: operations, streams, agents, zones, causes."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

OPERATIONS = {
    "running": _("machine closed, running"),
    "powder": _("open powder"),
    "filter": _("filter change"),
    "binder": _("filling binder or activator"),
    "separation": _("separation, supports, deburring"),
    "blasting": _("blasting cabinet"),
    "furnace": _("furnace"),
    "spill": _("accidental spill"),
}

STREAMS = {
    "used_powder_takeback": _("clean used powder, taken back"),
    "oversize": _("oversize"),
    "contaminated_powder": _("contaminated powder"),
    "wet_sludge": _("wet sludge"),
    "filters": _("filters and condensate"),
    "wipes": _("wipes, gloves and masks with powder"),
    "solvents": _("solvents and print-head flush"),
    "polymer_cake": _("polymer cake"),
    "sand": _("sand"),
    "blasting_media": _("blasting media with powder"),
}

DOCUMENT_KINDS = {
    "manual": _("maker's manual"),
    "procedure": _("procedure"),
    "safety_rule": _("safety rule"),
    "drawing": _("drawing"),
}
SIGNALS = {"": "", "danger": _("Danger"), "warning": _("Warning")}

GHS = {
    "GHS01": _("Explosive"),
    "GHS02": _("Flammable"),
    "GHS03": _("Oxidising"),
    "GHS04": _("Gas under pressure"),
    "GHS05": _("Corrosive"),
    "GHS06": _("Acute toxicity"),
    "GHS07": _("Irritant, harmful"),
    "GHS08": _("Serious health hazard"),
    "GHS09": _("Dangerous for the environment"),
}

AGENTS = {
    "class_d_powder": _("class D powder"),
    "dry_sand": _("dry sand"),
    "dry_salt": _("dry salt"),
    "abc_powder": _("ABC powder"),
    "foam": _("foam"),
    "water": _("water"),
    "co2": _("CO₂"),
    "absorbent": _("absorbent"),
    "air_jet": _("blowing"),
    "dry_sweeping": _("dry sweeping"),
    "ordinary_vacuum": _("ordinary vacuum cleaner"),
}
WASTE_GROUPS = {
    "titanium": _("titanium"),
    "aluminium": _("aluminium"),
    "iron": _("iron and steels"),
    "nickel": _("nickel alloys"),
    "cobalt": _("cobalt alloys"),
    "copper": _("copper alloys"),
    "polymer": _("polymer"),
    "sand": _("sand"),
    "binder": _("binder"),
}
ZONE_KINDS = {
    "atex_20": _("ATEX 20 (dust, permanent)"),
    "atex_21": _("ATEX 21 (dust, occasional)"),
    "atex_22": _("ATEX 22 (dust, accidental)"),
    "atex_0": _("ATEX 0 (gas, permanent)"),
    "atex_1": _("ATEX 1 (gas, occasional)"),
    "atex_2": _("ATEX 2 (gas, accidental)"),
    "cmr": _("CMR agents"),
    "inert": _("risk of inert gas"),
    "restricted": _("restricted access"),
}
ZONE_SIGNS = {
    "atex_20": "EX",
    "atex_21": "EX",
    "atex_22": "EX",
    "atex_0": "EX",
    "atex_1": "EX",
    "atex_2": "EX",
    "cmr": "GHS08",
    "inert": "W041",
    "restricted": "W001",
}
SPILL_SIZES = {
    "small": _("Small quantity, fallen to the ground"),
    "large": _("Large, or a cloud: everybody out"),
}
SPILL_DANGERS = {
    "fire": _("Fire or smoke"),
    "injured": _("Somebody is hurt, or breathed or swallowed some"),
}
# What is done first, before anything is picked up.
SPILL_FIRST = {
    "injured": _("Call the first-aiders. Nobody goes near without protection"),
    "fire": _("Fire: everybody out, sound the alarm"),
    "large": _("Everybody out. Nobody goes back before HSE says so"),
    "no_sheet": _("No sheet says what lies there: touch nothing before HSE is there"),
    "explosive": _("Explosive atmosphere possible: no spark, no flame, no equipment that is not ATEX"),
    "inert": _("Oxygen may be short: no filtering mask, nobody in before the oxygen is read"),
    "cmr": _("CMR agents: nobody in without the equipment of the place"),
}
SPILL_CAUSES = {
    "handling": _("handling"),
    "leak": _("leak, seal, hose"),
    "collision": _("collision, fall"),
    "overfill": _("filled too much"),
    "equipment": _("equipment failed"),
    "packaging": _("damaged packaging"),
    "other": _("other cause"),
}
SPILL_STATES = {
    "spilt": _("under way"),
    "cleaned": _("waits for HSE"),
    "settled": _("closed"),
}
EXPOSURES = {
    "silica": _("silica index"),
    "room_oxygen": _("oxygen in the room"),
    "dust_class": _("dust explosion class"),
}
VERDICTS = {"conform": _("within limits"), "not_conform": _("out of limits")}
DOUBTS = {
    "to_choose": _("waste code to be chosen"),
    "no_star": _("hazardous matter, code without star: check"),
    "not_known": _("code kept as typed: not in our short list"),
}
CMR_MARKS = {
    "1": _("CMR agent, category 1"),
    "2": _("suspected CMR, category 2"),
    "doubt": _("CMR 1B agent: check the sheet (cobalt from 0.1 %)"),
}
SECTIONS = {
    "1": _("1. Identification"),
    "3": _("3. Composition"),
    "5": _("5. Fire-fighting"),
    "9": _("9. Physical and chemical properties"),
    "10": _("10. Stability and reactivity"),
    "11": _("11. Toxicology"),
    "12": _("12. Ecology"),
    "14": _("14. Transport"),
    "15": _("15. Regulation"),
    "16": _("16. Other information"),
}
CHOICES = {
    "zone_kind": ZONE_KINDS,
    "exposure_kind": EXPOSURES,
    "exposure_verdict": VERDICTS,
    "spill_cause": SPILL_CAUSES,
    "spill_dangers": SPILL_DANGERS,
    "group": WASTE_GROUPS,
    "expected_group": WASTE_GROUPS,
    "agent": AGENTS,
}


def called(product: str, version: str = "") -> str:
    """A safety data sheet as its readers call it: « FDS TiPoudre 64 v3.1 »."""
    return " ".join([gettext("SDS"), product, *([f"v{version}"] if version else [])])
