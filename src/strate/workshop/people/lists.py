"""A list of people as other systems write it: which columns, which words."""

from strate.workshop.people import queries
from strate.workshop.people.roles import GIVEN
from strate.workshop.site.importing import Column, Reading, choice, several, text

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


def check(reading: Reading) -> None:
    """The logins and badges of the list that somebody here already has."""
    taken = queries.taken()
    for row in reading.rows:
        if (row.values["login"] or "").lower() in taken.logins:
            reading.note(row.number, "Identifiant", "cell_taken", value=row.values["login"])
        if row.values["badge"] and row.values["badge"] in taken.badges:
            reading.note(row.number, "Badge", "cell_taken", value=row.values["badge"])
