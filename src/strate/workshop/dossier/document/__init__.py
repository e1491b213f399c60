"""The printed dossier: pages for people, signed, with their data inside."""

from strate.workshop.dossier.document.render import Attached, CannotPrint, render_pdf
from strate.workshop.dossier.document.sign import make_site_certificate, sign_pdf

__all__ = ["Attached", "CannotPrint", "make_site_certificate", "render_pdf", "sign_pdf"]
