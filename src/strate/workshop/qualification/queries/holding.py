"""What somebody holds from earlier juries: competences for months, whole blocks for years, in every reference."""

from collections import defaultdict
from datetime import date

from strate.workshop.qualification.models import Block, BlockInReference, CandidateFile, Decision, Reference
from strate.workshop.qualification.models.reference import APPROVED, REPLACED
from strate.workshop.qualification.queries import ruling
from strate.workshop.qualification.references import outline
from strate.workshop.qualification.rules import award as rules
from strate.workshop.qualification.rules.award import Decided

# By reference, what juries decided for one person.
Told = dict[str, list[Decided]]


def months() -> int:
    """How long a validated competence is kept."""
    return int(ruling.one("retention_months").value)


def held_by(of: CandidateFile, *, on: date) -> dict[str, Decided]:
    """What a candidate holds of the reference of their file on a day, decided for any of their files."""
    return held(of.person, of.reference, on=on)


def held(person: str, reference: Reference, *, on: date) -> dict[str, Decided]:
    """What a person holds of a reference on a day: its competences, and those of the blocks it shares with others."""
    told = _told(person)
    found = rules.held(told.get(reference.code, ()), on=on, months=months())
    if told:
        for each in _with_their_blocks(told, reference):
            until, known = each.kept_until(months=months()), found.get(each.competence)
            if until >= on and (known is None or known.kept_until(months=months()) < until):
                found[each.competence] = each
    return found


def at_registration(person: str, reference: Reference, block: Block | None, *, on: date) -> dict[str, str]:
    """What somebody holds already of what they register for, and until when: only what is missing is evaluated."""
    name = reference.blocks.get(block=block).name if block else ""
    found, kept = held(person, reference, on=on), months()
    return {
        each.id: found[each.id].kept_until(months=kept).isoformat()
        for each in outline.of(reference).of_block(name)
        if each.id in found
    }


def _told(person: str) -> Told:
    found: Told = defaultdict(list)
    decided = Decision.objects.filter(case__file__person=person, case__decided_at__isnull=False)
    rows = decided.order_by("pk").values_list(
        "case__file__reference__code", "competence", "outcome", "case__jury__held_on"
    )
    for code, competence, outcome, day in rows:
        found[code].append(Decided(competence, outcome, day))
    return dict(found)


def _with_their_blocks(told: Told, reference: Reference) -> list[Decided]:
    """The competences of blocks that a jury made whole, for this reference or for another that names the same block."""
    found = []
    for use in reference.blocks.all():
        same = BlockInReference.objects.select_related("reference").filter(
            block_id=use.block_id, reference__code__in=told, reference__state__in=(APPROVED, REPLACED)
        )
        days = [day for each in same if (day := _completed(told, each))]
        if days:
            until = rules.months_later(max(days), 12 * int(ruling.one("retention_block_years").value))
            wanted = outline.of(reference).of_block(use.name)
            found += [Decided(each.id, rules.VALIDATED, max(days), until) for each in wanted]
    return found


def _completed(told: Told, use: BlockInReference) -> date | None:
    return rules.block_completed(
        told[use.reference.code],
        needed=[each.id for each in outline.of(use.reference).of_block(use.name)],
        months=months(),
        registered=ruling.registered(use.reference.code),
    )
