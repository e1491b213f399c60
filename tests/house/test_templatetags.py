"""What pages show of masses, shares, hours, layers and states is what an operator reads without doubt."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from django.template import engines
from django.utils import timezone, translation

from strate.templatetags import _strata
from strate.templatetags import strate_ui as ui


@pytest.fixture(autouse=True)
def in_french():
    with translation.override("fr"), timezone.override("Europe/Paris"):
        yield


@pytest.mark.parametrize(
    ("mass_mg", "said"),
    [
        (1_000_000, "1 kg"),
        (12_500_000, "12,5 kg"),
        (12_345_678, "12,345678 kg"),
        (1_234_567_000_000, "1 234 567 kg"),
        (850_000, "850 g"),
        (1_500, "1,5 g"),
        (12, "12 mg"),
        (0, "0 kg"),
        (-2_000_000, "−2 kg"),
    ],
)
def test_a_mass_is_said_exactly_in_the_unit_of_the_floor(mass_mg, said):
    assert ui.kg(mass_mg) == said.replace(" ", "\u202f")


def test_one_kilogram_is_never_written_like_a_thousand():
    assert "000" not in ui.kg(1_000_000)
    with translation.override("en"):
        assert ui.kg(1_000_000) == "1\u202fkg"
        assert ui.kg(12_500_000) == "12.5\u202fkg"


def test_a_mass_can_keep_one_unit_down_a_column():
    assert ui.kg(850_000, "kg") == "0,85\u202fkg"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (Decimal("0.325"), "32,5\u202f%"),
        (Fraction(1, 3), "33,33\u202f%"),
        (Decimal("0.5"), "50\u202f%"),
        (Decimal("0.5004"), "50,04\u202f%"),
        (Decimal("0.50004"), "50,004\u202f%"),
        (Decimal("0.500004"), "50,0004\u202f%"),
        (Fraction(30_000_001, 60_000_000), "50,000002\u202f%"),
        (Decimal("0.499996"), "49,9996\u202f%"),
        (Decimal("0.99999"), "99,999\u202f%"),
        (Decimal("0.325001"), "32,5001\u202f%"),
        (Decimal("0." + "3" * 38), "33,33\u202f%"),
        (Decimal("0.00001"), "<\u202f0,01\u202f%"),
        (0, "0\u202f%"),
        (1, "100\u202f%"),
    ],
)
def test_a_share_never_looks_equal_to_a_limit_it_exceeds(value, said):
    assert ui.share(value) == said


def test_a_share_beside_a_limit_of_two_decimals_shows_that_it_exceeds_it():
    assert ui.share_beside(Fraction(1, 3), Decimal("0.3333")) == "33,333\u202f%"
    assert ui.share_beside(Decimal("0.3333"), Decimal("0.3333")) == "33,33\u202f%"
    assert ui.share_beside(Decimal("0.36"), None) == "36\u202f%"


def test_what_is_unknown_is_a_dash_and_not_a_zero():
    assert ui.kg(None) == ui.share(None) == ui.when(None) == ui.layer_um("") == "—"


def test_a_layer_is_in_micrometres():
    assert ui.layer_um(40) == "40\u202fµm"


def test_an_hour_is_the_wall_clock_of_the_workshop():
    at = datetime(2026, 3, 12, 13, 5, tzinfo=UTC)
    assert ui.when(at, "time") == "14:05"
    assert ui.when(at).replace("\u00a0", " ") == "12 mars 2026, 14:05"


def test_the_hour_that_happens_twice_says_which_one_it_is():
    first, second = (datetime(2026, 10, 25, hour, 30, tzinfo=UTC) for hour in (0, 1))
    assert ui.when(first, "time") == "02:30\u00a0(UTC+2)"
    assert ui.when(second, "time") == "02:30\u00a0(UTC+1)"


def test_a_large_number_keeps_its_unit_beside():
    assert '12,5<span class="qty-unit">\u202fkg</span>' in ui.big(12_500_000, "mass")


def test_layers_are_gathered_into_runs():
    assert _strata.runs_of(["fine", "fine", "interrupted", "fine"]) == [
        ("fine", 2),
        ("interrupted", 1),
        ("fine", 1),
    ]


def test_one_interrupted_layer_in_ten_thousand_can_still_be_seen():
    runs = [_strata.Run("fine", 6000), _strata.Run("interrupted", 1), _strata.Run("fine", 3999)]
    interrupted = _strata.bands(runs, 300)[1]
    assert interrupted.height >= 2
    assert _strata.marks(_strata.bands(runs, 300), 300)[0][0] == "interrupted"


def test_the_first_layer_is_at_the_bottom_of_the_drawing():
    low, high = _strata.bands([_strata.Run("fine", 1), _strata.Run("fine", 1)], 100)
    assert low.top > high.top


def test_a_layer_without_data_is_hatched_and_never_the_colour_of_fine():
    drawing = ui.strata([("no_data", 500)], 200, 100)
    assert "layer-hatch" in drawing
    assert "layer-fine" not in drawing


def test_the_drawing_says_itself_in_one_sentence():
    drawing = ui.strata([("fine", 997), ("interrupted", 1), ("no_data", 3), ("ahead", 999)])
    assert 'aria-label="1001 couches sur 2000, 1 interrompue, 3 sans donnée"' in drawing


def test_a_layer_nobody_saw_is_drawn_as_one_without_data():
    assert ui.strata([("unseen", 3), ("planned", 2)]) == ui.strata([("no_data", 3), ("ahead", 2)])


def test_the_age_of_a_powder_is_told_by_share_and_number_of_builds():
    drawing = ui.generations([Decimal("0.625"), Decimal("0.3"), 0, Decimal("0.075")])
    assert 'aria-label="neuve 62,5\u202f%, 1 passage 30\u202f%, 3 passages 7,5\u202f%"' in drawing
    assert drawing.count("<rect") == 4


def test_an_empty_build_is_drawn_without_failing():
    assert ui.strata([]).startswith("<svg")


def test_a_state_nobody_must_be_empty_is_in_doubt_and_not_fine():
    assert ui.tone("something_new") == "doubt"
    assert "something new" in ui.chip("something_new")


def test_a_state_has_its_shape_and_its_word():
    held = ui.chip("held")
    assert "Bloqué" in held and "<path" in held and "is-stop" in held


def test_a_reading_out_of_its_limits_says_so_in_words():
    assert "au-dessus du maximum" in ui.gauge(214, 170, 200, "°C")
    assert "dans les limites" in ui.gauge(Decimal("180.5"), 170, 200, "°C")


def test_a_reading_nobody_took_is_hatched():
    assert "no-data" in ui.gauge(None, 170, 200, "°C")


def test_names_with_quotes_and_tags_are_written_as_they_are():
    said = ui.chip("held", '<b>"L\'axe" 😀')
    assert "<b>" not in said and "😀" in said


def test_phases_before_the_current_one_are_done():
    assert [step["state"] for step in ui.phases("make")] == [*["done"] * 2, "current", *["ahead"] * 4]
    assert ui.phases("make", held=True)[2]["state"] == "held"


def rendered(partial: str, **context: object) -> str:
    return engines["django"].get_template(f"components/{partial}.html").render(context)


def test_a_refusal_shows_all_its_reasons_with_who_can_lift_them():
    reasons = [{"why": "Lame usée", "lifted_by": "Maintenance", "source": "M-07"}, {"why": "Pas de plateau"}]
    page = rendered("refusal", reasons=reasons)
    assert page.count("refusal-what") == 2
    assert "Qui peut lever" in page and "M-07" in page and 'role="alert"' in page


def test_a_quantity_shows_its_bounds_before_it_is_typed_and_keeps_what_was_refused():
    page = rendered(
        "quantity", name="mass", label="Masse", unit="kg", min=10, max=40, value="45", error="Trop"
    )
    assert page.index("10\u202fkg") < page.index("<input")
    assert 'value="45"' in page and 'aria-invalid="true"' in page
    described = re.search(r'aria-describedby="([^"]+)"', page)
    assert described and all(f'id="{name}"' in page for name in described[1].split())


def test_nobody_writing_is_said_in_words():
    assert "Personne n’écrit" in rendered("masthead")
