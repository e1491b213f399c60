"""How an order is told on a page: its date in words, its counts, its state."""

from datetime import date
from decimal import ROUND_CEILING, Decimal
from typing import Any

from django.utils.translation import gettext, ngettext

from strate.kernels.geometry.shop.powder import exact_volume_mm3
from strate.workshop.doors.speech import NARROW, mass, number
from strate.workshop.feedstock import queries as feedstock
from strate.workshop.orders import queries, rules, wording
from strate.workshop.orders.models import Order
from strate.workshop.parts import queries as parts
from strate.workshop.parts.rules import melted_mm3

# A late order is loud, one due today is warm, the others are calm.
LOOKS = {"late": "late", "today": "due", "soon": "planned", "later": "planned"}


def due_words(due: rules.Due) -> str:
    """« 2 days late », « for today », « in 5 days »."""
    if due.word == "late":
        return ngettext("%(days)s day late", "%(days)s days late", due.days) % {"days": due.days}
    if due.word == "today":
        return gettext("for today")
    return ngettext("in %(days)s day", "in %(days)s days", due.days) % {"days": due.days}


def card(each: Order, *, on: date) -> dict[str, Any]:
    """An order as the queue and its page show it."""
    due = rules.due(each.due_on, on=on)
    word, look = wording.ORDER_STATES[each.state]
    waiting = each.state in rules.QUEUED
    return {
        "order": each,
        "left": queries.left_to_make(each),
        "due": due_words(due) if waiting else "",
        "due_look": LOOKS[due.word] if waiting else "closed",
        "state": word,
        "look": look,
        "priority": wording.PRIORITIES.get(each.priority, str(each.priority)),
        "urgent": each.priority == 1,
    }


def shop_numbers(each: Order) -> list[tuple[str, str]]:
    """What the approved file asks for: layers, matter to melt, its mass for one part and for those left to make."""
    file = parts.approved_file(each.part, each.revision)
    content = each.routing.get("content", {})
    layer_um = int(content.get("parameters", {}).get("layer_um") or 0)
    if file is None or not layer_um or "volume_mm3" not in file.verdict:
        return []
    height_um, volume = int(file.verdict["height_um"]), exact_volume_mm3(melted_mm3(file.verdict))
    cm3 = (volume / 1000).quantize(Decimal("0.01"))
    facts = [
        (gettext("Layers"), f"{-(-height_um // layer_um)} × {layer_um}{NARROW}µm"),
        (gettext("Volume of one part"), f"{number(cm3)}{NARROW}cm³"),
    ]
    code = str(content.get("material", ""))
    density = feedstock.material(code).density_g_cm3 if code in feedstock.material_codes() else None
    if density:
        one = int((volume * density).to_integral_value(ROUND_CEILING))
        facts.append((gettext("Mass of one part"), mass(one)))
        facts.append((gettext("Mass of those left to make"), mass(one * max(queries.left_to_make(each), 0))))
    if not file.verdict.get("volume_sure", True):
        facts.append((gettext("Doubt"), gettext("the volume is not sure: see the verdict on the file")))
    return facts
