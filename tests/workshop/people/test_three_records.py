"""Three records let a person act; one gate reads them at the moment of the act, and names the one that lacks."""

from datetime import date, timedelta

import pytest

from strate.workshop.people import actions, queries, registry, rules

TODAY = date(2026, 11, 23)
LAUNCH = "builds.launch"
MACHINE, MATERIAL = ("lpbf-1", "EOS M290"), "ti64"


@pytest.fixture()
def leon(hugo, morning):
    """A trainer, to qualify others."""
    return _trainer("leon")


def _trainer(name):
    from strate.workshop.journal import guard
    from strate.workshop.people.models import Person, RoleHeld
    from tests.workshop.conftest import actor

    with guard.lifted():
        who, _new = Person.objects.get_or_create(pk=f"p-{name}", defaults={"login": name, "name": name})
        RoleHeld.objects.get_or_create(person=who, role="trainer")
    return actor(name, "trainer")


def qualify(by, person, **more):
    told = {
        "machine_model": "EOS M290",
        "material": "ti64",
        "abilities": ["run", "powder"],
        "theory_on": TODAY - timedelta(days=9),
        "practice_on": TODAY - timedelta(days=5),
        "vision_on": TODAY - timedelta(days=90),
    }
    return actions.qualify(by=by, person=person, **{**told, **more})


def demand(by, **more):
    told = {"asked_for": LAUNCH, "record": "qualification", "source": "Procédure FA-12"}
    return actions.demand(by=by, **{**told, **more})


def lacking(by, *needs, on=TODAY, machine=MACHINE, material=MATERIAL):
    return [r.code for r in queries.lacks(by, *needs, on=on, act=LAUNCH, machine=machine, material=material)]


def test_without_a_demand_the_act_asks_only_for_what_it_always_asks(amina, morning):
    assert lacking(amina) == []
    assert lacking(amina, ("machine", "lpbf-1")) == ["authorisation_missing"]


def test_a_qualification_is_demanded_of_everybody_from_the_moment_it_is_signed(
    amina, elsa, leon, signed, morning
):
    demand(signed(elsa), machine="EOS M290", ability="run")
    assert lacking(amina) == ["qualification_missing"]
    qualify(signed(leon), amina.person)
    assert lacking(amina) == []
    assert lacking(amina, machine=("lpbf-2", "SLM 280")) == [], "the demand is for one model only"


def test_the_reason_says_where_the_demand_is_written_and_who_lifts_it(amina, elsa, signed, morning):
    demand(signed(elsa))
    (reason,) = queries.lacks(amina, on=TODAY, act=LAUNCH, machine=MACHINE, material=MATERIAL)
    assert reason.source == "Procédure FA-12"
    assert reason.lifted_by == ("trainer", "quality")
    assert reason.values["machine_model"] == "EOS M290"


@pytest.mark.parametrize(
    ("machine", "material"), [(("lpbf-2", "SLM 280"), "ti64"), (("lpbf-1", "EOS M290"), "in718")]
)
def test_another_model_or_material_is_another_qualification(
    amina, elsa, leon, signed, morning, machine, material
):
    demand(signed(elsa))
    qualify(signed(leon), amina.person)
    assert lacking(amina, machine=machine, material=material) == ["qualification_is_for_something_else"]


def test_two_years_end_on_the_eve_of_the_anniversary_and_that_day_still_counts(
    amina, elsa, leon, signed, morning
):
    assert rules.last_day(date(2026, 3, 15)) == date(2028, 3, 14)  # O39
    assert rules.last_day(date(2024, 2, 29)) == date(2026, 2, 28)
    demand(signed(elsa))
    given = qualify(signed(leon), amina.person)
    assert given.expires_on == date(2028, 11, 22)
    assert lacking(amina, on=date(2028, 11, 22)) == []
    assert lacking(amina, on=date(2028, 11, 23)) == ["qualification_expired"]


def test_somebody_disqualified_is_refused_the_same_day(amina, elsa, leon, signed, morning):
    demand(signed(elsa))
    given = qualify(signed(leon), amina.person)
    actions.disqualify(by=leon, qualification=given.pk, reason="Trois plateaux perdus")
    assert lacking(amina) == ["qualification_taken_away"]


def test_a_renewal_keeps_the_one_before_readable(amina, leon, signed, morning):
    first = qualify(signed(leon), amina.person)
    second = qualify(signed(leon), amina.person, issued_on=TODAY + timedelta(days=1))
    assert second.renews_id == first.pk
    assert [s.state for s in queries.qualifications_of(amina.person, on=TODAY)] == ["valid", "coming"]


