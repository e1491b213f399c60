"""Candidates' files: whose they are, who may see which side of them, what is settled and what is not."""

import hashlib
from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from strate.kernels.sealing import canonical
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import NotFound, RuleBroken
from strate.workshop.journal.rules import plain
from strate.workshop.people import queries as people
from strate.workshop.people.roles import CENTRE
from strate.workshop.qualification.models import Block, CandidateFile, Reference
from strate.workshop.qualification.models.candidate import ARCHIVED, CANCELLED, DECIDED
from strate.workshop.qualification.queries import centre
from strate.workshop.qualification.references import outline
from strate.workshop.qualification.references.outline import Competence, Item
from strate.workshop.qualification.rules import candidate as rules

# What somebody is to a file; several may be true at once.
CENTRE_SIDE, CANDIDATE, MEMBER, COMPANY = "centre", "candidate", "member", "company"
# Left the commission: reads their own grids, and nothing else of the candidate any more.
FORMER = "former"


def _known() -> QuerySet[CandidateFile]:
    """Every file with its reference, whose hundreds of lines are read once for all (`outline`), not with each file."""
    return CandidateFile.objects.select_related("reference", "block").defer("reference__content")


def file(number: str) -> CandidateFile:
    """A file by its number or reference."""
    return _one(_known(), number)


def for_update(number: str) -> CandidateFile:
    """The same inside an act: nobody else moves it meanwhile."""
    return _one(_known().select_for_update(of=("self",)), number)


def _one(among: QuerySet[CandidateFile], number: str) -> CandidateFile:
    found = among.filter(number=number.removeprefix("candidate:")).first()
    if found is None:
        raise NotFound("no_such_candidate", candidate=number)
    return found


def block_name(of: CandidateFile) -> str:
    """Which block of its reference a file is for; empty for the whole certificate."""
    if of.block_id is None:
        return ""
    return of.reference.blocks.get(block_id=of.block_id).name


def scope(of: CandidateFile) -> tuple[Competence, ...]:
    """What this file is for: the whole certificate, or one block of it."""
    return outline.of(of.reference).of_block(block_name(of))


def competences(of: CandidateFile) -> tuple[Competence, ...]:
    """What is evaluated in this file: what the candidate did not hold already when they registered."""
    return tuple(each for each in scope(of) if each.id not in of.kept)


def competence(of: CandidateFile, code: str) -> Competence:
    found = next((c for c in competences(of) if c.id == code), None)
    if found is None:
        raise NotFound("no_such_competence", competence=code, candidate=of.ref)
    return found


def conditional(of: CandidateFile) -> list[Item]:
    """What is to be decided before the evaluation."""
    evaluated = {item.id for each in competences(of) for item in each.items()}
    return [i for i in outline.of(of.reference).conditional(block_name(of)) if i.id in evaluated]


def sides(of: CandidateFile, by: Actor) -> frozenset[str]:
    """What this person is to this file. An administrator or a manager as such is nothing to it."""
    found = set()
    if CENTRE in by.roles:
        found.add(CENTRE_SIDE)
    if by.person and by.person == of.person:
        found.add(CANDIDATE)
    if by.person and by.person == of.company_person:
        found.add(COMPANY)
    seat = of.members.filter(person=by.person).first() if by.person else None
    if seat:
        found.add(FORMER if seat.left_at else MEMBER)
    return frozenset(found)


def must_be(of: CandidateFile, by: Actor, *wanted: str) -> None:
    """Refuse whoever is none of these to the file."""
    if not by.person:
        raise RuleBroken("nobody_is_writing")
    if not sides(of, by) & set(wanted):
        raise RuleBroken("not_a_party_to_the_file", candidate=of.ref)


def seen_by(by: Actor) -> QuerySet[CandidateFile]:
    """The files this person has to do with, the latest first."""
    found = _known()
    if CENTRE in by.roles:
        return found
    seated = Q(members__person=by.person, members__left_at=None)
    mine = Q(person=by.person) | Q(company_person=by.person) | seated
    return found.filter(mine).distinct() if by.person else found.none()


def search(by: Actor, text: str) -> QuerySet[CandidateFile]:
    """The same, whose number or candidate bears this text."""
    found = seen_by(by)
    if not text:
        return found
    named = people.people(search=text, also_gone=True).values_list("pk", flat=True)[:500]
    return found.filter(Q(number__icontains=text) | Q(person__in=list(named)))


def open_of(person: str) -> list[CandidateFile]:
    """The files of a candidate that are not settled yet."""
    settled = (DECIDED, ARCHIVED, CANCELLED)
    return list(CandidateFile.objects.filter(person=person).exclude(state__in=settled))


def open_for(person: str, reference: Reference, block: Block | None) -> bool:
    """Whether this person already has an open file for the same thing."""
    found = open_of(person)
    return any(f.reference_id == reference.pk and f.block_id == (block and block.pk) for f in found)


def active_members(of: CandidateFile) -> list[str]:
    """Who sits in the commission today."""
    return list(of.members.filter(left_at=None).values_list("person", flat=True))


def all_members(of: CandidateFile) -> list[str]:
    """Who sits or sat in the commission."""
    return list(of.members.values_list("person", flat=True))


def prepared(of: CandidateFile) -> rules.Prepared:
    """The file as the rule of its signature sees it."""
    least, source = centre.least_members(of.reference.code)
    return rules.Prepared(
        status=of.status,
        competences=tuple(c.id for c in competences(of)),
        modes={m.competence: m.modes for m in of.modalities.all()},
        conditional=tuple(i.id for i in conditional(of)),
        decided=frozenset(of.applicability.values_list("target", flat=True)),
        members=tuple(active_members(of)),
        person=of.person,
        company=of.company,
        company_person=of.company_person,
        place=of.place,
        evaluation_from=of.evaluation_from,
        evaluation_to=of.evaluation_to,
        report_due=of.report_due,
        least_members=least,
        least_members_source=source,
        flagged=tuple(_flags(of)),
    )


def _flags(of: CandidateFile) -> Iterable[rules.Reason]:
    """What the rules of independence say of this commission."""
    from strate.workshop.qualification.queries import independence

    return independence.of_commission(of)


def applies(of: CandidateFile) -> dict[str, bool]:
    """What was decided before the evaluation, by line."""
    return dict(of.applicability.values_list("target", "applies"))


def digest(of: CandidateFile) -> str:
    """The digest of the file as it is signed: everything agreed, nothing of what follows."""
    agreed = {
        "number": of.number,
        "person": of.person,
        "reference": of.reference.digest,
        "block": of.block.identity if of.block else "",
        "status": of.status,
        "kept": of.kept,
        "frame": [of.centre, of.company, of.company_person, of.company_capacity, of.place, of.place_kind],
        "dates": [
            _day(of.evaluation_from),
            _day(of.evaluation_to),
            plain(of.report_due) if of.report_due else "",
        ],
        "accommodations": of.accommodations,
        "modalities": sorted([m.competence, list(m.modes), m.note] for m in of.modalities.all()),
        "applicability": sorted([a.target, a.applies, a.reason] for a in of.applicability.all()),
        "members": sorted([m.person, m.qualified_by] for m in of.members.filter(left_at=None)),
    }
    return hashlib.sha256(canonical(agreed)).hexdigest()


def _day(value: date | None) -> str:
    return value.isoformat() if value else ""
