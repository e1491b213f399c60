"""The layer counter: it jumps, repeats, goes back; batches come late; what nobody saw is unseen."""

from decimal import Decimal
from typing import Any

import pytest

from strate.workshop.builds import actions as builds
from strate.workshop.journal import queries as journal
from strate.workshop.monitoring import actions, queries
from strate.workshop.monitoring.models import LayerRecord
from tests.workshop import plate
from tests.workshop.at_tablet import typed
from tests.workshop.plate import Shop, tablet_of

BUILD = "F-0001"


@pytest.fixture()
def running(shop: Shop) -> Shop:
    plate.launched(shop)
    return shop


def states() -> list[tuple[int, str]]:
    return list(LayerRecord.objects.filter(build=BUILD).order_by("layer").values_list("layer", "state"))


def test_each_layer_is_recorded_with_its_air_and_its_time(running: Shop) -> None:
    running.layers(1, 3)
    found = queries.record(BUILD, 3)
    assert found is not None and found.seconds == Decimal(10) and found.oxygen_ppm == Decimal(400)
    assert states() == [(1, "fine"), (2, "fine"), (3, "fine")]


def test_layers_that_the_counter_jumps_over_are_unseen(running: Shop) -> None:
    running.layers(1, 2)
    running.layers(6, 6)
    assert states()[2:] == [(3, "unseen"), (4, "unseen"), (5, "unseen"), (6, "fine")]
    after = queries.record(BUILD, 6)
    assert after is not None and after.seconds is None
    assert [(r.state, r.count) for r in queries.strata(BUILD, 600)] == [
        ("fine", 2),
        ("unseen", 3),
        ("fine", 1),
        ("planned", 594),
    ]


def test_a_counter_that_repeats_or_goes_back_changes_nothing(running: Shop) -> None:
    running.layers(1, 4)
    before = list(LayerRecord.objects.values_list())
    running.layers(4, 4)
    running.layers(2, 2)
    running.says(layer=0)
    running.says(layer=-3)
    running.says(layer=True)
    assert list(LayerRecord.objects.values_list()) == before
    running.layers(5, 5)
    assert len(states()) == 5


def test_two_batches_out_of_order_fill_the_gap_they_left(running: Shop) -> None:
    running.layers(1, 1)
    early = running.wait(seconds=10)
    running.wait(seconds=20)
    running.says(layer=4)
    assert states()[1:] == [(2, "unseen"), (3, "unseen"), (4, "fine")]
    running.batch([{"name": "layer", "value": 2, "at": early.isoformat()}])
    assert states() == [(1, "fine"), (2, "fine"), (3, "unseen"), (4, "fine")]
    running.wait(seconds=60)
    running.says(layer=3)
    assert states()[2] == (3, "unseen"), (
        "a layer told again after the later ones was not seen when it was made"
    )


def test_a_silent_or_unbelievable_signal_is_unknown(running: Shop) -> None:
    running.says(quality="bad", oxygen_ppm=400.0)
    running.says(plate_celsius=1e9, gas_flow_m_s="fort", filter_pressure_mbar=float("nan"))
    running.layers(1, 1)
    found = queries.record(BUILD, 1)
    assert found is not None
    assert (found.oxygen_ppm, found.plate_celsius, found.gas_flow_m_s, found.filter_pressure_mbar) == (
        None,
    ) * 4


def test_a_batch_after_a_long_silence_dates_each_layer_by_the_machine(running: Shop) -> None:
    at = [running.wait(seconds=10).isoformat() for _ in range(3)]
    running.wait(minutes=30)
    signals = [{"name": "layer", "value": n + 1, "at": at[n]} for n in range(3)]
    signals.insert(2, {"name": "oxygen_ppm", "value": 650.0, "at": at[1]})
    running.batch(signals)
    layers = [queries.record(BUILD, n) for n in (1, 2, 3)]
    assert [found.seconds for found in layers if found] == [None, Decimal(10), Decimal(10)]
    assert [found.oxygen_ppm for found in layers if found][1:] == [Decimal(650)] * 2


def test_the_layer_after_a_stop_bears_its_mark(running: Shop) -> None:
    running.layers(1, 2)
    running.says(state="held")
    running.wait(minutes=2)
    builds.decide_interruption(by=running.chloe, build=BUILD, decision="resume", reason="Lit contrôlé")
    running.says(state="running")
    running.layers(3, 4)
    assert states()[2:] == [(3, "decided"), (4, "fine")]


