"""The people of the demo shop; every name is invented and says so."""

from dataclasses import dataclass

from strate.workshop.journal import clock
from strate.workshop.journal.actor import SYSTEM, Actor
from strate.workshop.people import actions, queries, roles
from strate.workshop.people.actions.installing import install
from strate.workshop.people.hashing import seal_password, seal_pin

# Printed at each start of the demo; a real site has neither these people nor these secrets.
DEMO_PIN = "271828"
DEMO_PASSWORD = "couche-par-couche"


@dataclass(frozen=True)
class Somebody:
    key: str
    name: str
    badge: str
    roles: tuple[str, ...]


HUGO = Somebody("hugo", "Hugo Admin-Exemple", "STRATE-09", (roles.ADMIN,))
TEAM = (
    Somebody("amina", "Amina Couche-Fictive", "STRATE-01", (roles.OPERATOR,)),
    Somebody("bruno", "Bruno Tamis-Inventé", "STRATE-02", (roles.OPERATOR,)),
    Somebody("chloe", "Chloé Relève-Exemple", "STRATE-03", (roles.SHIFT_LEADER,)),
    Somebody("driss", "Driss Gamme-Fictif", "STRATE-04", (roles.METHODS,)),
    Somebody("ines", "Inès Tranche-Inventée", "STRATE-05", (roles.METHODS, roles.DESIGN)),
    Somebody("elsa", "Elsa Calibre-Exemple", "STRATE-06", (roles.QUALITY,)),
    Somebody("farid", "Farid Filtre-Fictif", "STRATE-07", (roles.MAINTENANCE,)),
    Somebody("gaelle", "Gaëlle Masque-Inventée", "STRATE-08", (roles.HSE,)),
    Somebody("leon", "Léon Formation-Fictive", "STRATE-10", (roles.TRAINER, roles.ASSESSOR)),
    Somebody("maud", "Maud Centre-Exemple", "STRATE-11", (roles.CENTRE,)),
    Somebody("nina", "Nina Grille-Inventée", "STRATE-12", (roles.ASSESSOR,)),
    Somebody("paul", "Paul Chambre-Fictive", "STRATE-13", (roles.JUROR,)),
    Somebody("rose", "Rose Usine-Inventée", "STRATE-14", (roles.JUROR,)),
    Somebody("sami", "Sami Accord-Exemple", "STRATE-15", (roles.JUROR,)),
    Somebody("theo", "Théo Branche-Fictive", "STRATE-16", (roles.JUROR,)),
)


def proven(actor: Actor) -> Actor:
    """The same person as if they had just typed their PIN: the demo shop plays their gestures."""
    return actor.signing("badge+pin", clock.now())


def hire() -> dict[str, Actor]:
    """Install the demo site and register its people; each is ready to sign."""
    # One hash for all: hashing is slow on purpose, and these secrets are printed on the screen anyway.
    pin, password = seal_pin(DEMO_PIN), seal_password(DEMO_PASSWORD)
    admin = install(
        by=SYSTEM,
        site_name="Atelier Démonstration",
        time_zone="Europe/Paris",
        language="fr",
        name=HUGO.name,
        login=HUGO.key,
        badge=HUGO.badge,
        password=password,
        pin=pin,
    )
    team = {HUGO.key: proven(queries.actor_for(admin, source="demo"))}
    for one in TEAM:
        who = actions.register(
            by=SYSTEM, name=one.name, login=one.key, badge=one.badge, language="fr", roles=list(one.roles)
        )
        actions.set_pin(by=SYSTEM, person=who.pk, pin=pin)
        actions.set_password(by=SYSTEM, person=who.pk, password=password)
        team[one.key] = proven(queries.actor_for(who, source="demo"))
    return team


def team() -> dict[str, Actor]:
    """The people of the demo shop, ready to act; by the key they are called in scripts."""
    found = ((one.key, queries.by_login(one.key)) for one in (HUGO, *TEAM))
    return {key: proven(queries.actor_for(who, source="demo")) for key, who in found if who}


def badges() -> list[tuple[str, str, str]]:
    """What is printed at the start: name, roles, badge."""
    return [
        (one.name, ", ".join(str(roles.ROLES[role]) for role in one.roles), one.badge)
        for one in sorted((*TEAM, HUGO), key=lambda one: one.badge)
    ]
