"""The materials as other systems list them: which columns, which words."""

from decimal import Decimal

from strate.workshop.feedstock import queries
from strate.workshop.site.importing import Column, Reading, choice, decimal, text, whole

FAMILY_WORDS = {
    "métal": "metal",
    "metal": "metal",
    "polymère": "polymer",
    "polymer": "polymer",
    "sable": "sand",
    "sand": "sand",
    "liant": "binder",
    "binder": "binder",
}
CMR_WORDS = {"oui": "yes", "yes": "yes", "non": "no", "no": "no", "inconnu": "unknown", "unknown": "unknown"}
DENSITY = decimal(Decimal("0.01"), Decimal(30))

COLUMNS = (
    Column("code", ("Code", "Code matière", "Material code"), text(40), required=True, unique=True),
    Column("title", ("Nom", "Désignation", "Name"), text(120), required=True),
    Column("family", ("Famille", "Family"), choice(FAMILY_WORDS), required=True),
    Column("density_g_cm3", ("Masse volumique (g/cm³)", "Density (g/cm³)"), DENSITY, default=None),
    Column(
        "bulk_density_g_cm3",
        ("Masse volumique du lit (g/cm³)", "Bulk density (g/cm³)"),
        DENSITY,
        default=None,
    ),
    Column("sieve_um", ("Tamis (µm)", "Sieve (µm)"), whole(1, 5000), default=None),
    Column("cmr", ("CMR",), choice(CMR_WORDS), default="unknown"),
    Column("source", ("Source",), text(200)),
)


def check(reading: Reading) -> None:
    """Materials that the shop knows already, and beds denser than their solid."""
    known = {code.casefold() for code in queries.material_codes()}
    for row in reading.rows:
        values = row.values
        if (values["code"] or "").casefold() in known:
            reading.note(row.number, "Code", "cell_taken", value=values["code"])
        solid, bed = values["density_g_cm3"], values["bulk_density_g_cm3"]
        if solid and bed and bed > solid:
            reading.note(
                row.number,
                "Masse volumique du lit (g/cm³)",
                "cell_out_of_bounds",
                least=0,
                most=solid,
                value=bed,
            )
