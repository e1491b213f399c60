"""The verbs of an administrator over anomalies: who receives, and which kind goes to whom."""

from collections.abc import Sequence

from strate.workshop.anomalies import queries
from strate.workshop.anomalies.models import Recipient, RecipientRule
from strate.workshop.doors.texts import Sentence, Title, Word
from strate.workshop.journal.actions import act
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import RuleBroken
from strate.workshop.people.roles import ROLES, permit


def set_recipient(
    *,
    by: Actor,
    code: Word,
    roles: Sequence[Word],
    title: Title = "",
    contact: Sentence = "",
    closed: bool = False,
) -> Recipient:
    """Decide who a recipient of anomalies is: the roles told, and how somebody outside is reached."""
    permit(by, "anomalies.administer")
    code = code.strip().lower()
    if not code.isidentifier() or len(code) > 40:
        raise RuleBroken("recipient_code_unusable", value=code[:40])
    if not roles or set(roles) - set(ROLES):
        raise RuleBroken("recipient_needs_a_role")
    if closed and (kinds := queries.kinds_sent_to(code)):
        raise RuleBroken("recipient_still_used", recipient=code, count=len(kinds))
    with act("anomalies.recipient_set", by=by) as done:
        row, _new = Recipient.objects.update_or_create(
            code=code,
            defaults={
                "title": title.strip()[:120],
                "roles": list(roles),
                "contact": contact.strip()[:200],
                "closed": closed,
            },
        )
        # The contact may name a person outside: it stays in the table, never in a fact.
        done.tell(f"recipient:{code}", recipient=code, roles=list(roles), closed=closed)
    return row


def send_kind_to(*, by: Actor, kind: Word, recipient: Word) -> RecipientRule:
    """Decide to whom one kind of anomaly goes."""
    permit(by, "anomalies.administer")
    queries.kind(kind)
    to = queries.recipient(recipient)
    with act("anomalies.kind_sent_to", by=by) as done:
        row, _new = RecipientRule.objects.update_or_create(kind=kind, defaults={"recipient": to.code})
        done.tell(f"recipient:{to.code}", anomaly_kind=kind, recipient=to.code)
    return row
