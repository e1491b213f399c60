"""A centre, assessors, a tutor, candidates; an approved reference and a file under evaluation."""

from datetime import date, datetime, timedelta

import pytest

from strate.workshop.journal import clock
from strate.workshop.journal.actor import Actor
from strate.workshop.people import roles
from strate.workshop.qualification.actions import candidate, members, references
from strate.workshop.qualification.models import CandidateFile, Reference
from strate.workshop.qualification.queries import files
from tests.workshop.conftest import _person, signed

CODE = "cqpm-operateur-fabrication-additive"

# Everybody is invented: safia and yann work for the centre, romain, thea and ugo evaluate, victor tutors.
safia = _person("safia", roles.CENTRE)
yann = _person("yann", roles.CENTRE)
romain = _person("romain", roles.ASSESSOR)
thea = _person("thea", roles.ASSESSOR)
ugo = _person("ugo", roles.ASSESSOR)
victor = _person("victor", roles.SHIFT_LEADER)


@pytest.fixture()
def cqpm(morning: datetime, safia: Actor, yann: Actor) -> Reference:
    """The shipped reference, loaded by one and approved by another."""
    loaded = references.load_shipped(by=safia)[0]
    return references.approve_reference(by=signed(yann), code=loaded.code, version=loaded.version)


def prepared(
    safia: Actor, cqpm: Reference, person: Actor, tutor: Actor | None, **more: object
) -> CandidateFile:
    """A file with everything settled, ready to be signed."""
    company = {"company": "Atelier Fictif", "company_person": tutor.person} if tutor else {}
    capacity = {"company_capacity": "tutor"} if tutor else {}
    registered = {"status": more.pop("status", "employee"), "block": more.pop("block", "")}
    file = candidate.register_candidate(
        by=safia, person=person.person, reference=cqpm.code, centre="Centre d'essai", **company, **registered
    )
    wanted = [c.id for c in files.competences(file)]
    framed = {"place": "Hall d'essai", "place_kind": "company", **company, **capacity, **more}
    framed |= {"evaluation_from": date(2026, 11, 23), "evaluation_to": date(2026, 12, 18)}
    candidate.frame_file(by=safia, candidate=file.number, **framed)
    candidate.set_modalities(by=safia, candidate=file.number, modes={c: ["MOD1"] for c in wanted})
    decided = {i.id: {"applies": True, "reason": "Atelier métal avec four"} for i in files.conditional(file)}
    candidate.decide_applicability(by=safia, candidate=file.number, decisions=decided)
    return files.file(file.number)


@pytest.fixture()
def file(
    cqpm: Reference, safia: Actor, romain: Actor, thea: Actor, victor: Actor, amina: Actor
) -> CandidateFile:
    """Amina's file, prepared, with two members in its commission, signed by nobody yet."""
    return seated(prepared(safia, cqpm, amina, victor), safia, romain, thea)


def seated(made: CandidateFile, safia: Actor, *assessors: Actor) -> CandidateFile:
    """The same file with its commission."""
    for one in assessors:
        members.name_member(
            by=safia, candidate=made.number, person=one.person, qualified_by="Dix ans de fabrication"
        )
    return files.file(made.number)


def sign_and_begin(file: CandidateFile, safia: Actor, second: Actor, amina: Actor) -> CandidateFile:
    """Both sides sign, the candidate says they know: the evaluation may begin."""
    candidate.sign_file(by=signed(safia), candidate=file.number)
    candidate.sign_file(by=signed(second), candidate=file.number)
    candidate.accept_collection(by=signed(amina), candidate=file.number)
    return files.file(file.number)


@pytest.fixture()
def begun(file: CandidateFile, safia: Actor, victor: Actor, amina: Actor) -> CandidateFile:
    """Amina's file under evaluation."""
    return sign_and_begin(file, safia, victor, amina)


@pytest.fixture()
def of_a_block(
    cqpm: Reference, safia: Actor, romain: Actor, thea: Actor, victor: Actor, amina: Actor
) -> CandidateFile:
    """Amina's file for the first block alone, under evaluation: three competences, for what holds of any number."""
    block = cqpm.blocks.get(name="B1").block.identity
    made = seated(prepared(safia, cqpm, amina, victor, block=block), safia, romain, thea)
    return sign_and_begin(made, safia, victor, amina)


def later(**how_long: float) -> datetime:
    """Some time after now."""
    return clock.now() + timedelta(**how_long)


def every_line(file: CandidateFile, competence: str, finding: str = "observed") -> dict[str, dict[str, str]]:
    """A grid with a finding on every line that applies."""
    applies = files.applies(file)
    lines = [i for i in files.competence(file, competence).items() if applies.get(i.id, True)]
    return {i.id: {"finding": finding, "text": f"Vu le 23 pour {i.id}"} for i in lines}
