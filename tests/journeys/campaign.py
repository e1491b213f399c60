"""A centre, its candidates and what their commission wrote, grid by grid, before the jury (a process of its own)."""

import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

# Actors by their key, once Django is there.
Team = dict[str, Any]
PIN, PASSWORD = "271828", "les strates du matin"
# Everybody is invented, and their names say so.
PEOPLE = {
    "maud": ("Maud Centre-Exemple", "centre"),
    "yann": ("Yann Centre-Fictif", "centre"),
    "romain": ("Romain Grille-Fictive", "assessor"),
    "thea": ("Théa Critère-Inventé", "assessor"),
    "ugo": ("Ugo Preuve-Exemple", "assessor"),
    "victor": ("Victor Tuteur-Fictif", "shift_leader juror"),
    "nadia": ("Nadia Couche-Fictive", "operator"),
    "omar": ("Omar Tamis-Inventé", "operator"),
    "pia": ("Pia Plateau-Exemple", "operator"),
    "paul": ("Paul Chambre-Fictive", "juror"),
    "rose": ("Rose Usine-Inventée", "juror"),
    "sami": ("Sami Accord-Exemple", "juror"),
    "theo": ("Théo Branche-Fictive", "juror"),
    "elsa": ("Elsa Calibre-Exemple", "quality"),
}
ASSESSORS = ("romain", "thea", "ugo")
BADGES = {key: f"C-{number:02d}" for number, key in enumerate(PEOPLE, 1)}


def main(home: Path) -> None:
    import django

    django.setup()
    team = _hire()
    numbers = [
        _evaluated(team, *each) for each in (("nadia", "employee"), ("omar", "vae"), ("pia", "employee"))
    ]
    (home / "campaign.txt").write_text(" ".join(numbers))


def _hire() -> Team:
    from strate.workshop.journal import clock
    from strate.workshop.journal.actor import SYSTEM
    from strate.workshop.people import actions, queries
    from strate.workshop.people.actions.installing import install
    from strate.workshop.people.hashing import seal_password, seal_pin
    from strate.workshop.site import actions as site

    pin, password = seal_pin(PIN), seal_password(PASSWORD)
    admin = install(
        by=SYSTEM,
        site_name="Atelier d’essai",
        time_zone="Europe/Paris",
        language="fr",
        name="Hugo Admin-Exemple",
        login="hugo",
        badge="C-00",
        password=password,
        pin=pin,
    )
    site.set_setting(
        by=queries.actor_for(admin).signing("badge+pin", clock.now()), key="badge_anywhere", value="yes"
    )
    team = {}
    for key, (name, held) in PEOPLE.items():
        who = actions.register(
            by=SYSTEM, name=name, login=key, badge=BADGES[key], language="fr", roles=held.split()
        )
        actions.set_pin(by=SYSTEM, person=who.pk, pin=pin)
        team[key] = queries.actor_for(who).signing("badge+pin", clock.now())
    return team


def _evaluated(team: Team, name: str, status: str) -> str:
    """One candidate's file, from registration to every grid signed; the commission concludes all but Omar's."""
    from strate.workshop.qualification.actions import commission

    number = _prepared(team, name, vae=status == "vae", status=status)
    wanted = _grids(team, number)
    if status != "vae":
        said = {"opinion": "favourable", "text": "Autonome au poste"}
        commission.give_opinion(by=team["victor"], candidate=number, activities={"A1": said, "A2": said})
    for each in wanted:
        short = name == "nadia" and each == "C3"
        commission.propose_competence(
            by=team["romain"],
            candidate=number,
            competence=each,
            outcome="proposed_not_acquired" if short else "proposed_acquired",
            reasons="Comptes rendus à compléter" if short else "",
        )
    if name != "omar":
        commission.conclude_commission(by=team["romain"], candidate=number)
    return number


def _prepared(team: Team, name: str, *, vae: bool, status: str) -> str:
    """Registered, framed, settled, signed by both sides, its candidate told."""
    from django.utils.timezone import localdate

    from strate.workshop.journal import clock
    from strate.workshop.qualification.actions import candidate, members
    from strate.workshop.qualification.queries import files

    maud, me = team["maud"], team[name]
    firm = {} if vae else {"company": "Atelier Fictif", "company_person": team["victor"].person}
    firm |= {} if vae else {"company_capacity": "tutor"}
    code = _reference(team)
    number = candidate.register_candidate(
        by=maud, person=me.person, reference=code, centre="Centre d’essai", status=status, **firm
    ).number
    today = localdate(clock.now())
    dates = {"evaluation_from": today - timedelta(days=20), "evaluation_to": today}
    candidate.frame_file(
        by=maud, candidate=number, place="Hall d’essai", place_kind="company", **dates, **firm
    )
    of = files.file(number)
    modes = {each.id: ["MOD1"] for each in files.competences(of)}
    candidate.set_modalities(by=maud, candidate=number, modes=modes)
    decided = {
        each.id: {"applies": True, "reason": "Atelier métal avec four"} for each in files.conditional(of)
    }
    candidate.decide_applicability(by=maud, candidate=number, decisions=decided)
    for key in ASSESSORS:
        who = team[key].person
        members.name_member(by=maud, candidate=number, person=who, qualified_by="Dix ans de fabrication")
    candidate.sign_file(by=maud, candidate=number)
    candidate.sign_file(by=me if vae else team["victor"], candidate=number)
    candidate.accept_collection(by=me, candidate=number)
    return str(number)


def _reference(team: Team) -> str:
    """The reference the house ships, loaded by one and approved by another."""
    from strate.workshop.qualification.actions import references
    from strate.workshop.qualification.models import Reference

    if not Reference.objects.exists():
        loaded = references.load_shipped(by=team["maud"])[0]
        references.approve_reference(by=team["yann"], code=loaded.code, version=loaded.version)
    return str(Reference.objects.values_list("code", flat=True)[0])


def _grids(team: Team, number: str) -> list[str]:
    """Each assessor's grid of each competence, whole and signed."""
    from strate.workshop.qualification.actions import grids
    from strate.workshop.qualification.queries import files

    of = files.file(number)
    applies = files.applies(of)
    for competence in files.competences(of):
        lines = [line.id for line in competence.items() if applies.get(line.id, True)]
        rows = {line: {"finding": "observed", "text": "Vu au poste"} for line in lines}
        for key in ASSESSORS:
            asked = {"by": team[key], "candidate": number, "competence": competence.id}
            kept = grids.save_grid(**asked, rows=rows)
            grids.sign_grid(**asked, basis=kept.version)
    return [each.id for each in files.competences(of)]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
