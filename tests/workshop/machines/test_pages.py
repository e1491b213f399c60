"""The pages of the hall: honest about what is not heard, refusing by words, fitting by scan."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from strate.workshop.journal import clock
from strate.workshop.journal.actor import Actor
from strate.workshop.machines import actions, queries
from strate.workshop.machines.models import Machine, MachineCommand
from strate.workshop.telemetry import actions as telemetry
from tests.workshop.machines.conftest import authorised
from tests.workshop.parts.conftest import at_tablet
from tests.workshop.people.conftest import tablet, with_secrets
from tests.workshop.telemetry.conftest import wire

AtTablet = Callable[[Actor], Client]
__all__ = ["at_tablet", "tablet", "with_secrets"]


def running(at: datetime) -> None:
    """The gateway hears LPBF-1, which builds."""
    signals = [
        wire("collector", "live", at),
        wire("state", "running", at),
        wire("oxygen_ppm", 93.5, at, "ppm"),
    ]
    telemetry.ingest(machine="LPBF-1", source="gw-1", first=0, signals=signals)


def test_the_hall_shows_what_is_heard_and_hatches_what_is_not(
    printer: Machine, amina: Actor, at_tablet: AtTablet
) -> None:
    client, at = at_tablet(amina), datetime.now(UTC)
    assert "Jamais rien reçu" in client.get("/machines/").content.decode()
    running(at)
    with clock.at(at):
        text = client.get("/machines/?live=1").content.decode()
    assert "En fabrication" in text and "93,5" in text and "no-data" not in text
    with clock.at(at + timedelta(minutes=1)):
        silent = client.get("/machines/?live=1").content.decode()
    assert "no-data" in silent and "En fabrication" not in silent and "93,5" not in silent


def test_the_signals_of_a_machine_are_drawn_and_struck_out_when_silent(
    printer: Machine, amina: Actor, at_tablet: AtTablet
) -> None:
    client, at = at_tablet(amina), datetime.now(UTC)
    running(at)
    with clock.at(at):
        text = client.get("/machines/LPBF-1/signaux/?minutes=5").content.decode()
    assert "<polyline" in text and "93,5" in text and "<del>" not in text
    with clock.at(at + timedelta(minutes=1)):
        assert "<del>" in client.get("/machines/LPBF-1/signaux/?live=1").content.decode()


def test_switching_on_without_authorisation_is_refused_in_words(
    printer: Machine, amina: Actor, at_tablet: AtTablet
) -> None:
    client = at_tablet(amina)
    page = client.post("/machines/LPBF-1/tension/", {"power": "on", "command": "c-1"})
    assert page.status_code == 409 and not MachineCommand.objects.exists()
    authorised(amina, None)
    assert client.post("/machines/LPBF-1/tension/", {"power": "on", "command": "c-2"}).status_code == 302
    assert client.post("/machines/LPBF-1/tension/", {"power": "on", "command": "c-2"}).status_code == 302
    assert MachineCommand.objects.count() == 1
    assert "mise sous tension" in client.get("/machines/LPBF-1/").content.decode()


def test_a_plate_is_fitted_by_its_label_and_a_wrong_label_stays_on_the_screen(
    printer: Machine, driss: Actor, amina: Actor, at_tablet: AtTablet
) -> None:
    actions.enter_item(by=driss, code="PL-07", kind="plate", title="Plateau")
    client = at_tablet(amina)
    page = client.post("/machines/LPBF-1/monter/", {"item": "PL-99", "command": "c-1"})
    assert page.status_code == 409 and "PL-99" in page.content.decode()
    assert (
        client.post("/machines/LPBF-1/monter/", {"item": "plate:PL-07", "command": "c-2"}).status_code == 302
    )
    assert "PL-07" in client.get("/machines/LPBF-1/").content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/machines/",
        "/machines/LPBF-1/",
        "/machines/nouvelle/",
        "/machines/LPBF-1/modifier/",
        "/machines/LPBF-1/monter/",
        "/machines/importer/",
        "/outillage/",
        "/outillage/nouveau/",
        "/outillage/plate/PL-07/",
    ],
)
def test_every_page_of_the_hall_opens(
    address: str, printer: Machine, driss: Actor, at_tablet: AtTablet
) -> None:
    actions.enter_item(by=driss, code="PL-07", kind="plate", title="Plateau")
    assert at_tablet(driss).get(address).status_code == 200


@pytest.mark.parametrize(
    "address", ["/machines/X/", "/machines/X/signaux/", "/outillage/plate/X/", "/machines/X/monter/"]
)
def test_what_does_not_exist_is_said(address: str, amina: Actor, at_tablet: AtTablet) -> None:
    assert at_tablet(amina).get(address).status_code == 404


def test_a_machine_and_a_tool_are_entered_with_a_decimal_comma(driss: Actor, at_tablet: AtTablet) -> None:
    client = at_tablet(driss)
    fields = {"code": "FOUR-9", "title": "Four", "kind": "furnace", "family": "metal", "command": "c-1"}
    assert client.post("/machines/nouvelle/", fields).status_code == 302
    tool = {
        "kind": "filter",
        "code": "FI-9",
        "title": "Filtre",
        "life_unit": "h",
        "life_max": "400",
        "life_used": "12,5",
    }
    assert client.post("/outillage/nouveau/", tool | {"command": "c-2"}).status_code == 302
    assert str(queries.item("FI-9").life_used) == "12.500"


def test_a_list_of_machines_is_checked_then_entered(driss: Actor, at_tablet: AtTablet) -> None:
    client = at_tablet(driss)
    text = "Code;Nom;Type\nA-1;Imprimante A;imprimante\nF-1;Four;four\n"
    preview: Any = client.post(
        "/machines/importer/", {"file": SimpleUploadedFile("m.csv", text.encode()), "command": "c-1"}
    )
    assert preview.status_code == 200 and not Machine.objects.exists()
    done = client.post("/machines/importer/", {"sha256": preview.context["sha256"], "command": "c-2"})
    assert done.status_code == 302 and queries.codes() == {"A-1", "F-1"}
