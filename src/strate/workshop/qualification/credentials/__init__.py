"""Certificates that travel: Open Badges 3.0 signed so that anyone can check them offline."""

from strate.workshop.qualification.credentials.badge import Achieved, Outcome, Proven, open_badge
from strate.workshop.qualification.credentials.multikey import did_of, public_key_of
from strate.workshop.qualification.credentials.proof import Altered, signed, verify
from strate.workshop.qualification.credentials.revocation import is_withdrawn, withdrawn_list

__all__ = [
    "Achieved",
    "Altered",
    "Outcome",
    "Proven",
    "did_of",
    "is_withdrawn",
    "open_badge",
    "public_key_of",
    "signed",
    "verify",
    "withdrawn_list",
]
