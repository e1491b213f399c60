"""Following and writing procedures by hand, in the browser, in French."""

from collections.abc import Callable
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from PIL import Image

from strate.workshop.journal.actor import Actor
from strate.workshop.procedures import queries
from strate.workshop.procedures.models import ProcedureVersion
from strate.workshop.safety import queries as sheets
from tests.workshop.at_tablet import PIN, Signs, at_tablet, tablet, with_secrets

from .conftest import STEPS, card

__all__ = ["at_tablet", "tablet", "with_secrets"]
pytestmark = pytest.mark.django_db


def send(client: Client, url: str, **typed: Any) -> Any:
    return client.post(url, {"command": str(uuid4()), **typed})


def begun(client: Client) -> str:
    answer = send(client, "/gestes/commencer/start-up/", about="machine:M1")
    assert answer.status_code == 302, answer.content.decode()
    return str(answer.url)


def test_a_gesture_is_followed_one_step_at_a_time(
    start_up: ProcedureVersion, amina: Actor, at_tablet: Signs
) -> None:
    hers = at_tablet(amina)
    run = begun(hers)
    assert "Faire read" in hers.get(run).content.decode()
    assert send(hers, run, step="read").url == run
    screen = hers.get(run).content.decode()
    assert "19,5" in screen and "O₂" in screen
    send(hers, run, step="oxygen", value="20,8")
    send(hers, run, step="seal", ok="yes")
    assert queries.run(int(run.split("/")[2])).state == "done"
    assert hers.get(run).status_code == 200


def test_a_refused_value_stays_on_the_screen_with_the_reason(
    start_up: ProcedureVersion, amina: Actor, at_tablet: Signs
) -> None:
    hers = at_tablet(amina)
    run = begun(hers)
    send(hers, run, step="read")
    refused = send(hers, run, step="oxygen", value="17,25")
    assert refused.status_code == 409
    assert 'value="17,25"' in refused.content.decode() and "INRS" in refused.content.decode()


def test_the_second_of_two_people_reads_who_did_the_step(
    start_up: ProcedureVersion, amina: Actor, bruno: Actor, at_tablet: Signs
) -> None:
    hers, his = at_tablet(amina), at_tablet(bruno)
    run = begun(hers)
    send(hers, run, step="read")
    late = send(his, run, step="read")
    assert late.status_code == 409 and "Amina Essai" in late.content.decode()


def test_a_photo_taken_in_place_is_received_and_kept_with_the_step(
    approve: Callable[..., ProcedureVersion], amina: Actor, at_tablet: Signs
) -> None:
    approve("start-up", card("look", "photo"))
    hers = at_tablet(amina)
    run = begun(hers)
    picture = BytesIO()
    Image.new("RGB", (16, 16), "grey").save(picture, "PNG")
    picture.seek(0)
    picture.name = "vitre.png"
    assert send(hers, run, step="look", photo=picture).status_code == 302
    assert len(queries.outcome(queries.run(int(run.split("/")[2])), "look")["digest"]) == 64


def test_a_signature_asks_for_the_pin_and_a_wrong_one_is_refused(
    approve: Callable[..., ProcedureVersion], amina: Actor, at_tablet: Signs
) -> None:
    approve("start-up", card("visa", "sign", meaning="checked"))
    hers = at_tablet(amina)
    run = begun(hers)
    assert send(hers, run, step="visa", pin="000000").status_code == 409
    assert send(hers, run, step="visa", pin=PIN).status_code == 302


def test_a_gesture_is_interrupted_resumed_and_its_value_corrected(
    start_up: ProcedureVersion, amina: Actor, bruno: Actor, at_tablet: Signs
) -> None:
    hers, his = at_tablet(amina), at_tablet(bruno)
    run = begun(hers)
    send(hers, run, step="read")
    send(hers, run, step="oxygen", value="20,08")
    assert send(hers, f"{run}interrompre/", reason="fin de poste").status_code == 302
    assert "Amina Essai" in his.get(run).content.decode()
    send(his, f"{run}reprendre/")
    assert (
        send(hers, f"{run}etapes/oxygen/corriger/", value="20,8", reason="faute de frappe").status_code == 302
    )
    page = hers.get(f"{run}etapes/").content.decode()
    assert "<s>20,08" in page and "20,8" in page


def test_whoever_takes_a_gesture_up_confirms_their_own_equipment(
    approve: Callable[..., ProcedureVersion], amina: Actor, bruno: Actor, at_tablet: Signs
) -> None:
    approve(
        "start-up",
        card("ppe", "check", effect="safety.confirm_ppe", operation="running"),
        card("pour", "check"),
    )
    hers, his = at_tablet(amina), at_tablet(bruno)
    run = begun(hers)
    send(hers, run, step="ppe", ok="yes")
    assert f"{run}porter/" not in hers.get(run).content.decode()
    assert f"{run}porter/" in his.get(run).content.decode()
    assert send(his, f"{run}porter/").status_code == 302
    assert f"{run}porter/" not in his.get(run).content.decode()
    assert sheets.ppe_confirmed_at(bruno.person, "running", "machine:M1")


