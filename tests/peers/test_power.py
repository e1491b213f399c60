"""What was acknowledged survives the current, the kill and the full disk; and the harness sees what is lost."""

import random

import pytest

from benchmarks import durability

pytestmark = pytest.mark.peer


def test_no_acknowledged_act_is_lost_over_power_cuts() -> None:
    found = durability.power_cuts(400, seed=11)
    assert found.held, found.measured


def test_the_harness_sees_what_a_lazier_setting_loses(monkeypatch: pytest.MonkeyPatch) -> None:
    """With synchronous=NORMAL acknowledged acts vanish: otherwise the test above proves nothing."""
    lazy = durability.embedded

    def normal(path: object) -> dict[str, object]:
        options = dict(lazy(path)["OPTIONS"])
        options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=NORMAL")
        return {"OPTIONS": options}

    monkeypatch.setattr(durability, "embedded", normal)
    found = durability.power_cuts(400, seed=11)
    assert not found.held, found.measured


@pytest.mark.long
def test_fifty_thousand_acknowledged_acts_survive() -> None:
    found = durability.power_cuts(50_000, seed=random.randrange(10**6))
    print(found.measured)
    assert found.held, found.measured


@pytest.mark.long
def test_two_hundred_kills_lose_nothing() -> None:
    found = durability.killed(200)
    print(found.measured)
    assert found.held, found.measured


def test_a_full_disk_refuses_whole_acts_and_loses_none() -> None:
    found = durability.full_disk()
    assert found.held, found.measured
