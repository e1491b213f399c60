"""What stops a pouring besides the powder itself: a change of material, a sheet unread, a spill, a stopped parent."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from io import BytesIO

import pytest
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from strate.workshop.attachments import store
from strate.workshop.feedstock import actions, queries
from strate.workshop.feedstock.models import Carried, Contamination, Lot, Material
from strate.workshop.holds import actions as holds
from strate.workshop.journal import queries as journal
from strate.workshop.journal.actor import Actor
from strate.workshop.machines.models import Machine
from strate.workshop.procedures import actions as gestures
from strate.workshop.procedures import queries as procedures
from strate.workshop.procedures.kinds import conditions
from strate.workshop.procedures.models import ProcedureRun
from strate.workshop.safety import actions as safety
from tests.workshop.feedstock.conftest import kg
from tests.workshop.safety.conftest import in_force as sheet_in_force

Refuses = Callable[..., AbstractContextManager[None]]
Door = Callable[..., Lot]
Signs = Callable[[Actor], Actor]


@pytest.fixture()
def change(driss: Actor, elsa: Actor, signed: Signs) -> None:
    """The change of material, the cleaning and the sampling it calls, as delivered, approved."""
    codes = ["machine-cleaning", "powder-sampling", "material-change"]
    gestures.load_defaults(by=driss, only=codes)
    for code in codes:
        gestures.submit(by=driss, procedure=code, version=1)
        gestures.approve(by=signed(elsa), procedure=code, version=1)


@pytest.fixture()
def of_steel(m290: Machine, ti64: Material, steel: Material, driss: Actor) -> Machine:
    """A machine that has only ever seen steel."""
    from strate.workshop.machines import actions as hall

    return hall.dedicate(by=driss, machine=m290.code, material="316l")


def photo() -> bytes:
    picture = BytesIO()
    Image.new("RGB", (8, 8), "grey").save(picture, "JPEG")
    return picture.getvalue()


def followed(by: Actor, run: ProcedureRun, *, but: str = "") -> None:
    """Every step asked for in order, the called procedure too, up to the one left out."""
    for step in run.steps:
        if step["code"] == but:
            return
        entry: dict[str, object] = {"ok": True}
        if not step.get("required", True):
            entry = {"skip": "Pas demandé par le site"}
        elif step["kind"] == "procedure":
            inner = gestures.start(
                by=by, procedure=step["procedure"], parent=run.pk, parent_step=step["code"]
            )
            followed(by, inner)
            entry = {"run": inner.pk}
        elif step["kind"] == "photo":
            entry = {"stored": store.keep(photo(), "vide.jpg")}
        elif step["kind"] == "measure":
            entry = {"value": str(step.get("max") or step.get("min") or 1)}
        gestures.do_step(by=by, run=run.pk, step=step["code"], entry=entry)


def test_a_change_of_material_looked_at_by_a_second_person_frees_the_machine_by_itself(
    of_steel: Machine,
    change: None,
    released: Door,
    amina: Actor,
    bruno: Actor,
    signed: Signs,
    refused: Refuses,
) -> None:
    released("T", kg(5))
    pour = {"by": amina, "lot": "T", "machine": "M290-1", "mass_mg": kg(1)}
    with refused("material_change_needed"):
        actions.load(**pour)
    run = gestures.start(by=amina, procedure="material-change", about=["machine:M290-1", "material:ti64"])
    followed(amina, run, but="second-look")
    with refused("material_change_needed"):
        actions.load(**pour)
    with refused("second_person_is_the_first"):
        gestures.do_step(by=signed(amina), run=run.pk, step="second-look", entry={"ok": True})
    gestures.do_step(by=signed(bruno), run=run.pk, step="second-look", entry={"ok": True})
    kept = Carried.objects.get(about="machine:M290-1")
    assert (kept.material, kept.run, kept.by) == ("ti64", run.ref, "p-bruno")
    assert journal.of("machine:M290-1", what="feedstock.cleared")
    actions.load(**pour)
    assert queries.in_machine("M290-1").mass_mg == kg(1)


def test_a_change_of_material_is_not_signed_over_powder_still_inside(
    of_steel: Machine,
    change: None,
    released: Door,
    amina: Actor,
    bruno: Actor,
    signed: Signs,
    refused: Refuses,
) -> None:
    released("S", kg(5), material="316l")
    actions.load(by=amina, lot="S", machine="M290-1", mass_mg=kg(2))
    run = gestures.start(by=amina, procedure="material-change", about=["machine:M290-1", "material:ti64"])
    followed(amina, run, but="second-look")
    last = {"run": run.pk, "step": "second-look", "entry": {"ok": True}}
    with refused("still_holds_powder"):
        gestures.do_step(by=signed(bruno), **last)
    actions.unload(by=amina, machine="M290-1", lot="S-R", mass_mg=kg(2))
    gestures.do_step(by=signed(bruno), **last)
    assert queries.carried_by("machine:M290-1") == "ti64"


def test_a_change_that_names_no_new_material_leaves_it_to_be_said(
    of_steel: Machine, change: None, amina: Actor, bruno: Actor, elsa: Actor, signed: Signs
) -> None:
    run = gestures.start(by=amina, procedure="material-change", about=["machine:M290-1"])
    followed(amina, run, but="second-look")
    gestures.do_step(by=signed(bruno), run=run.pk, step="second-look", entry={"ok": True})
    assert queries.carried_by("machine:M290-1") == "316l"
    actions.clear_for(by=elsa, about="machine:M290-1", material="ti64", run=run.pk)
    assert queries.carried_by("machine:M290-1") == "ti64"


def test_the_page_of_a_change_of_material_starts_its_procedure_for_the_new_one(
    of_steel: Machine, change: None, amina: Actor, at_tablet: Callable[[Actor], Client]
) -> None:
    page = at_tablet(amina).get("/matieres/changement/", {"about": "machine:M290-1"}).content.decode()
    assert "Changement de matière" in page and "Suivre ce mode opératoire" in page
    assert 'value="material:ti64"' in page and 'value="material:316l"' not in page


def test_powder_whose_sheet_is_not_read_is_not_poured_and_is_once_it_is_read(
    ti64: Material,
    m290: Machine,
    released: Door,
    amina: Actor,
    elsa: Actor,
    gaelle: Actor,
    refused: Refuses,
) -> None:
    released("A", kg(5))
    sheet_in_force(elsa, gaelle)
    pour = {"by": amina, "lot": "A", "machine": "M290-1", "mass_mg": kg(1)}
    with refused("sheet_unread"):
        actions.load(**pour)
    safety.acknowledge(by=amina, sheet="ti64-poudrex")
    actions.load(**pour)
    # A new version of the sheet is another thing to read.
    sheet_in_force(elsa, gaelle, version="2")
    with refused("sheet_unread"):
        actions.load(**pour)
    assert queries.in_machine("M290-1").mass_mg == kg(1)


def test_a_spill_contaminates_the_container_it_touched_and_nothing_else_of_the_lot(
    ti64: Material, m290: Machine, released: Door, amina: Actor, refused: Refuses
) -> None:
    released("A", kg(10), container="D-1")
    actions.transfer(by=amina, lot="A", source="D-1", target="D-2", mass_mg=kg(4))
    spill = safety.report_spill(by=amina, about=["container:D-2"])
    [part] = Contamination.objects.all()
    assert (part.lot.code, part.cause, part.origin) == ("A-X1", "accidental_spill", spill.ref)
    assert part.lot.state == "contaminated" and part.mass_mg == kg(4)
    assert queries.lot("A").state == "released" and queries.on_hand_mg("A") == kg(6)
    with refused("lot_contaminated", "on_hold"):
        actions.load(by=amina, lot="A-X1", machine="M290-1", mass_mg=1, container="D-2")
    actions.load(by=amina, lot="A", machine="M290-1", mass_mg=kg(1), container="D-1")
    assert queries.ledger_gaps() == {}


@pytest.fixture()
def blended(ti64: Material, m290: Machine, released: Door, amina: Actor) -> Lot:
    """M, blended of A and B; then N, blended of M and C."""
    for code in "ABC":
        released(code, kg(10), supplier_lot="H-1")
    actions.blend(by=amina, lot="M", container="T-1", pours={"A": kg(2), "B": kg(2)})
    return actions.blend(by=amina, lot="N", container="T-2", pours={"M": kg(2), "C": kg(2)})


def test_powder_made_of_a_lot_stopped_since_is_not_poured_and_says_of_which(
    blended: Lot, amina: Actor, elsa: Actor, chloe: Actor, signed: Signs, refused: Refuses
) -> None:
    stop = holds.place(by=chloe, about="lot:A", text="Rappel du fournisseur")
    with refused("made_of_held"):
        actions.load(by=amina, lot="N", machine="M290-1", mass_mg=kg(1))
    with refused("made_of_held"):
        actions.blend(by=amina, lot="O", container="T-3", pours={"M": kg(1), "C": kg(1)})
    [reason] = queries.held_ancestors([queries.lot("N")])
    assert (reason.values["ancestor"], reason.values["hold"]) == ("lot:A", stop.ref)
    assert queries.held_ancestors([queries.lot("C"), queries.lot("B")]) == []
    holds.lift(by=signed(elsa), hold=stop.ref, reason="Analyse conforme")
    actions.load(by=amina, lot="N", machine="M290-1", mass_mg=kg(1))


def test_powder_already_in_the_machine_is_not_launched_when_what_it_is_made_of_is_stopped(
    blended: Lot, amina: Actor, chloe: Actor
) -> None:
    from strate.workshop.feedstock.rules import Limits

    actions.load(by=amina, lot="N", machine="M290-1", mass_mg=kg(1))
    limits = Limits(material="ti64", source="G-12")
    assert queries.launch_reasons("M290-1", limits, kg(1)) == []
    holds.place(by=chloe, about="lot:B", text="Doute")
    assert [r.code for r in queries.launch_reasons("M290-1", limits, kg(1))] == ["made_of_held"]


def test_a_blend_stopped_and_let_go_for_the_same_recall_was_decided(
    blended: Lot, amina: Actor, elsa: Actor, chloe: Actor, signed: Signs, refused: Refuses
) -> None:
    for about in ("lot:A", "lot:N"):
        holds.place(by=chloe, about=about, text="Rappel", origin="recall:R-1")
    with refused("on_hold"):
        actions.load(by=amina, lot="N", machine="M290-1", mass_mg=kg(1))
    [mine] = queries.held("lot:N")
    holds.lift(by=signed(elsa), hold=str(mine.values["hold"]), reason="Mesuré conforme")
    actions.load(by=amina, lot="N", machine="M290-1", mass_mg=kg(1))


def test_while_nothing_is_stopped_the_family_of_a_lot_costs_one_question(
    blended: Lot, django_assert_num_queries: Callable[[int], CaptureQueriesContext]
) -> None:
    with django_assert_num_queries(1):
        assert queries.held_ancestors([blended]) == []


def test_the_page_of_a_stopped_lot_names_what_was_made_of_it_and_the_blend_says_of_what_it_is_made(
    blended: Lot, amina: Actor, chloe: Actor, at_tablet: Callable[[Actor], Client]
) -> None:
    hers = at_tablet(amina)
    assert "Fait de ce lot bloqué" not in hers.get("/matieres/lots/A/").content.decode()
    holds.place(by=chloe, about="lot:A", text="Rappel du fournisseur")
    page = hers.get("/matieres/lots/A/").content.decode()
    assert "Fait de ce lot bloqué" in page and "2 lots en contiennent" in page
    assert "/matieres/lots/M/" in page and "/matieres/lots/N/" in page and "/tracabilite/lot:A/" in page
    assert "Fait avec le lot A, qui est bloqué" in hers.get("/matieres/lots/N/").content.decode()


def test_lifting_is_spoken_of_where_the_container_is_heavy(
    ti64: Material, released: Door, amina: Actor, driss: Actor, elsa: Actor, signed: Signs
) -> None:
    gestures.load_defaults(by=driss, only=["powder-drying"])
    gestures.submit(by=driss, procedure="powder-drying", version=1)
    gestures.approve(by=signed(elsa), procedure="powder-drying", version=1)
    released("A", kg(30), container="D-1")
    actions.transfer(by=amina, lot="A", source="D-1", target="D-2", mass_mg=kg("4.5"))
    heavy = gestures.start(by=amina, procedure="powder-drying", about=["container:D-1"])
    light = gestures.start(by=amina, procedure="powder-drying", about=["container:D-2"])
    of_the_lot = gestures.start(by=amina, procedure="powder-drying", about=["lot:A"])
    assert [run.context["container_kg"] for run in (heavy, light, of_the_lot)] == ["25.5", "4.5", "25.5"]
    assert heavy.context["sieve_mesh_um_max"] == "63"
    lifting = [
        s["code"] for s in heavy.steps if {"value": "container_kg", "at_least": "25"} in s.get("when", ())
    ]
    asked = procedures.situation(heavy, {}), procedures.situation(light, {})
    left_out = [conditions.left_out(heavy.steps, seen) for seen in asked]
    assert lifting and lifting[0] not in left_out[0] and lifting[0] in left_out[1]
