"""What a careless or hostile hand sends through any door: never a breakdown, never more than was meant."""

from datetime import UTC, datetime, timedelta

import pytest

from strate.workshop.doors.pages import device_time, whole_number
from strate.workshop.journal import clock
from tests.workshop.at_tablet import at_tablet, crate, tablet, with_secrets

__all__ = ["at_tablet", "crate", "tablet", "with_secrets"]

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "happened, device",
    [
        ("2026-11-23T12:00:00", "2026-11-23T12:00:00+00:00"),
        ("2026-11-23T12:00:00+00:00", "2026-11-23T12:00:00"),
        ("0001-01-01T00:00:00+00:00", "9999-12-31T23:59:59+00:00"),
        ("midi", ""),
    ],
)
def test_a_tablet_that_tells_no_usable_hour_writes_at_ours(happened, device):
    with clock.at(NOON):
        assert device_time(happened, device) == (None, 0.0)


def test_a_gesture_older_than_a_week_or_yet_to_come_is_written_at_our_hour():
    with clock.at(NOON):
        for when in (NOON - timedelta(days=8), NOON + timedelta(hours=1)):
            assert device_time(when.isoformat(), NOON.isoformat()) == (None, 0.0)
        kept = NOON - timedelta(hours=3)
        assert device_time(kept.isoformat(), NOON.isoformat()) == (kept, 0.0)


@pytest.mark.parametrize(
    "typed, meant", [("12", 12), ("", 0), ("-1", 0), ("²", 0), ("1.5", 0), ("9" * 5000, 0)]
)
def test_a_number_in_an_address_is_a_number_or_nothing(typed, meant):
    assert whole_number(typed) == meant


def test_labels_are_printed_whatever_number_of_empty_places_is_asked(amina, at_tablet, crate):
    page = at_tablet(amina).get(f"/etiquettes/imprimer/?ref={crate}&taille=62x29&passer={'9' * 5000}")
    assert page.status_code == 200 and page.headers["Content-Type"] == "application/pdf"


@pytest.mark.parametrize("broken", ["\\ud800", "\\u0000"])
def test_half_a_letter_in_a_text_is_refused_as_not_understood(driss, at_tablet, broken):
    body = f'{{"machine": "{broken}", "reason": "usée"}}'
    page = at_tablet(driss).post("/api/machines/retire", body, content_type="application/json")
    assert page.status_code == 422


@pytest.mark.parametrize(
    "asked",
    ["//elsewhere.example/", "https://elsewhere.example", "/\\elsewhere.example", "%2f%2felsewhere", "abc"],
)
def test_no_form_leads_out_of_the_house(client, db, asked):
    page = client.post("/langue/", {"language": "fr", "next": asked})
    assert page.status_code == 302 and page.headers["Location"] == "/"


@pytest.mark.parametrize("way", ["put", "delete", "patch", "trace"])
def test_a_page_is_read_or_sent_a_form_and_nothing_else(client, db, way):
    assert getattr(client, way)("/consignes/").status_code == 405


def test_a_key_that_no_header_can_hold_is_not_sent_back(client, db):
    for key, kept in (("une-clé-€", False), ("a\r\nb", False), ("k-1", True)):
        page = client.post("/langue/", {"language": "fr", "command": key})
        assert page.status_code == 302 and ("strate_received" in page.cookies) == kept
