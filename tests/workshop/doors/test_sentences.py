"""Facts and refusals are told as on the floor: no code, no empty place, figures in the reader's language."""

from datetime import date

import pytest
from django.utils import translation
from django.utils.formats import date_format

from strate.workshop.doors import wording
from strate.workshop.doors.speech import speak
from strate.workshop.journal.refusals import Reason


@pytest.fixture(autouse=True)
def _in_french():
    with translation.override("fr"):
        yield


@pytest.mark.parametrize("nothing", [None, "", [], (), {}])
def test_nothing_is_told_as_a_dash(nothing):
    assert speak("defects", nothing) == "—"


@pytest.mark.parametrize(
    "key, kept, told",
    [
        ("value", "60.02", "60,02"),
        ("result", "6.0 bar", "6,0\u202fbar"),
        ("result", "1250.5 mbar · filtre 3.1 changé", "1250,5\u202fmbar · filtre 3.1 changé"),
        ("result", "filtre changé", "filtre changé"),
        ("lower", -0.1, "-0,1"),
        ("version", "3.1", "3.1"),
        ("value", "3.1.2", "3.1.2"),
        ("part_mm3", "6528624.528", "6\u202f528\u202f624,528\u202fmm³"),
    ],
)
def test_a_figure_read_is_told_with_a_comma_and_a_version_as_it_is(key, kept, told):
    assert speak(key, kept).replace("\u2212", "-") == told


@pytest.mark.parametrize(
    "what, data, told",
    [
        ("people.authorised", {"kind": "zone", "scope": "poudres"}, "Zone"),
        ("machines.answered", {"machine": "LPBF-1", "verb": "prepare", "code": "done"}, "Fait"),
        ("attachments.received", {"media_type": "text/plain", "size_bytes": 12}, "texte"),
        ("site.decided", {"setting": "time_zone", "old": "Europe/Paris", "new": "Asia/Tokyo"}, "horaire"),
        ("maintenance.done", {"task": "T", "machine": "M", "result": "deviation"}, "écart"),
    ],
)
def test_a_code_of_a_fact_is_told_by_its_word(what, data, told):
    codes = {str(value) for value in data.values()} & {"zone", "done", "text/plain", "time_zone", "deviation"}
    sentence = wording.fact_sentence(what, data)
    assert told in sentence and not any(f" {code}" in sentence for code in codes)


def test_an_authorisation_without_a_scope_is_told_without_a_dash():
    told = wording.fact_sentence("people.authorisation_withdrawn", {"kind": "extinguisher", "scope": ""})
    assert "—" not in told and told == told.rstrip()
    missing = Reason("authorisation_missing", {"what": "Extincteurs", "scope": ""})
    assert wording.refusal(missing).endswith("Extincteurs.")


def test_an_english_day_cannot_be_taken_for_another_month():
    with translation.override("en"):
        assert speak("due_on", "2026-12-11") == "11 Dec 2026"
        assert speak("at", "2026-12-11T08:23:00+00:00") == "11 Dec 2026, 09:23"
        assert date_format(date(2026, 12, 11)) == "11 December 2026"
