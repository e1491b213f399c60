"""How an order is told on a page: its date in words, its counts, its state."""

from datetime import date
from typing import Any

from django.utils.translation import gettext, ngettext

from strate.workshop.orders import queries, rules, wording
from strate.workshop.orders.models import Order

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