def test_layers_of_a_job_that_is_not_ours_are_not_counted(running: Shop) -> None:
    running.says(job="AUTRE")
    running.layers(1, 5)
    assert states() == []


def test_a_streak_is_suspected_by_the_operator_and_decided_by_quality(running: Shop, refused: Any) -> None:
    running.layers(1, 3)
    with refused("reason_missing"):
        actions.mark_layers(by=running.amina, build=BUILD, first=2, last=3, state="suspected", reason="")
    with refused("layers_in_the_wrong_order"):
        actions.mark_layers(
            by=running.amina, build=BUILD, first=3, last=2, state="suspected", reason="Rayure"
        )
    with refused("no_layer_there"):
        actions.mark_layers(
            by=running.amina, build=BUILD, first=300, last=301, state="suspected", reason="Rayure"
        )
    assert (
        actions.mark_layers(
            by=running.amina, build=BUILD, first=2, last=3, state="suspected", reason="Rayure"
        )
        == 2
    )
    with refused("not_allowed"):
        actions.mark_layers(by=running.amina, build=BUILD, first=2, last=2, state="fine", reason="Rien")
    actions.mark_layers(by=running.elsa, build=BUILD, first=2, last=2, state="decided", reason="Sans effet")
    assert states() == [(1, "fine"), (2, "decided"), (3, "suspected")]
    assert len(queries.marks("build:F-0001")) == 2


def test_what_nobody_saw_is_never_called_fine(running: Shop) -> None:
    running.layers(1, 1)
    running.layers(3, 3)
    actions.mark_layers(by=running.elsa, build=BUILD, first=1, last=3, state="fine", reason="Contrôlé")
    assert states()[1] == (2, "unseen")


def test_the_digest_of_the_layers_is_kept_and_tells_any_change(running: Shop) -> None:
    running.layers(1, 5)
    kept = actions.keep_layers(by=running.amina, build=BUILD)
    assert queries.kept_digest("build:F-0001") == kept["sha256"] == queries.summary(BUILD)["sha256"]
    told = journal.told(journal.of("build:F-0001", what="monitoring.layers_kept")[-1])["data"]
    assert told["layers"] == 5 and told["by_state"] == {"fine": 5}
    LayerRecord.objects.filter(build=BUILD, layer=3).update(oxygen_ppm=Decimal(1))
    assert queries.summary(BUILD)["sha256"] != kept["sha256"]


def test_the_layers_by_hand_with_their_outline(running: Shop) -> None:
    running.layers(1, 3)
    hers = tablet_of(running.amina)
    page = hers.get(f"/fabrications/{BUILD}/couches/?layer=2").content.decode()
    assert 'type="range"' in page and "<path" in page and "1800" in page.replace("\u202f", "")
    one = hers.get(f"/fabrications/{BUILD}/couches/une/?layer=600").content.decode()
    assert "Pas encore faite" in one
    for odd in ("0", "-1", "abc", "99999999999", "²"):
        assert hers.get(f"/fabrications/{BUILD}/couches/une/", {"layer": odd}).status_code == 200
    marked = hers.post(
        f"/fabrications/{BUILD}/couches/", typed(first="2", last="2", state="suspected", reason="Trait")
    )
    assert marked.status_code == 302 and states()[1] == (2, "suspected")
    assert "Layers" not in hers.get(f"/fabrications/{BUILD}/").content.decode()


def test_the_page_of_the_layers_goes_with_the_machine_until_it_is_over(running: Shop) -> None:
    running.layers(1, 3)
    hers = tablet_of(running.amina)
    page = hers.get(f"/fabrications/{BUILD}/couches/").content.decode()
    assert 'data-last="3"' in page and "data-follows" in page and "Suivre la machine" in page
    asked = hers.get(f"/fabrications/{BUILD}/couches/?layer=2").content.decode()
    assert "data-follows" not in asked, "who asks for one layer stays on it"
    running.layers(4, 5)
    made = hers.get(f"/fabrications/{BUILD}/couches/faites/").content.decode()
    assert 'data-last="5"' in made and 'hx-trigger="every 2s"' in made and "Couche 5 terminée à" in made
    assert "Terminée" in hers.get(f"/fabrications/{BUILD}/couches/une/?layer=5").content.decode()
