"""Who may do what in the demo shop: authorisations, qualifications, teams, and what the site demands."""

from datetime import date, timedelta

from django.utils import timezone

from strate.workshop.journal import clock
from strate.workshop.journal.actor import Actor
from strate.workshop.people import actions

Team = dict[str, Actor]
MODEL = "Simulateur LPBF 250"
TEAMS = {
    "matin": ("Équipe du matin", ("amina", "chloe", "elsa")),
    "nuit": ("Équipe de nuit", ("bruno", "farid")),
}


def give(team: Team, printer: str) -> None:
    """The employer's decisions, the trainer's, and the teams; Bruno's authorisations have ended, to show a refusal."""
    today = timezone.localdate(clock.now())
    _authorise(team, printer, today)
    _qualify(team, today)
    for code, (title, members) in TEAMS.items():
        actions.new_team(by=team["chloe"], code=code, title=title)
        for key in members:
            actions.join_team(by=team["chloe"], person=team[key].person, team=code)


def _authorise(team: Team, printer: str, today: date) -> None:
    chloe = team["chloe"]
    for key, until in (("amina", today + timedelta(days=400)), ("bruno", today - timedelta(days=3))):
        for kind, scope in (("machine", printer), ("material", "ti64"), ("power_on", printer)):
            _authorised(chloe, team[key], kind, scope, today, until)
    _authorised(chloe, team["amina"], "fire", "", today, today + timedelta(days=21))
    _authorised(chloe, team["amina"], "equipment", "TAMIS-1", today, today + timedelta(days=400))
    for kind, scope in (("machine", printer), ("material", "ti64")):
        _authorised(team["elsa"], chloe, kind, scope, today, None)
    # Farid learns to switch the printer on, with Amina beside him.
    learning = {"kind": "power_on", "scope": printer, "under": team["amina"].person}
    actions.authorise(by=chloe, person=team["farid"].person, reason="Apprentissage au poste", **learning)


def _authorised(by: Actor, who: Actor, kind: str, scope: str, today: date, until: date | None) -> None:
    actions.authorise(
        by=by,
        person=who.person,
        kind=kind,
        scope=scope,
        granted_on=today - timedelta(days=300),
        expires_on=until,
        reason="Formation interne",
    )


def _qualify(team: Team, today: date) -> None:
    """Amina and Bruno were tested by the trainer; the site demands it of whoever launches titanium."""
    issued = today - timedelta(days=200)
    for key in ("amina", "bruno", "chloe"):
        actions.qualify(
            by=team["leon"],
            person=team[key].person,
            machine_model=MODEL,
            material="ti64",
            abilities=["set_up", "powder", "run", "unpack", "emergency"],
            theory_on=issued - timedelta(days=9),
            practice_on=issued - timedelta(days=2),
            vision_on=issued - timedelta(days=30),
            issued_on=issued,
        )
    actions.demand(
        by=team["elsa"],
        asked_for="builds.launch",
        record="qualification",
        material="ti64",
        ability="run",
        source="ISO/ASTM 52942, procédure d’essai FA-12",
    )
