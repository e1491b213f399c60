"""The stock as another system lists it: a row for each container, with the lot it holds."""

from decimal import Decimal
from typing import Any

from strate.workshop.feedstock import queries, wording
from strate.workshop.feedstock.lists.cells import kilograms, parents, words
from strate.workshop.site.importing import Column, Reading, day, decimal, text, whole

COLUMNS = (
    Column("lot", ("Lot", "Code lot", "Lot code"), text(40), required=True),
    Column("material", ("Matière", "Material"), text(40), required=True),
    Column(
        "mass_mg",
        ("Masse nette (kg)", "Masse (kg)", "Net mass (kg)", "Mass (kg)"),
        kilograms(),
        required=True,
    ),
    Column(
        "container", ("Contenant", "Étiquette", "Container", "Label"), text(40), required=True, unique=True
    ),
    Column("kind", ("Type de contenant", "Kind of container"), words(wording.CONTAINERS), default="drum"),
    Column("place", ("Emplacement", "Lieu", "Place"), text(60)),
    Column("inside", ("Dans", "Contenu dans", "Inside"), text(120)),
    Column("tare_mg", ("Tare (kg)",), kilograms(nothing=True), default=None),
    Column("supplier", ("Fournisseur", "Supplier"), text(120)),
    Column("supplier_lot", ("Lot fournisseur", "Supplier lot"), text(80)),
    Column("heat", ("Coulée", "Heat"), text(80)),
    Column("product", ("Produit", "Product"), text(160)),
    Column("order_number", ("N° de commande", "Commande", "Order"), text(80)),
    Column("certificate_number", ("N° de certificat", "Certificat", "Certificate"), text(80)),
    Column("certificate_type", ("Type de certificat", "Certificate type"), words(wording.CERTIFICATES)),
    Column("making", ("Fabrication", "Procédé", "Manufacturing route"), words(wording.MAKING)),
    Column("gas", ("Gaz", "Gas"), text(40)),
    Column("made_on", ("Fabriqué le", "Made on"), day, default=None),
    Column("expires_on", ("Périme le", "Péremption", "Expires on"), day, default=None),
    Column("colour", ("Couleur", "Colour"), text(40)),
    Column(
        "used_percent",
        ("Poudre usagée (%)", "Used powder (%)"),
        decimal(Decimal(0), Decimal(100)),
        default=None,
    ),
    Column("age", ("Âge (fabrications)", "Âge", "Age (builds)"), whole(0, 10_000), default=None),
    Column("parents", ("Issu de", "Fait de", "Made of"), parents, default=()),
)
OF_LOT = (
    *("material", "supplier", "supplier_lot", "heat", "product", "order_number", "certificate_number"),
    *(
        "certificate_type",
        "making",
        "gas",
        "made_on",
        "expires_on",
        "colour",
        "used_percent",
        "age",
        "parents",
    ),
)
LABELS = {column.name: column.label for column in COLUMNS}


def check(reading: Reading) -> None:
    """What only the shop knows: its materials, lots, containers; and what cannot be true inside the list."""
    _lots(reading)
    _containers(reading)
    _families(reading)


def _lots(reading: Reading) -> None:
    codes = {str(row.values["lot"]).casefold() for row in reading.rows}
    taken = queries.lots_called(codes)
    materials = set(queries.materials().values_list("code", flat=True))
    first: dict[str, tuple[int, dict[str, Any]]] = {}
    for row in reading.rows:
        values, code = row.values, str(row.values["lot"] or "")
        if "/" in code:
            reading.note(row.number, LABELS["lot"], "cell_not_code", value=code)
        if code.casefold() in taken:
            reading.note(row.number, LABELS["lot"], "lot_exists", lot=f"lot:{code}")
        if values["material"] and values["material"] not in materials:
            reading.note(row.number, LABELS["material"], "no_such_material", material=values["material"])
        if values["made_on"] and values["expires_on"] and values["expires_on"] < values["made_on"]:
            days = {"on": values["expires_on"], "made_on": values["made_on"]}
            reading.note(row.number, LABELS["expires_on"], "expires_before_made", **days)
        number, said = first.setdefault(code.casefold(), (row.number, values))
        for name in ("lot", *OF_LOT):
            if values[name] != said[name]:
                told = {"value": str(values[name]), "other": str(said[name]), "first_row": number}
                reading.note(row.number, LABELS[name], "cell_disagrees", **told)


