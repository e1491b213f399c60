"""Tokens: how a program is let in, in the name of one person or of the gateway of the machines."""

import secrets
from datetime import timedelta
from typing import Literal

from strate.workshop.doors.texts import Sentence, Word
from strate.workshop.journal import clock
from strate.workshop.journal.actions import act
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import NotFound, RuleBroken
from strate.workshop.people import queries
from strate.workshop.people.models import Token
from strate.workshop.people.roles import permit


def create_token(
    *,
    by: Actor,
    title: str,
    person: str = "",
    purpose: Literal["api", "gateway"] = "api",
    days: int | None = None,
) -> str:
    """Create a token, for oneself or for the gateway, and give its secret, shown once."""
    permit(by, "people.create_gateway_token" if purpose == "gateway" else "people.create_token")
    who = None if purpose == "gateway" else queries.person(person or by.person)
    if who and who.pk != by.person and "system" not in by.roles:
        raise RuleBroken("token_only_for_oneself")
    if days is not None and not 1 <= days <= 3660:
        raise RuleBroken("token_days_out_of_bounds", least=1, most=3660)
    secret = f"strate_{secrets.token_urlsafe(32)}"
    with act("people.token_created", by=by) as done:
        token = Token.objects.create(
            digest=queries.secret_digest(secret),
            person=who,
            purpose=purpose,
            title=title.strip() or purpose,
            created_at=clock.now(),
            expires_at=clock.now() + timedelta(days=days) if days else None,
        )
        done.tell(who, token=token.digest[:12], purpose=purpose, expires_at=token.expires_at)
    return secret


def revoke_token(*, by: Actor, token: Word, reason: Sentence = "") -> None:
    """Revoke a token, named by the beginning of its digest: the program that shows it is let in no more."""
    found = Token.objects.filter(pk__startswith=token).first() if len(token) >= 12 else None
    if found is None:
        raise NotFound("no_such_token", token=token[:12])
    permit(
        by,
        "people.create_token" if found.person_id and found.person_id == by.person else "people.revoke_token",
    )
    with act("people.token_revoked", by=by, reason=reason) as done:
        found.revoked = True
        found.save(update_fields=["revoked"])
        done.tell(f"person:{found.person_id}" if found.person_id else "", token=found.digest[:12])
