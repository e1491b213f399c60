"""A list of machines as other systems write it: which columns, which words."""

from strate.workshop.machines import queries, rules
from strate.workshop.site.importing import Column, Reading, choice, text, whole

KIND_WORDS = {
    "machine": "printer",
    "imprimante": "printer",
    "tamis": "sieve",
    "four": "furnace",
    "dépoudrage": "depowdering",
    "station de dépoudrage": "depowdering",
    "scie": "saw",
    "sableuse": "blasting",
    "balance": "scale",
    "stockage": "store",
    **{
        kind: kind
        for kind in ("printer", "sieve", "furnace", "depowdering", "saw", "blasting", "scale", "store")
    },
}
FAMILY_WORDS = {
    "métal": "metal",
    "polymère": "polymer",
    "sable": "sand",
    "metal": "metal",
    "polymer": "polymer",
    "sand": "sand",
}
DRIVER_WORDS = {"aucune": "", "none": "", "opc ua": "opcua", "opcua": "opcua"}
SIDE = whole(0, 100_000)

COLUMNS = (
    Column("code", ("Code", "Repère"), text(40), required=True, unique=True),
    Column("title", ("Nom", "Désignation", "Name"), text(120), required=True),
    Column("kind", ("Type", "Genre", "Kind"), choice(KIND_WORDS), default="printer"),
    Column("family", ("Famille", "Family"), choice(FAMILY_WORDS), default="metal"),
    Column("model", ("Modèle", "Model"), text(40)),
    Column("serial", ("N° de série", "Numéro de série", "Serial number"), text(40)),
    Column("place", ("Lieu", "Emplacement", "Place"), text(40)),
    Column("width_mm", ("Largeur (mm)", "Width (mm)"), SIDE, default=0),
    Column("depth_mm", ("Profondeur (mm)", "Depth (mm)"), SIDE, default=0),
    Column("height_mm", ("Hauteur (mm)", "Height (mm)"), SIDE, default=0),
    Column("material", ("Matière", "Material"), text(40)),
    Column("driver", ("Connexion", "Connection"), choice(DRIVER_WORDS), default=""),
    Column("endpoint", ("Adresse", "Address"), text(200)),
)


def check(reading: Reading) -> None:
    """The codes of the list that a machine already bears, or that no label can bear."""
    taken = queries.codes()
    for row in reading.rows:
        code = row.values["code"] or ""
        if code in taken:
            reading.note(row.number, "Code", "machine_code_taken", machine=code)
        elif code and rules.code_faults(code):
            reading.note(row.number, "Code", "code_not_a_label", code=code)
