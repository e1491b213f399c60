"""A jury of four for the tests: the people, the rules entered, the files whose commission has concluded."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from strate.workshop.journal import guard
from strate.workshop.journal.actor import Actor
from strate.workshop.people import roles
from strate.workshop.people.models import Person, RoleHeld
from strate.workshop.qualification.actions import before_sitting, convening, recording, ruling, sitting
from strate.workshop.qualification.actions import references as reference_actions
from strate.workshop.qualification.models import CandidateFile, CommissionMember, Jury, Proposal, Reference
from strate.workshop.qualification.queries import files
from strate.workshop.qualification.queries import jury as queries
from tests.workshop.conftest import actor, signed

# Past on any clock: strangers refuse a certificate of tomorrow.
DAY = datetime(2026, 6, 15, 9, 0, tzinfo=UTC)
JURORS = {"paul": "employer", "rose": "employer", "sami": "union", "theo": "union"}
ORGANISATIONS = {"paul": "Chambre A", "rose": "Chambre B", "sami": "Syndicat Un", "theo": "Syndicat Deux"}


def person(name: str, *held: str) -> Actor:
    """Somebody of these tests, with their roles."""
    with guard.lifted():
        who, _new = Person.objects.get_or_create(
            pk=f"p-{name}",
            defaults={"login": name, "name": f"{name.capitalize()} Essai", "badge": f"B-{name}"},
        )
        for role in held:
            RoleHeld.objects.get_or_create(person=who, role=role)
    return actor(name, *held)


def centre() -> Actor:
    return signed(person("odile", roles.CENTRE))


def juror(name: str) -> Actor:
    return signed(person(name, roles.JUROR))


def reference() -> Reference:
    """The reference the house ships, as its own loader brings it in."""
    known = Reference.objects.first()
    return known or reference_actions.load_shipped(by=person("odile", roles.CENTRE))[0]


def candidate(
    name: str, *, refused: tuple[str, ...] = (), status: str = "employee", **more: Any
) -> CandidateFile:
    """A file whose commission has concluded: everything proposed acquired but what is named."""
    of, at = reference(), DAY - timedelta(days=30)
    person(name, roles.OPERATOR)
    with guard.lifted():
        made = CandidateFile.objects.create(
            person=f"p-{name}",
            reference=of,
            status=status,
            centre="Centre d’essai",
            state="commission_concluded",
            registered_by="p-odile",
            registered_at=at,
            concluded_at=at,
            **more,
        )
        for each in files.competences(made):
            outcome = "proposed_not_acquired" if each.id in refused else "proposed_acquired"
            Proposal.objects.create(
                file=made, competence=each.id, outcome=outcome, reasons="", by="p-odile", at=at, event="e"
            )
        CommissionMember.objects.create(
            file=made, person=person("vera", roles.ASSESSOR).person, qualified_by="x"
        )
    return made


def enter_rules(by: Actor | None = None) -> None:
    """What no text gives, entered by the centre."""
    who = by or centre()
    for rule, value in (("quorum", "4"), ("incompatibilities", "company"), ("complaint_days", "60")):
        ruling.enter_jury_rule(by=who, rule=rule, value=value, source="Règlement du centre", origin="house")


def seats(*names: str) -> list[convening.Seated]:
    return [
        convening.Seated(
            person=person(name, roles.JUROR).person,
            side=JURORS.get(name, "union"),
            organisation=ORGANISATIONS.get(name, name),
            chair=name == "paul",
        )
        for name in names or JURORS
    ]


def convened(*found: CandidateFile, **more: Any) -> Jury:
    """A jury that sits today, its unions asked in time."""
    values: dict[str, Any] = {
        "reference": reference().code,
        "held_on": DAY.date(),
        "place": "Salle A",
        "unions_asked_on": date(2026, 5, 1),
        "region_informed_on": date(2026, 5, 5),
        "seats": seats(),
        "candidates": [each.number for each in found],
    }
    return convening.convene(by=centre(), **(values | more))


def declared(jury: Jury, *names: str, **ties: dict[str, list[str]]) -> None:
    """Each juror declares; without a word, no tie."""
    numbers = [case.file.number for case in queries.cases(jury)]
    for name in names or [seat.person.removeprefix("p-") for seat in queries.seats(jury)]:
        told = {number: ties.get(name, {}).get(number, []) for number in numbers}
        before_sitting.declare_independence(by=juror(name), jury=jury.code, ties=told)


def seated(jury: Jury, *names: str) -> Jury:
    """The jurors sign the attendance sheet, and the chair opens the sitting."""
    for name in names or [seat.person.removeprefix("p-") for seat in queries.seats(jury)]:
        sitting.attend(by=juror(name), jury=jury.code)
    return sitting.open_sitting(by=juror("paul"), jury=jury.code, conditions_met=True)


def said(jury: Jury, of: CandidateFile, *, refused: tuple[str, ...] = ()) -> list[sitting.Said]:
    """Everybody says the same of each competence."""
    here = [seat.person for seat in queries.seats(jury) if seat.present_at]
    return [
        sitting.Said(
            competence=code,
            voices=dict.fromkeys(here, "not_validated" if code in refused else "validated"),
            reason="Gestes à revoir" if code in refused else "",
        )
        for code in queries.to_decide(of, on=jury.held_on)
    ]


def decided(*found: CandidateFile, refused: tuple[str, ...] = ()) -> Jury:
    """A jury from its invitation to the last signature of its minutes."""
    enter_rules()
    jury = convened(*found)
    declared(jury)
    seated(jury)
    for of in found:
        decide(jury, of, refused=refused)
    return closed(jury)


def decide(jury: Jury, of: CandidateFile, *, refused: tuple[str, ...] = ()) -> None:
    """The chair writes down what everybody said of one candidate."""
    sitting.deliberate(
        by=juror("paul"), jury=jury.code, candidate=of.number, said=said(jury, of, refused=refused)
    )


def closed(jury: Jury) -> Jury:
    made = recording.lock_minutes(by=juror("paul"), jury=jury.code)
    for seat in queries.seats(jury):
        if seat.present_at:
            name = seat.person.removeprefix("p-")
            recording.sign_minutes(by=juror(name), jury=jury.code, sha256=made.sha256)
    return queries.jury(jury.code)
