"""How people's doings are shown: the facts they signed, worded."""

from typing import Any

from strate.workshop.doors import wording
from strate.workshop.doors.hooks import hooks
from strate.workshop.journal import queries as journal

LATEST = 30


def signed_by(pseudonym: str, latest: int = LATEST) -> list[dict[str, Any]]:
    """The last acts this person has signed, newest first, as a timeline shows them."""
    return [_line(fact) for fact in journal.signed_by(pseudonym, latest)]


def about(ref: str, latest: int = LATEST) -> list[dict[str, Any]]:
    """The last facts that speak of somebody or something, newest first."""
    facts = journal.latest_of(ref, latest)
    return [{**_line(fact), "who": hooks.name_of(fact.by) if fact.by else ""} for fact in facts]


def _line(fact: Any) -> dict[str, Any]:
    told = journal.told(fact)
    signature, data = told["signature"], told["data"]
    return {
        "at": fact.happened_at,
        "what": wording.fact_sentence(fact.what, data),
        "note": wording.meaning(signature["meaning"]) if signature else told["reason"],
        "url": "",
    }
