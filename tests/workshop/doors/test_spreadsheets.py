"""Tables for the spreadsheets of the office: whole, in the reader's language, and nothing in them runs."""

import pytest
from django.utils import translation
from django.utils.formats import date_format

from strate.workshop.doors.spreadsheets import plain, spreadsheet
from strate.workshop.journal import clock


@pytest.mark.parametrize("typed", ["=1+1", "+33", "-2+3", "-A1", "@SUM(A1)", "\t=1", "\r=1"])
def test_what_a_spreadsheet_would_run_stays_a_text(typed):
    assert plain(typed) == f"'{typed}"


@pytest.mark.parametrize("figure", ["-2", "-0,500000", "-12.5"])
def test_a_figure_below_zero_stays_a_figure_that_can_be_summed(figure):
    assert plain(figure) == figure


@pytest.mark.parametrize("language, month", [("fr", "novembre"), ("en", "November")])
def test_lines_drawn_after_the_answer_speak_the_language_it_was_asked_in(morning, language, month):
    def rows():
        yield ["code", 12.5]
        yield [date_format(clock.now(), "F"), "=1+1"]

    with translation.override(language):
        answer = spreadsheet("table", rows())
    with translation.override("de"):
        text = answer.getvalue().decode("utf-8-sig")
    assert text.splitlines() == ["code;12.5", f"{month};'=1+1"]
    assert answer["Content-Disposition"] == 'attachment; filename="table.csv"'
