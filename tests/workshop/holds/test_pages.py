"""Stopping a thing and letting it go, by hand, on a tablet."""

from strate.workshop.holds import actions, queries
from tests.workshop.at_tablet import PIN, at_tablet, crate, tablet, typed, with_secrets

__all__ = ["at_tablet", "crate", "tablet", "with_secrets"]


def test_a_thing_is_stopped_by_its_label_and_let_go_by_another_who_signs(crate, amina, elsa, at_tablet):
    sent = typed(about="K-1", text="fuite", liftable_by=["quality"])
    assert at_tablet(amina).post("/blocages/poser/", sent).status_code == 302
    (hold,) = queries.on("crate:K-1")
    hers = at_tablet(elsa)
    assert "fuite" in hers.get("/blocages/").content.decode()
    page = f"/blocages/{hold.number}/"
    assert 'name="pin"' in hers.get(page).content.decode()
    assert hers.post(page, typed(reason="joint changé", pin="0000")).status_code in (401, 409)
    assert queries.on("crate:K-1") == [hold]
    assert hers.post(page, typed(reason="joint changé, essai", pin=PIN)).status_code == 302
    assert queries.on("crate:K-1") == [] and hers.get(page).status_code == 200


def test_a_label_nobody_bears_is_said_and_what_was_typed_stays(amina, at_tablet):
    page = at_tablet(amina).post(
        "/blocages/poser/", typed(about="K-9", text="fuite", liftable_by=["quality"])
    )
    words = page.content.decode()
    assert page.status_code == 409 and "fuite" in words and 'value="K-9"' in words


def test_somebody_who_cannot_lift_is_told_who_can(crate, amina, at_tablet):
    hold = actions.place(by=amina, about="crate:K-1", text="fuite")
    words = at_tablet(amina).get(f"/blocages/{hold.number}/").content.decode()
    assert "Qualité" in words and 'name="pin"' not in words


def test_the_page_of_the_thing_shows_what_stops_it(crate, amina, at_tablet):
    hold = actions.place(by=amina, about="crate:K-1", text="fuite")
    words = at_tablet(amina).get("/choses/crate:K-1/").content.decode()
    assert hold.number in words and "/anomalies/signaler/?about=crate%3AK-1" in words


def test_an_unknown_hold_is_not_found(amina, at_tablet):
    assert at_tablet(amina).get("/blocages/B-999/").status_code == 404


def test_the_api_tells_what_is_stopped(crate, amina, at_tablet):
    actions.place(by=amina, about="crate:K-1", text="fuite")
    (row,) = at_tablet(amina).get("/api/holds/?about=crate:K-1").json()
    assert (row["about"], row["why"], row["liftable_by"]) == ("crate:K-1", "fuite", ["quality"])
