"""The shift taken over and handed over, by hand, on a tablet."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from strate.workshop.handover import actions, queries
from strate.workshop.journal import clock
from strate.workshop.telemetry import actions as telemetry
from tests.workshop.at_tablet import PIN, at_tablet, tablet, typed, with_secrets
from tests.workshop.machines.conftest import printer
from tests.workshop.telemetry.conftest import wire

__all__ = ["at_tablet", "printer", "tablet", "with_secrets"]


def test_a_note_is_written_read_and_the_shift_taken_over(amina, bruno, at_tablet):
    hers = at_tablet(amina)
    assert hers.get("/consignes/ecrire/").status_code == 200
    sent = typed(text="M1 en couche 812", watch="filtre\n\nargon", pin=PIN)
    assert hers.post("/consignes/ecrire/", sent).headers["Location"] == "/consignes/"
    (note,) = queries.pending()
    assert note.watch == ["filtre", "argon"]
    his = at_tablet(bruno)
    words = his.get("/consignes/").content.decode()
    assert "M1 en couche 812" in words and "Amina Essai" in words and f'value="{note.ref}"' in words
    assert his.post("/consignes/", typed(note=note.ref, pin=PIN)).status_code == 302
    assert queries.pending() == [] and queries.taken(bruno.person, at=clock.now())
    assert "Relève prise" in his.get("/consignes/").content.decode()


def test_a_note_left_meanwhile_must_be_read_before_taking_over(amina, bruno, signed, at_tablet):
    his = at_tablet(bruno)
    his.get("/consignes/")
    actions.write_handover(by=signed(amina), text="laissée à l’instant")
    page = his.post("/consignes/", typed(pin=PIN))
    words = page.content.decode()
    assert page.status_code == 409 and "laissée à l’instant" in words and queries.pending() != []


def test_a_wrong_pin_takes_nothing_over(bruno, at_tablet):
    page = at_tablet(bruno).post("/consignes/", typed(pin="9999"))
    assert page.status_code in (401, 409) and queries.taken(bruno.person, at=clock.now()) is None


def test_one_note_is_acknowledged_by_itself_by_somebody_else(amina, bruno, signed, at_tablet):
    note = actions.write_handover(by=signed(amina), text="RAS")
    page = f"/consignes/{note.number}/"
    assert 'name="pin"' not in at_tablet(amina).get(page).content.decode()
    his = at_tablet(bruno)
    assert his.post(page, typed(pin=PIN)).status_code == 302
    assert "Bruno Essai" in his.get(page).content.decode()
    assert his.get("/consignes/C-999/").status_code == 404


def test_a_program_reads_the_notes_and_the_shift(amina, signed, at_tablet):
    actions.write_handover(by=signed(amina), text="RAS")
    hers = at_tablet(amina)
    assert [n["text"] for n in hers.get("/api/handover/notes?pending=true").json()] == ["RAS"]
    assert hers.get("/api/handover/notes/C-999").status_code == 404
    assert hers.get("/api/handover/unfinished").json() == []
    shift = hers.get("/api/handover/shift").json()
    assert shift["starts_at"] < shift["ends_at"]


def test_the_next_shift_sees_the_machines_as_they_are_heard(printer, amina, at_tablet):
    hers = at_tablet(amina)
    assert "état inconnu" in hers.get("/consignes/").content.decode()
    signals = [wire("collector", "live", clock.now()), wire("state", "running", clock.now())]
    telemetry.ingest(machine="LPBF-1", source="gw-1", first=0, signals=signals)
    words = hers.get("/consignes/").content.decode()
    assert "En fabrication" in words and "état inconnu" not in words


def test_many_notes_ask_the_database_no_more_often_than_one(amina, bruno, signed, at_tablet):
    his = at_tablet(bruno)

    def asked():
        with CaptureQueriesContext(connection) as queries_made:
            assert his.get("/consignes/").status_code == 200
        return len(queries_made)

    actions.write_handover(by=signed(amina), text="laissée", place="place:hall")
    one = asked()
    for _ in range(5):
        actions.write_handover(by=signed(amina), text="laissée", place="place:hall")
    assert asked() == one
