"""The words of the work queue."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "no_such_job": _("There is no work number %(job)s."),
    "work_not_failed": _("Work number %(job)s has not failed: there is nothing to try again."),
}
FACTS = {
    "work.retried": _("Work « %(work)s » is tried again."),
    "work.given_up": _("Work « %(work)s » will not be done."),
}
