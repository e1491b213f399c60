"""What the site decides for itself."""

from datetime import timedelta
from decimal import Decimal

import pytest

from strate.workshop.journal import queries as journal
from strate.workshop.journal.actions import act
from strate.workshop.journal.actor import SYSTEM
from strate.workshop.site import actions, queries, settings


def test_a_setting_nobody_decided_has_its_usual_value(db):
    assert queries.value("name") == "Strate" and queries.value("balance_metal_percent") == Decimal(1)


def test_a_decision_is_a_fact_with_the_old_and_the_new_value(hugo):
    actions.set_setting(by=hugo, key="balance_metal_percent", value="1,5")
    told = journal.told(journal.last())
    assert told["what"] == "site.decided" and told["data"]["old"] == "1" and told["data"]["new"] == "1.5"
    assert queries.value("balance_metal_percent") == Decimal("1.5")


def test_an_operator_decides_nothing_for_the_site(amina, refused):
    with refused("not_allowed"):
        actions.set_setting(by=amina, key="name", value="Chez moi")


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("late_entry_minutes", "0", "setting_out_of_bounds"),
        ("late_entry_minutes", "12,5", "setting_not_understood"),
        ("late_entry_minutes", "NaN", "setting_not_understood"),
        ("balance_sand_percent", "-1", "setting_out_of_bounds"),
        ("balance_sand_percent", "1e999", "setting_out_of_bounds"),
        ("time_zone", "Mars/Olympus", "setting_not_understood"),
        ("pick_name", "peut-être", "setting_not_understood"),
        ("name", "  ", "setting_not_understood"),
        ("colour", "rouge", "no_such_setting"),
    ],
)
def test_a_value_that_means_nothing_is_refused(hugo, refused, key, value, code):
    with refused(code):
        actions.set_setting(by=hugo, key=key, value=value)


def test_settings_are_read_once_per_request_and_again_after_a_change(db, django_assert_num_queries):
    with queries.remembering():
        with django_assert_num_queries(1):
            assert [queries.value("name"), queries.value("language"), queries.value("name")] == [
                "Strate",
                "fr",
                "Strate",
            ]
        actions.set_setting(by=SYSTEM, key="name", value="Atelier d'Essai")
        assert queries.value("name") == "Atelier d'Essai"


@pytest.mark.parametrize("setting", settings.fields().values(), ids=lambda f: f.key)
def test_each_setting_reads_back_what_it_writes(setting):
    assert (
        setting.read(setting.write(setting.default)) == setting.default and setting.group in settings.GROUPS
    )


def test_the_site_decides_from_when_on_an_entry_is_late(hugo, morning):
    def timing_of_an_entry_written_ten_minutes_later() -> str:
        with act("site.place_added", by=hugo, happened_at=morning - timedelta(minutes=10)) as done:
            done.tell(zone="none")
        return journal.told(journal.last())["timing"]

    assert timing_of_an_entry_written_ten_minutes_later() == "live"
    actions.set_setting(by=hugo, key="late_entry_minutes", value="5")
    assert timing_of_an_entry_written_ten_minutes_later() == "late"
