"""How people's doings are shown: the facts they signed, worded."""

from typing import Any

from strate.workshop.doors import wording
from strate.workshop.doors.hooks import hooks
from strate.workshop.journal import queries as journal
from strate.workshop.people.wording import FACTS, OF_ACCOUNT

LATEST = 30
# What a colleague may read of somebody: never their badge, secrets, sign-ins, language or programs.
DECISIONS = tuple(what for what in FACTS if what not in OF_ACCOUNT)


def signed_by(pseudonym: str, latest: int = LATEST) -> list[dict[str, Any]]:
    """The last acts this person has signed, newest first, as a timeline shows them."""
    return [_line(fact) for fact in journal.signed_by(pseudonym, latest)]


def about(ref: str, latest: int = LATEST, *, account: bool = True) -> list[dict[str, Any]]:
    """The last facts that speak of somebody, newest first; without `account`, only what was decided of them."""
    facts = journal.latest_of(ref, latest) if account else journal.latest_among([ref], DECISIONS, latest)
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
