"""A candidate of the demo shop: her file is prepared, and says what it still lacks before anybody signs it."""

from datetime import timedelta

from django.utils import timezone

from strate.workshop.journal import clock
from strate.workshop.journal.actor import Actor
from strate.workshop.qualification.actions import candidate, members, questions, references
from strate.workshop.qualification.queries import files

Team = dict[str, Actor]
NOT_HERE = {"C6.O4": "Aucun scan 3D dans cet atelier"}


def register(team: Team) -> None:
    """The shipped reference approved, its example questions, and Amina registered by the centre."""
    maud, today = team["maud"], timezone.localdate(clock.now())
    loaded = references.load_shipped(by=team["elsa"])[0]
    references.approve_reference(by=maud, code=loaded.code, version=loaded.version)
    questions.load_examples(by=team["leon"], reference=loaded.code)
    company = {"company": "Atelier Démonstration", "company_person": team["chloe"].person}
    registered = candidate.register_candidate(
        by=maud,
        person=team["amina"].person,
        reference=loaded.code,
        centre="Centre de certification fictif",
        company_capacity="line_manager",
        **company,
    )
    number = registered.number
    candidate.frame_file(
        by=maud,
        candidate=number,
        place="Hall de fabrication",
        place_kind="company",
        evaluation_from=today + timedelta(days=7),
        evaluation_to=today + timedelta(days=60),
        company_capacity="line_manager",
        **company,
    )
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
    members.name_member(by=maud, candidate=number, person=team["leon"].person, qualified_by=known)
