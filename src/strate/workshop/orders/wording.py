"""The sentences of orders."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

REFUSALS = {
    "no_such_order": _("There is no order « %(order)s »."),
    "order_exists": _("The order %(order)s exists already."),
    "order_quantity_out_of_reason": _("%(quantity)s parts: an order asks for 1 to %(most)s."),
    "priority_not_known": _("« %(priority)s » is not a priority: 1 urgent, 2 normal, 3 low."),
    "order_not_in_state": _("This cannot be done with the order %(order)s in the state it is in."),
    "order_already_so": _("The order %(order)s has that priority and that date already."),
    "more_than_is_left": _("%(quantity)s parts of %(order)s asked for: only %(left)s are left to make."),
    "not_on_that_plate": _("%(order)s has nothing on the plate of %(build)s."),
    "nothing_counted": _("Nothing was counted: type how many parts are good or scrapped."),
    "scrap_needs_a_reason": _("Say why parts are scrapped (%(scrap)s)."),
    "more_good_than_ordered": _("Good parts of %(order)s: %(good)s, and only %(left)s still to make."),
    "order_on_a_plate": _("%(order)s has parts on a plate: %(builds)s."),
    "cancelling_needs_a_reason": _("Say why the order is cancelled."),
    "order_changed_meanwhile": _("%(order)s was changed meanwhile by someone else. Look at it again."),
}
FACTS = {
    "orders.opened": _(
        "Order %(order)s opened: %(quantity)s × %(part)s, due on %(due_on)s, routing %(routing)s."
    ),
    "orders.imported": _("Orders brought in from a list: %(count)s"),
    "orders.reprioritised": _("Order %(order)s: priority « %(priority)s », due on %(due_on)s."),
    "orders.reserved": _("Parts of %(order)s put on the plate of %(build)s: %(quantity)s"),
    "orders.given_back": _("Parts of %(order)s taken off the plate of %(build)s: %(quantity)s"),
    "orders.parts_counted": _(
        "%(order)s: %(good)s good, %(scrap)s scrapped (%(good_so_far)s good of %(quantity)s)."
    ),
    "orders.closed": _("Order %(order)s closed: %(good)s good of %(quantity)s."),
    "orders.cancelled": _("Order %(order)s cancelled: %(good)s good of %(quantity)s."),
}
MEANINGS: dict[str, object] = {}
# The states of an order as the floor says them, and the look that each takes.
ORDER_STATES = {
    "open": (_("To make"), "waiting"),
    "in_progress": (_("In progress"), "running"),
    "done": (_("Made"), "done"),
    "closed": (pgettext_lazy("order", "Closed"), "closed"),
    "cancelled": (_("Cancelled"), "obsolete"),
}
# In order facts and refusals, a priority is its word; one that is not known stays as it was written.
PRIORITIES = {1: _("Urgent"), 2: pgettext_lazy("priority", "Normal"), 3: pgettext_lazy("priority", "Low")}
CHOICES = {"priority": PRIORITIES}