def test_a_measure_that_is_not_required_is_passed_without_a_value(
    approve: Callable[..., ProcedureVersion], amina: Actor, at_tablet: Signs
) -> None:
    approve("start-up", card("air", "measure", required=False, unit="bar", name="Air"), card("end", "check"))
    hers = at_tablet(amina)
    run = begun(hers)
    assert "formnovalidate" in hers.get(run).content.decode()
    assert send(hers, run, step="air").status_code == 409
    assert send(hers, run, step="air", skip="pas d’air sur cette machine").status_code == 302


@pytest.mark.parametrize(
    "kind", ["acknowledge", "check", "measure", "choose", "scan", "photo", "sign", "wait"]
)
def test_every_kind_of_step_has_its_screen(
    approve: Callable[..., ProcedureVersion], amina: Actor, at_tablet: Signs, kind: str
) -> None:
    more: dict[str, dict[str, Any]] = {
        "measure": {"unit": "bar", "min": "5"},
        "choose": {"options": [{"value": "a", "text": {"fr": "Un", "en": "One"}}]},
        "scan": {"expects": {"kind": "machine"}},
        "sign": {"meaning": "done"},
        "wait": {"minutes": 5},
    }
    approve("start-up", card("it", kind, ppe=["M004"], **more.get(kind, {})))
    hers = at_tablet(amina)
    page = hers.get(begun(hers))
    assert page.status_code == 200 and "Faire it" in page.content.decode()


def test_a_machine_value_and_a_sub_procedure_have_their_screens(
    approve: Callable[..., ProcedureVersion], says: Callable[..., None], amina: Actor, at_tablet: Signs
) -> None:
    approve("inner", card("wipe", "check"))
    approve(
        "start-up",
        card("oxygen", "machine_value", signal="oxygen_ppm", unit="ppm", max="1000"),
        card("clean", "procedure", procedure="inner"),
    )
    hers = at_tablet(amina)
    run = begun(hers)
    assert hers.get(run).status_code == 200
    says("oxygen_ppm", "800")
    assert "800" in hers.get(run).content.decode()
    send(hers, run, step="oxygen")
    inner = send(hers, f"{run}etapes/clean/commencer/").url
    assert send(hers, inner, step="wipe", ok="yes").url == run
    send(hers, run, step="clean")
    assert queries.run(int(run.split("/")[2])).state == "done"


def test_a_spill_is_one_tap_away(amina: Actor, at_tablet: Signs) -> None:
    told = send(at_tablet(amina), "/gestes/dispersion/", about="lot:L-1")
    assert told.status_code == 302 and told.url.endswith("/dispersion/?about=lot%3AL-1")


def test_a_procedure_is_written_step_by_step_then_approved_by_another(
    driss: Actor, elsa: Actor, at_tablet: Signs
) -> None:
    his, hers = at_tablet(driss), at_tablet(elsa)
    head = {"procedure": "tamisage", "kind": "other", "title_fr": "Tamisage", "title_en": "Sieving"}
    assert send(his, "/modes-operatoires/nouveau/", **head).status_code == 302
    base = "/modes-operatoires/tamisage/1/"
    step = {
        "code": "maille",
        "kind": "measure",
        "text_fr": "Relever la maille",
        "text_en": "Read the mesh",
        "unit": "µm",
    }
    assert (
        send(
            his, f"{base}etapes/ajouter/", **step, min="45", max="90", blocking="on", required="on"
        ).status_code
        == 302
    )
    assert (
        send(his, f"{base}etapes/maille/", **step, min="63,5", blocking="on", required="on").status_code
        == 302
    )
    assert queries.version("tamisage", 1).steps[0]["min"] == "63.5"
    assert "Relever la maille" in his.get(base).content.decode()
    assert send(his, f"{base}submit/").status_code == 302
    assert send(his, f"{base}approve/", pin=PIN).status_code == 409
    assert send(hers, f"{base}approve/", pin=PIN).status_code == 302
    assert queries.approved("tamisage").number == 1


def test_a_sheet_goes_out_as_yaml_and_comes_back(
    start_up: ProcedureVersion, driss: Actor, at_tablet: Signs
) -> None:
    his = at_tablet(driss)
    text = his.get("/modes-operatoires/start-up/1.yaml").content.decode()
    assert "oxygen" in text
    assert send(his, "/modes-operatoires/start-up/").status_code == 302
    base = "/modes-operatoires/start-up/2/"
    assert send(his, f"{base}texte/", text="code: [").status_code == 409
    changed = text.replace("19.5", "20.0")
    assert send(his, f"{base}texte/", text=changed).status_code == 302
    page = his.get(base).content.decode()
    assert "<del>19.5</del>" in page and "<ins>20.0</ins>" in page
    assert queries.version("start-up", 1).steps == STEPS


def test_the_list_and_each_default_version_open(driss: Actor, at_tablet: Signs) -> None:
    his = at_tablet(driss)
    assert his.get("/modes-operatoires/").status_code == 200
    assert send(his, "/modes-operatoires/defauts/").status_code == 302
    for code in ("powder-drying", "metal-recycling", "sand-reading-sheet"):
        page = his.get(f"/modes-operatoires/{code}/1/").content.decode()
        assert "Défaut à approuver" in page
        assert his.get(f"/modes-operatoires/{code}/1/apercu/?etape=2").status_code == 200
    assert his.get("/gestes/").status_code == 200
    assert his.get("/gestes/999/").status_code == 404
