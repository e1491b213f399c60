"""The words of notices."""

from django.utils.translation import gettext_lazy as _

FACTS = {"work.failed": _("The server could not do « %(work)s »: %(error)s")}
NOTICES = {"work_failed": _("The server could not do « %(work)s »: %(error)s")}
