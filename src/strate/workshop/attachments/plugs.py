"""What attachments plug in: who may send files, and how a file is found by its digest."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from strate.workshop.attachments import registry, rules, wording
from strate.workshop.attachments.models import Attachment
from strate.workshop.people import roles
from strate.workshop.site import settings
from strate.workshop.things.registry import Kind, Thing, register

# Whoever works here may take a photo of what they see; an auditor only reads.
roles.declare("attachments.receive", *(role for role in roles.ROLES if role != roles.AUDITOR))

settings.register(
    settings.Field(
        "largest_file_mb",
        settings.WHOLE,
        rules.LARGEST_MB,
        _("Largest file"),
        _("A larger photo, film or model is refused."),
        settings.SITE,
        "journal",
        "MB",
        **settings.bounded(1, 8192),
    )
)


def _find(digest: str) -> Thing | None:
    found = Attachment.objects.filter(pk=digest).first()
    if found is None:
        return None
    name = "" if registry.is_kept(found) else found.name
    title = name or f"{wording.KINDS[found.kind]} {digest[:8]}"
    return Thing(found.ref, title, url=reverse("attachments:file", args=[digest]), state=found.kind)


register(Kind("file", _("File"), find=_find, icon="file"))
