"""What the papers of a jury hold as data: minutes, letters, the list sent to the technical group."""

from datetime import date
from typing import Any

from strate.workshop.attachments import queries as attachments
from strate.workshop.journal.rules import plain
from strate.workshop.people.queries import name_of
from strate.workshop.qualification.models import CandidateFile, Case, Jury, Notification, Seat
from strate.workshop.qualification.queries import files, holding, ruling
from strate.workshop.qualification.queries import jury as queries
from strate.workshop.qualification.rules import award as rules
from strate.workshop.qualification.rules.jury import FORMER


def minutes(found: Jury) -> dict[str, Any]:
    """The minutes of a jury, whole: under which rules, by whom, for whom, what was decided and how the voices fell."""
    reference = found.reference
    everyone = queries.seats(found, also_excused=True)
    return {
        "format": "strate-jury-minutes/1",
        "jury": found.code,
        "held_on": found.held_on.isoformat(),
        "starts": found.starts,
        "place": found.place,
        "reference": {"code": reference.code, "version": reference.version, "sha256": reference.digest},
        "title": reference.title,
        "unions_asked_on": found.unions_asked_on.isoformat(),
        "region_informed_on": found.region_informed_on.isoformat() if found.region_informed_on else "",
        "conditions_met_at": plain(found.conditions_met_at),
        "rules": [
            {
                "id": r.id,
                "text": r.fr,
                "kind": r.kind,
                "value": plain(r.value),
                "citation": r.citation,
                "origin": r.origin,
            }
            for r in queries.rules_of(found).values()
            # A former text is shown to the centre and never applied: it stands in no minutes.
            if r.known and r.origin != FORMER
        ],
        "members": [_member(each) for each in everyone if each.excused_at is None],
        "excused": [_excused(each) for each in everyone if each.excused_at is not None],
        "cases": [_case(each) for each in queries.cases(found)],
        "withdrawn": [
            {"candidate": each.file.number, "reason": each.withdrawn_reason}
            for each in queries.cases(found, also_withdrawn=True)
            if each.withdrawn_at
        ],
    }


def _member(seat: Seat) -> dict[str, Any]:
    return {
        "person": seat.person,
        "name": name_of(seat.person),
        "side": seat.side,
        "organisation": seat.organisation,
        "chair": seat.chair,
        "replaces": name_of(seat.replaces.person) if seat.replaces else "",
        "declared_at": plain(seat.declared_at) if seat.declared_at else "",
        "present_at": plain(seat.present_at) if seat.present_at else "",
    }


def _excused(seat: Seat) -> dict[str, Any]:
    # Why a juror was excused may be a matter of health: it stays in the room.
    told = {"person": seat.person, "name": name_of(seat.person), "side": seat.side}
    return {**told, "organisation": seat.organisation}


def _case(case: Case) -> dict[str, Any]:
    of = case.file
    titles = {each.id: each.title for each in files.scope(of)}
    proposals = dict(of.proposals.values_list("competence", "outcome"))
    voices: dict[str, dict[str, str]] = {}
    for vote in case.votes.select_related("seat").order_by("seat__person"):
        voices.setdefault(vote.competence, {})[vote.seat.person] = vote.voice
    return {
        "candidate": of.number,
        "person": of.person,
        "name": name_of(of.person),
        "status": of.status,
        "decisions": [
            {
                "competence": each.competence,
                "title": titles.get(each.competence, ""),
                "proposed": proposals.get(each.competence, ""),
                "outcome": each.outcome,
                "for": each.votes_for,
                "against": each.votes_against,
                "abstained": each.abstained,
                "casting": each.casting,
                "voices": voices.get(each.competence, {}),
                "reason": each.reason,
            }
            for each in case.decisions.order_by("competence")
        ],
    }


def notification(case: Case, *, sent_on: date, complaint_until: date) -> dict[str, Any]:
    """What a candidate is told: each competence, what is kept and until when, how to complain."""
    of, held_on = case.file, case.jury.held_on
    kept, months = holding.held_by(of, on=held_on), holding.months()
    decided = {each.competence: each for each in case.decisions.all()}
    lines = []
    for each in files.scope(of):
        known, decision = kept.get(each.id), decided.get(each.id)
        until = known.kept_until(months=months).isoformat() if known else ""
        lines.append(
            {
                "competence": each.id,
                "title": each.title,
                "outcome": rules.VALIDATED if known else rules.NOT_VALIDATED,
                "kept_until": until,
                "reason": decision.reason if decision else "",
            }
        )
    return {
        "candidate": of.number,
        "name": name_of(of.person),
        "jury": case.jury.code,
        "held_on": held_on.isoformat(),
        "sent_on": sent_on.isoformat(),
        "complaint_until": complaint_until.isoformat(),
        "whole": all(line["outcome"] == rules.VALIDATED for line in lines),
        "lines": lines,
        "blocks": _blocks(of, kept),
    }


def _blocks(of: CandidateFile, kept: dict[str, rules.Decided]) -> list[dict[str, str]]:
    """The blocks whole, kept longer where the certificate is at the RNCP."""
    registered = ruling.registered(of.reference.code)
    years = int(ruling.one("retention_block_years").value)
    found = []
    for use in of.reference.blocks.select_related("block"):
        needed = [each.id for each in files.scope(of) if each.block == use.name]
        if not needed or not all(code in kept for code in needed):
            continue
        completed_on = max(kept[code].on for code in needed)
        until = rules.block_kept_until(completed_on, years=years, registered=registered)
        if until:
            found.append({"block": use.name, "title": use.block.title, "kept_until": until.isoformat()})
    return found


def transmission(found: Jury) -> dict[str, Any]:
    """The list sent to the technical group: who sat, what was decided, and every paper by its digest."""
    told = queries.minutes(found)
    letters = Notification.objects.filter(case__jury=found).select_related("case__file")
    documents = [{"name": use.caption, "sha256": use.attachment_id} for use in attachments.about(found.ref)]
    documents += [{"name": f"NOT-{each.case.file.number}.pdf", "sha256": each.document} for each in letters]
    return {
        "jury": found.code,
        "minutes_sha256": told.sha256,
        "members": told.content["members"],
        "cases": told.content["cases"],
        "documents": documents,
    }
