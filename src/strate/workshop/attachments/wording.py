"""The words of attachments."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "disk_is_full": _("The disk of the server is full: the file was not kept. Nothing else is lost."),
    "file_too_large": _("The file is larger than %(limit_mb)s MB."),
    "file_is_empty": _("The file « %(file)s » is empty (0 bytes)."),
    "picture_unreadable": _("This picture cannot be read: it is damaged or incomplete."),
    "no_such_file": _("No file is kept under the digest %(digest)s."),
}
FACTS = {
    "attachments.received": _("A file was received (%(media_type)s, %(size_bytes)s bytes)."),
    "attachments.attached": _("A file was attached: %(caption)s (%(media_type)s, %(size_bytes)s bytes)."),
}
# What a file is, as people call it; any other is told by its own name.
MEDIA = {
    "application/octet-stream": _("of an unknown kind"),
    "application/pdf": "PDF",
    "application/zip": "ZIP",
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/webp": "WebP",
    "model/3mf": "3MF",
    "model/stl": "STL",
    "text/plain": _("text"),
}
CHOICES_OF = {what: {"media_type": MEDIA} for what in FACTS}
KINDS = {
    "picture": _("Picture"),
    "document": _("Document"),
    "film": _("Film"),
    "model": _("Model"),
    "file": _("File"),
}
