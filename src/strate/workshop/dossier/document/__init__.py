"""The printed dossier: pages for people, signed, with their data inside."""

from strate.kernels.printing import Attached, CannotPrint
from strate.workshop.dossier.document.issue import Issued, SiteKeys, issue_dossier
from strate.workshop.dossier.document.render import render_pdf
from strate.workshop.dossier.document.sign import make_site_certificate, sign_pdf

__all__ = [
    "Attached",
    "CannotPrint",
    "Issued",
    "SiteKeys",
    "issue_dossier",
    "make_site_certificate",
    "render_pdf",
    "sign_pdf",
]
