"""A jury of the demo shop: Bruno's block is evaluated and concluded, and four jurors are invited to decide of it."""

from datetime import timedelta

from django.utils import timezone

from strate.web.demo.candidates import framed
from strate.workshop.journal import clock
from strate.workshop.journal.actor import Actor
from strate.workshop.qualification.actions import candidate, commission, convening, grids, members, ruling
from strate.workshop.qualification.queries import files, references

Team = dict[str, Actor]
# What no text gives, decided by this invented centre so that its jury can sit.
HOUSE_RULES = {"quorum": "4", "incompatibilities": "company", "complaint_days": "60"}
SEATS = (
    ("paul", "employer", "Chambre fictive A"),
    ("rose", "employer", "Chambre fictive B"),
    ("sami", "union", "Syndicat fictif 1"),
    ("theo", "union", "Syndicat fictif 2"),
)


def convene(team: Team) -> None:
    """Four jurors, three weeks from now, for a file whose commission has concluded."""
    maud, today = team["maud"], timezone.localdate(clock.now())
    number = _concluded(team)
    for rule, value in HOUSE_RULES.items():
        source = "Règlement d’essai du centre fictif"
        ruling.enter_jury_rule(by=maud, rule=rule, value=value, source=source, origin="house")
    convening.convene(
        by=maud,
        reference=files.file(number).reference.code,
        held_on=today + timedelta(days=21),
        starts="14:00",
        place="Salle de réunion",
        unions_asked_on=today - timedelta(days=3),
        region_informed_on=today,
        candidates=[number],
        seats=[
            convening.Seated(
                person=team[key].person,
                side=side,  # one of the two sides, as SEATS names them
                organisation=organisation,
                chair=key == "paul",
                leave_needed=side == "union",
                leave_noticed_on=today,
            )
            for key, side, organisation in SEATS
        ],
    )


def _concluded(team: Team) -> str:
    """Bruno's file for one block: signed by both sides, two grids of each competence, the opinion, the proposals."""
    number = _begun(team)
    of = files.file(number)
    applies = files.applies(of)
    for competence in files.competences(of):
        lines = [line.id for line in competence.items() if applies.get(line.id, True)]
        rows = {line: {"finding": "observed", "text": "Vu au poste"} for line in lines}
        for key in ("leon", "nina"):
            asked = {"candidate": number, "competence": competence.id}
            kept = grids.save_grid(by=team[key], rows=rows, **asked)
            grids.sign_grid(by=team[key], basis=kept.version, **asked)
    said = {"opinion": "favourable", "text": "Autonome au poste"}
    commission.give_opinion(by=team["chloe"], candidate=number, activities={"A1": said, "A2": said})
    for competence in files.competences(of):
        commission.propose_competence(
            by=team["leon"],
            candidate=number,
            competence=competence.id,
            outcome="proposed_acquired",
            reasons="",
        )
    commission.conclude_commission(by=team["leon"], candidate=number)
    return number


def _begun(team: Team) -> str:
    maud, approved = team["maud"], references.in_force()[0]
    first = approved.blocks.select_related("block").order_by("pk")[0]
    number = framed(team, "bruno", approved.code, begins=-20, ends=0, block=first.block.identity)
    registered = files.file(number)
    modes = {each.id: ["MOD1"] for each in files.competences(registered)}
    known = {line.id: {"applies": True, "reason": "Atelier métal"} for line in files.conditional(registered)}
    candidate.settle_modalities(by=maud, candidate=number, modes=modes, decisions=known)
    for key in ("leon", "nina"):
        members.name_member(by=maud, candidate=number, person=team[key].person, qualified_by="Formateur")
    for key in ("maud", "chloe"):
        candidate.sign_file(by=team[key], candidate=number)
    candidate.accept_collection(by=team["bruno"], candidate=number)
    return number
