"""Reading where matter comes from and where it went: the subject, its tree, the builds, what is written on them."""

from strate.workshop.traceability.queries.answer import answer
from strate.workshop.traceability.queries.subject import (
    Subject,
    builds_behind,
    only_in_the_ledger,
    subject,
)

__all__ = ["Subject", "answer", "builds_behind", "only_in_the_ledger", "subject"]
