"""A candidate of the demo shop: her file is prepared, and says what it still lacks before anybody signs it."""

from datetime import timedelta

from django.utils import timezone

from strate.workshop.journal import clock
from strate.workshop.journal.actor import Actor
from strate.workshop.qualification.actions import candidate, maps, members, questions, references
from strate.workshop.qualification.queries import files
from strate.workshop.qualification.queries import maps as tables

Team = dict[str, Actor]
COMPANY = "Atelier Démonstration"
NOT_HERE = {"C6.O4": "Aucun scan 3D dans cet atelier"}


def register(team: Team) -> None:
    """The shipped reference approved, its example questions, and Amina registered by the centre."""
    maud = team["maud"]
    loaded = references.load_shipped(by=team["elsa"])[0]
    references.approve_reference(by=maud, code=loaded.code, version=loaded.version)
    questions.load_examples(by=team["leon"], reference=loaded.code)
    _map_evidence(team, loaded.code)
    number = framed(team, "amina", loaded.code, begins=7, ends=60)
    registered = files.file(number)
    wanted = [each.id for each in files.competences(registered)]
    decided = {
        line.id: {
            "applies": line.id not in NOT_HERE,
            "reason": NOT_HERE.get(line.id, "Atelier métal avec four"),
        }
        for line in files.conditional(registered)
    }
    modes = {each: ["MOD1"] for each in wanted}
    candidate.settle_modalities(by=maud, candidate=number, modes=modes, decisions=decided)
    known = "Dix ans de fabrication additive métal, formateur"
    leon = team["leon"].person
    members.name_member(by=maud, candidate=number, person=leon, qualified_by=known)


def _map_evidence(team: Team, reference: str) -> None:
    """The centre judges one line of the table of evidence otherwise than the house, and says why."""
    known = tables.known(reference).content
    criteria = {**known["criteria"], "C5.O3": {"reach": "human_only"}}
    why = "L’aspirateur mobile de cet atelier n’écrit rien : seul un regard le voit"
    maps.write_evidence_map(by=team["maud"], content={**known, "criteria": criteria}, reason=why, seen=0)


def framed(team: Team, name: str, reference: str, *, begins: int, ends: int, block: str = "") -> str:
    """The number of somebody registered by the centre, evaluated in the hall between two days from today."""
    maud, chloe = team["maud"], team["chloe"].person
    today = timezone.localdate(clock.now())
    number = candidate.register_candidate(
        by=maud,
        person=team[name].person,
        reference=reference,
        block=block,
        centre="Centre de certification fictif",
        company=COMPANY,
        company_person=chloe,
        company_capacity="line_manager",
    ).number
    candidate.frame_file(
        by=maud,
        candidate=number,
        place="Hall de fabrication",
        place_kind="company",
        evaluation_from=today + timedelta(days=begins),
        evaluation_to=today + timedelta(days=ends),
        company=COMPANY,
        company_person=chloe,
        company_capacity="line_manager",
    )
    return str(number)