def _containers(reading: Reading) -> None:
    codes = {str(row.values["container"]) for row in reading.rows}
    known = {each.code.casefold(): each for each in queries.containers_called(codes)}
    full = queries.held_in(each.ref for each in known.values())
    stands = {f"container:{row.values['container']}": _ref(row.values["inside"]) for row in reading.rows}
    for row in reading.rows:
        label = str(row.values["container"] or "")
        each = known.get(label.casefold())
        if "/" in label:
            reading.note(row.number, LABELS["container"], "cell_not_code", value=label)
        if each and (each.code != label or each.retired):
            reading.note(row.number, LABELS["container"], "container_exists", container=each.ref)
        elif each and (inside := full.get(each.ref)):
            told = {"container": each.ref, "lot": inside[0].lot.ref}
            reading.note(row.number, LABELS["container"], "container_not_empty", **told)
        elif each:
            for reason in queries.traces_reasons([each.ref], str(row.values["material"])):
                reading.note(row.number, LABELS["container"], reason.code, **reason.values)
        if row.values["inside"]:
            _stands(reading, row.number, f"container:{label}", stands)


def _ref(inside: str) -> str:
    """What a container stands in: a machine when it says so, else another container."""
    return inside if ":" in inside or not inside else f"container:{inside}"


def _stands(reading: Reading, number: int, ref: str, stands: dict[str, str]) -> None:
    """A container in a container that neither the shop nor the list knows, or in itself."""
    inside, seen = stands[ref], [ref]
    while inside in stands and inside not in seen:
        seen.append(inside)
        inside = stands[inside]
    if inside in seen:
        told = {"container": ref, "inside": stands[ref]}
        reading.note(number, LABELS["inside"], "container_inside_itself", **told)
    elif inside.startswith("container:"):
        code = inside.removeprefix("container:")
        if not queries.containers_called([code]):
            reading.note(number, LABELS["inside"], "no_such_container", container=code)


def _families(reading: Reading) -> None:
    """Parents that nobody knows, of another material, and lots that would be made of themselves."""
    made_of = {
        row.values["lot"]: [code for code, _mass in row.values["parents"] or ()] for row in reading.rows
    }
    asked = {code for parents in made_of.values() for code in parents}
    known = {code: material for code, (material, _family) in queries.matter_of(asked).items()}
    known |= {row.values["lot"]: row.values["material"] for row in reading.rows}
    for row in reading.rows:
        lot, label = row.values["lot"], LABELS["parents"]
        for parent in made_of[lot]:
            if parent not in known:
                reading.note(row.number, label, "no_such_lot", lot=parent)
            elif known[parent] != row.values["material"]:
                told = {"lot": lot, "parent": parent}
                reading.note(row.number, label, "parents_of_other_material", **told)
        if through := _circle(lot, made_of):
            reading.note(row.number, label, "lot_made_of_itself", lot=lot, through=through)


def _circle(lot: str, made_of: dict[str, list[str]]) -> str:
    """Through which lots a lot would be its own ancestor; empty when it is not."""
    seen: set[str] = set()
    left = [(parent, parent) for parent in made_of[lot]]
    while left:
        each, path = left.pop()
        if each == lot:
            return path
        if each not in seen:
            seen.add(each)
            left += [(parent, f"{path} → {parent}") for parent in made_of.get(each, ())]
    return ""
