"""What the shop calls its feedstocks: their names, densities and meshes."""

from decimal import Decimal
from typing import Any, Literal

from strate.workshop.doors.texts import Code, Sentence, Title
from strate.workshop.feedstock import queries
from strate.workshop.feedstock.models import Material
from strate.workshop.feedstock.rules.typed import Density, Mesh
from strate.workshop.journal.actions import act
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Reason, Refused, RuleBroken
from strate.workshop.people.roles import permit

Family = Literal["metal", "polymer", "sand", "binder"]
Cmr = Literal["unknown", "yes", "no"]


def new_material(
    *,
    by: Actor,
    code: Code,
    title: Title,
    family: Family,
    density_g_cm3: Density | None = None,
    bulk_density_g_cm3: Density | None = None,
    sieve_um: Mesh | None = None,
    cmr: Cmr = "unknown",
    source: Sentence = "",
) -> Material:
    """Add a feedstock to the list of the shop; unknown stays empty."""
    permit(by, "feedstock.new_material")
    code = code.strip()
    if not code or not title.strip():
        raise RuleBroken("field_missing", field="code" if not code else "title")
    if "/" in code:
        raise RuleBroken("field_not_understood", field="code", value=code)
    if Material.objects.filter(code__iexact=code).exists():
        raise RuleBroken("material_exists", material=code)
    _must_be_dense(density_g_cm3, bulk_density_g_cm3)
    values = {
        "title": title.strip(),
        "family": family,
        "density_g_cm3": density_g_cm3,
        "bulk_density_g_cm3": bulk_density_g_cm3,
        "sieve_um": sieve_um,
        "cmr": cmr,
        "source": source,
    }
    with act("feedstock.material_added", by=by) as done:
        made = Material.objects.create(code=code, **values)
        done.tell(made, material=made.ref, **values)
    return made


def import_materials(*, by: Actor, rows: list[dict[str, Any]], file_sha256: str) -> list[Material]:
    """Bring in a whole list of feedstocks at once: all of them or none, one fact."""
    permit(by, "feedstock.new_material")
    for row in rows:
        _must_be_dense(row.get("density_g_cm3"), row.get("bulk_density_g_cm3"))
        if Material.objects.filter(code__iexact=row["code"]).exists():
            raise RuleBroken("material_exists", material=row["code"])
    with act("feedstock.materials_imported", by=by) as done:
        made = Material.objects.bulk_create(Material(**row) for row in rows)
        done.tell(*made, count=len(made), file_sha256=file_sha256)
    return made


def change_material(
    *,
    by: Actor,
    code: Code,
    title: Title,
    density_g_cm3: Density | None = None,
    bulk_density_g_cm3: Density | None = None,
    sieve_um: Mesh | None = None,
    cmr: Cmr = "unknown",
    source: Sentence = "",
) -> Material:
    """Correct what is known of a feedstock; its family never changes."""
    permit(by, "feedstock.new_material")
    known = queries.material(code)
    _must_be_dense(density_g_cm3, bulk_density_g_cm3)
    values = {
        "title": title.strip() or known.title,
        "density_g_cm3": density_g_cm3,
        "bulk_density_g_cm3": bulk_density_g_cm3,
        "sieve_um": sieve_um,
        "cmr": cmr,
        "source": source,
    }
    before = {name: getattr(known, name) for name in values}
    with act("feedstock.material_changed", by=by) as done:
        for name, value in values.items():
            setattr(known, name, value)
        known.save()
        done.tell(known, material=known.ref, before=before, after=values)
    return known


def retire_material(*, by: Actor, code: Code) -> Material:
    """Take a feedstock off the list; its lots and its history stay."""
    permit(by, "feedstock.new_material")
    known = queries.material(code)
    with act("feedstock.material_retired", by=by) as done:
        known.retired = True
        known.save(update_fields=["retired"])
        done.tell(known, material=known.ref)
    return known


def _must_be_dense(density_g_cm3: Decimal | None, bulk_density_g_cm3: Decimal | None) -> None:
    """A powder bed is lighter than the solid, and both weigh something."""
    reasons = []
    for name, value in (("density_g_cm3", density_g_cm3), ("bulk_density_g_cm3", bulk_density_g_cm3)):
        if value is not None and not Decimal(0) < value < Decimal(30):
            reasons.append(Reason("density_out_of_reason", {"field": name, "value": value}))
    if density_g_cm3 and bulk_density_g_cm3 and bulk_density_g_cm3 > density_g_cm3:
        values = {"density_g_cm3": density_g_cm3, "bulk_density_g_cm3": bulk_density_g_cm3}
        reasons.append(Reason("bed_denser_than_solid", values))
    if reasons:
        raise Refused(reasons)
