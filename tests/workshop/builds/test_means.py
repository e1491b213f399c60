"""The means of a build, each in its place: what is missing is told at once, the launch waits where a site asks."""

from datetime import timedelta

import pytest
from django.utils import timezone

from strate.workshop.anomalies import queries as anomalies
from strate.workshop.builds import actions, means, queries
from strate.workshop.inspection import actions as inspection
from strate.workshop.journal import clock
from strate.workshop.procedures import actions as procedures
from strate.workshop.procedures import queries as gestures
from strate.workshop.procedures.queries import ProcedureRun
from strate.workshop.site import actions as settings
from tests.workshop import plate
from tests.workshop.at_tablet import typed
from tests.workshop.conftest import refused, signed
from tests.workshop.plate import Shop, tablet_of


@pytest.fixture()
def ready(shop: Shop) -> Shop:
    """A prepared build, and a means check that somebody has approved."""
    plate.prepared(shop)
    if not gestures.ready("means"):
        procedures.load_defaults(by=shop.driss, only=["means-check"])
        procedures.submit(by=shop.driss, procedure="means-check", version=1)
        procedures.approve(by=signed(shop.elsa), procedure="means-check", version=1)
    return shop


def checked(shop: Shop, missing: str = "") -> ProcedureRun:
    """Amina goes round; one kind of means may be missing."""
    run = actions.check_means(by=shop.amina, build="F-0001")
    for step in run.steps:
        answer = "no" if missing and missing in step["code"] else "yes"
        procedures.do_step(by=shop.amina, run=run.pk, step=step["code"], entry={"ok": answer})
    return gestures.run(run.pk)


def test_the_list_comes_from_the_orders_the_routing_and_the_material(ready: Shop) -> None:
    steps = means.steps(queries.build("F-0001"))
    groups = {step["code"].partition("-")[2] for step in steps}
    assert {"documents", "follow-up", "production", "witness", "consumables"} <= groups
    said = " ".join(step["text"]["fr"] for step in steps)
    assert "OF-2601" in said and "Gamme" in said
    assert all(s["text"]["en"] and s["place"]["fr"] and s["why"]["fr"] and s["source"] for s in steps)


def test_a_means_of_the_routing_is_looked_for_where_it_stands(ready: Shop) -> None:
    places = {step["text"]["fr"]: step["place"]["fr"] for step in means.steps(queries.build("F-0001"))}
    furnace = next(text for text in places if "FOUR-1" in text)
    powder = next(text for text in places if "tamis et aspirateur" in text)
    assert "tableau à outils" not in places[furnace] + places[powder]
    assert "Ti-6Al-4V" in powder


def test_what_is_missing_is_reported_in_the_same_gesture(ready: Shop) -> None:
    run = checked(ready, missing="consumables")
    assert run.state == "done"
    told = anomalies.on(run.ref)
    assert len(told) == 1 and "armoire des consommables" in told[0].text


def test_the_launch_waits_for_the_check_only_where_the_site_asks_for_it(ready: Shop) -> None:
    build = queries.build("F-0001")
    assert means.launch_reasons(build) == []
    settings.set_setting(by=ready.hugo, key="means_gate", value="block")
    assert [r.code for r in means.launch_reasons(build)] == ["means_not_checked"]
    run = checked(ready, missing="consumables")
    assert [r.code for r in means.launch_reasons(build)] == ["means_still_missing"]
    step = next(s["code"] for s in run.steps if "consumables" in s["code"])
    procedures.correct_step(by=ready.chloe, run=run.pk, step=step, entry={"ok": "yes"}, reason="rapporté")
    assert means.launch_reasons(build) == []


def test_one_check_at_a_time(ready: Shop) -> None:
    actions.check_means(by=ready.amina, build="F-0001")
    with refused("means_check_under_way"):
        actions.check_means(by=ready.bruno, build="F-0001")


def test_a_gauge_past_its_calibration_is_not_in_its_place(ready: Shop) -> None:
    today = timezone.localdate(clock.now())
    inspection.enter_gauge(
        by=ready.elsa,
        code="PC-OLD",
        title="Pied à coulisse",
        kind="caliper",
        calibrated_on=today - timedelta(days=400),
        due_on=today - timedelta(days=35),
    )
    version = gestures.approved("means-check")
    text = {"fr": "Pied à coulisse", "en": "Caliper"}
    steps = [{"code": "g", "kind": "means", "text": text, "thing": "gauge:PC-OLD"}]
    run = procedures.open_run(by=ready.amina, version=version, own_steps=steps)
    with refused("gauge_out_of_calibration"):
        procedures.do_step(by=ready.amina, run=run.pk, step="g", entry={"ok": "yes"})
    procedures.do_step(by=ready.amina, run=run.pk, step="g", entry={"ok": "no"})
    assert anomalies.on("gauge:PC-OLD")


def test_the_check_is_made_from_the_page_of_the_build(ready: Shop) -> None:
    hers = tablet_of(ready.amina)
    assert "Contrôle des moyens" in hers.get("/fabrications/F-0001/").content.decode()
    assert "OF-2601" in hers.get("/fabrications/F-0001/moyens/").content.decode()
    begun = hers.post("/fabrications/F-0001/moyens/", typed())
    assert begun.status_code == 302
    run = begun.headers["Location"]
    hers.post(run, typed(step="bench", ok="yes"))
    screen = hers.get(run).content.decode()
    assert "Manque" in screen and "À sa place" in screen
    assert hers.get("/fabrications/F-0001/moyens/").headers["Location"] == run


def test_readings_are_owed_from_the_launch_on(ready: Shop) -> None:
    if not gestures.ready("reading_sheet"):
        procedures.load_defaults(by=ready.driss, only=["lpbf-reading-sheet"])
        procedures.submit(by=ready.driss, procedure="lpbf-reading-sheet", version=1)
        procedures.approve(by=signed(ready.elsa), procedure="lpbf-reading-sheet", version=1)
    plate.fitted(ready)
    plate.file_sent(ready)
    plate.poured(ready)
    launched = actions.launch(by=signed(ready.amina), build="F-0001")
    watched = gestures.watches(launched.ref)
    assert [(w.every_min, w.until) for w in watched] == [(60, None)]
