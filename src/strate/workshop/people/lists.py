"""Lists of people and of stations as other systems write them: which columns, which words."""

from strate.workshop.people import queries
from strate.workshop.people.roles import GIVEN
from strate.workshop.site import queries as site
from strate.workshop.site.importing import Column, Reading, choice, code, several, text, whole

# Either language, and what people really write.
ROLE_WORDS = {
    "opérateur": "operator",
    "opératrice": "operator",
    "chef d'équipe": "shift_leader",
    "cheffe d'équipe": "shift_leader",
    "méthodes": "methods",
    "qualité": "quality",
    "maintenance": "maintenance",
    "hse": "hse",
    "bureau d'études": "design",
    "formateur": "trainer",
    "formatrice": "trainer",
    "évaluateur": "assessor",
    "évaluatrice": "assessor",
    "auditeur": "auditor",
    "auditrice": "auditor",
    "administrateur": "admin",
    "administratrice": "admin",
    "process engineer": "methods",
    "administrator": "admin",
    **{role.replace("_", " "): role for role in GIVEN},
}
LANGUAGE_WORDS = {"français": "fr", "fr": "fr", "anglais": "en", "en": "en", "french": "fr", "english": "en"}

COLUMNS = (
    Column("name", ("Nom", "Prénom et nom", "Name"), text(120), required=True),
    Column("login", ("Identifiant", "Login"), text(60), unique=True),
    Column("badge", ("Badge", "N° de badge", "Badge number"), text(60), unique=True),
    Column("roles", ("Rôles", "Rôle", "Roles", "Role"), several(choice(ROLE_WORDS)), default=()),
    Column("language", ("Langue", "Language"), choice(LANGUAGE_WORDS), default="fr"),
)


YES_WORDS = {"oui": "1", "non": "", "yes": "1", "no": "", "1": "1", "0": ""}
STATIONS = (
    Column("code", ("Code", "Repère"), code, required=True, unique=True),
    Column("title", ("Nom", "Nom à l'écran", "Name"), text(120), required=True),
    Column("place", ("Lieu", "Emplacement", "Place"), code),
    Column("shared", ("Partagé", "Partagé (oui/non)", "Shared"), choice(YES_WORDS), default="1"),
    Column("idle_minutes", ("Veille (min)", "Idle (min)"), whole(1, 240), default=5),
)


def check_stations(reading: Reading) -> None:
    """The stations of the list that are here already, and those that would stand in no place of the site."""
    known = {s.code for s in queries.stations(also_retired=True)}
    places = {p.code for p in site.places()}
    for row in reading.rows:
        if row.values["code"] in known:
            reading.note(row.number, "Code", "cell_taken", value=row.values["code"])
        if row.values["place"] and row.values["place"] not in places:
            reading.note(row.number, "Lieu", "no_such_place", place=row.values["place"])


def check(reading: Reading) -> None:
    """The logins and badges of the list that somebody here already has."""
    taken = queries.taken()
    for row in reading.rows:
        if (row.values["login"] or "").lower() in taken.logins:
            reading.note(row.number, "Identifiant", "cell_taken", value=row.values["login"])
        if row.values["badge"] and row.values["badge"] in taken.badges:
            reading.note(row.number, "Badge", "cell_taken", value=row.values["badge"])
