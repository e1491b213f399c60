"""How juries, cases and certificates are shown: names, words and looks instead of codes."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from strate.workshop.attachments import queries as attachments
from strate.workshop.doors.hooks import hooks
from strate.workshop.doors.pages import Outcome
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Reason
from strate.workshop.qualification.actions import unable
from strate.workshop.qualification.models import Case, Jury, Notification, Seat
from strate.workshop.qualification.queries import files, opening
from strate.workshop.qualification.queries import jury as queries
from strate.workshop.qualification.references import outline
from strate.workshop.qualification.rules.jury import Rule
from strate.workshop.qualification.wording import jury as wording
from strate.workshop.qualification.wording.candidate import STATUSES


def rule_value(rule: Rule) -> str:
    """The value of a rule in words."""
    return wording.value_words(rule.kind, rule.value) if rule.known else _("to be entered")


def card(found: Jury) -> dict[str, Any]:
    """A jury in a list."""
    word, look = wording.JURY_STATES[found.state]
    return {
        "jury": found,
        "word": word,
        "look": look,
        "url": reverse("qualification:jury", args=[found.code]),
    }


def spoken(reasons: list[Reason]) -> list[dict[str, Any]]:
    return Outcome(done=False, reasons=reasons).spoken


def seat(found: Seat) -> dict[str, Any]:
    """A member: who, for whom, what they have signed."""
    return {
        "seat": found,
        "name": hooks.name_of(found.person),
        "side": wording.SIDES[found.side],
        "replaced": found.excused_at is not None and found.replaced_by.exists(),
        "unable_by": hooks.name_of(found.unable_told_by) if found.unable_told_by else "",
        "ties": [str(wording.TIES[tie]) for ties in found.ties.values() for tie in ties],
    }


def case(found: Case) -> dict[str, Any]:
    """A candidate before the jury: what the commission proposed, what was decided, the letter."""
    of = found.file
    proposals = {each.competence: each for each in of.proposals.all()}
    decisions = {each.competence: each for each in found.decisions.all()}
    rows = []
    for each in files.scope(of):
        proposal, decision = proposals.get(each.id), decisions.get(each.id)
        rows.append(
            {
                "competence": each,
                "proposal": proposal,
                "proposed": wording.OUTCOMES.get(proposal.outcome, "") if proposal else "",
                "decision": decision,
                "outcome": wording.OUTCOMES[decision.outcome] if decision else "",
            }
        )
    return {
        "case": found,
        "file": of,
        "name": hooks.name_of(of.person),
        "status": STATUSES.get(of.status, of.status),
        "rows": rows,
        "spoken": outline.of(of.reference).language,
        "letter": Notification.objects.filter(case=found).first(),
        "reasons": spoken(queries.to_deliberate(found)) if not found.decided_at else [],
    }


def papers(ref: str) -> list[dict[str, Any]]:
    """The printed papers of a jury or of a file."""
    printed = [use for use in attachments.about(ref) if use.attachment.media_type == "application/pdf"]
    shut = opening.shut_among(use.attachment_id for use in printed)
    return [
        {"name": use.caption or use.attachment.name, "digest": use.attachment_id, "at": use.at}
        for use in printed
        if use.attachment_id not in shut
    ]


def unsigned(found: Jury, by: Actor) -> dict[str, Any]:
    """Of minutes not closed: what keeps them from doing without a signature, and of whom somebody may state it."""
    theirs = unable.mine_to_state(by, found)
    people = [(each.person, hooks.name_of(each.person)) for each in theirs]
    return {"reasons": spoken(unable.in_the_way(found)), "people": people}


def my_seat(found: Jury, by: Actor) -> Seat | None:
    return next((each for each in queries.seats(found) if each.person == by.person), None)