def test_a_sight_test_too_old_refuses_when_the_site_looks_at_it(amina, elsa, leon, hugo, signed, morning):
    from strate.workshop.site import actions as site

    demand(signed(elsa))
    qualify(signed(leon), amina.person, vision_on=TODAY - timedelta(days=400))
    assert lacking(amina) == []
    site.set_setting(by=hugo, key="sight_test_days", value="365")
    assert lacking(amina) == ["sight_test_too_old"]


def test_nobody_is_qualified_before_every_test(amina, leon, signed, refused, morning):
    with refused("test_not_done", "test_not_done"):
        qualify(signed(leon), amina.person, theory_on=None, vision_on=None)
    with refused("test_after_issue"):
        qualify(signed(leon), amina.person, practice_on=TODAY + timedelta(days=1))


def test_a_qualification_issued_tomorrow_counts_tomorrow_and_no_test_is_written_before_it_is_done(
    amina, elsa, leon, signed, refused, morning
):
    demand(signed(elsa))
    qualify(signed(leon), amina.person, issued_on=TODAY + timedelta(days=1))
    assert lacking(amina) == ["qualification_missing"]
    assert lacking(amina, on=TODAY + timedelta(days=1)) == []
    with refused("test_is_to_come"):
        later = TODAY + timedelta(days=3)
        qualify(signed(leon), amina.person, issued_on=later, practice_on=later)


def test_a_certificate_of_tomorrow_counts_tomorrow(amina, elsa, leon, signed, morning):
    demand(signed(elsa), record="certification", scope="MQ")
    tomorrow = TODAY + timedelta(days=1)
    actions.record_certification(
        by=leon, person=amina.person, reference="MQ", title="CQPM d'essai", body="UIMM", awarded_on=tomorrow
    )
    assert lacking(amina) == ["certification_missing"] and lacking(amina, on=tomorrow) == []


def test_nobody_qualifies_or_certifies_themselves(leon, signed, refused, morning):
    with refused("not_for_oneself"):
        qualify(signed(leon), leon.person)
    with refused("not_for_oneself"):
        actions.record_certification(
            by=leon, person=leon.person, reference="MQ", title="CQPM", body="UIMM", awarded_on=TODAY
        )


def test_a_certificate_known_from_elsewhere_counts_until_it_is_withdrawn(amina, elsa, leon, signed, morning):
    demand(signed(elsa), record="certification", scope="MQ 2006 0248")
    assert lacking(amina) == ["certification_missing"]
    held = actions.record_certification(
        by=leon,
        person=amina.person,
        reference="MQ 2006 0248",
        title="CQPM d'essai",
        body="UIMM d'essai",
        awarded_on=date(2020, 6, 1),
    )
    assert lacking(amina) == []
    actions.withdraw_certification(by=leon, certification=held.pk, reason="Document faux")
    assert lacking(amina) == ["certification_withdrawn"]


def test_the_three_records_that_lack_are_told_at_once(amina, elsa, signed, morning):
    demand(signed(elsa))
    demand(signed(elsa), record="certification", scope="MQ")
    demand(signed(elsa), record="authorisation", kind="atex", scope="zone-21")
    assert sorted(lacking(amina)) == [
        "authorisation_missing",
        "certification_missing",
        "qualification_missing",
    ]


def test_a_demand_without_its_source_is_refused(elsa, signed, refused, morning):
    with refused("demand_needs_its_source"):
        demand(signed(elsa), source=" ")
    with refused("no_such_gated_act"):
        demand(signed(elsa), asked_for="coffee")


def test_a_demand_is_lifted_with_its_reason(amina, elsa, signed, refused, morning):
    made = demand(signed(elsa))
    with refused("already_demanded"):
        demand(signed(elsa))
    actions.lift_demand(by=signed(elsa), demand=made.pk, reason="Remplacée par FA-13")
    assert lacking(amina) == []


def test_of_a_medical_attestation_only_dates_are_kept(amina, chloe, signed, refused, morning):
    with refused("medical_dates_only"):
        actions.authorise(by=signed(chloe), person=amina.person, kind="medical", reason="dos fragile")
    actions.authorise(by=signed(chloe), person=amina.person, kind="medical", expires_on=date(2031, 11, 22))


@pytest.mark.parametrize("number", ["2 69 05 49 588 157 80", "269054958815780"])
def test_a_national_number_is_refused(amina, chloe, signed, refused, morning, number):
    with refused("national_number_refused"):
        actions.authorise(by=signed(chloe), person=amina.person, kind="licence", reason=f"CACES, {number}")
    assert rules.national_number("lot 269054958815781") is None, "fifteen digits whose key does not agree"


def test_the_abilities_of_the_standard_are_known():
    assert {"set_up", "run", "unpack", "upkeep"} <= set(registry.abilities())
