"""Personal data: handed over whole, erased without touching a fact, purged by the rule of the site."""

import json
from datetime import date, timedelta

from strate.workshop.journal import audit, clock
from strate.workshop.journal import queries as journal
from strate.workshop.people import actions, queries
from tests.workshop.at_tablet import at_tablet, tablet, with_secrets

__all__ = ["at_tablet", "tablet", "with_secrets"]

TODAY = date(2026, 11, 23)


def test_a_person_takes_away_everything_that_is_kept_of_them(amina, chloe, signed, morning):
    actions.authorise(by=signed(chloe), person=amina.person, kind="fire", expires_on=TODAY)
    kept = json.loads(actions.export_person(by=amina, person=amina.person))
    assert kept["kept"]["account"]["name"] == "Amina Essai"
    assert [a["kind"] for a in kept["kept"]["records"]["authorisations"]] == ["fire"]
    assert [f["what"] for f in kept["facts"]] == ["people.authorised"]
    assert "pin" not in json.dumps(kept["kept"]), "sealed secrets are no data about a person"


def test_nobody_takes_away_the_data_of_another(amina, bruno, hugo, refused, morning):
    with refused("not_allowed"):
        actions.export_person(by=amina, person=bruno.person)
    assert actions.export_person(by=hugo, person=bruno.person)


def test_an_erased_person_leaves_a_chain_that_still_holds(
    amina, bruno, chloe, hugo, signed, morning, refused
):
    actions.choose_language(by=amina, language="en")
    with refused("still_works_here"):
        actions.erase(by=signed(hugo), person=amina.person, reason="Demande")
    actions.deactivate(by=hugo, person=amina.person)
    actions.erase(by=signed(hugo), person=amina.person, reason="Demande")
    who = queries.person_or_gone(amina.person)
    assert (who.name, who.login, who.badge, who.pin) == (amina.person, amina.person, None, "")
    assert queries.name_of(amina.person) == amina.person
    assert audit.verify_site().facts == 3
    assert any(f.by == amina.person for f in journal.concerning(amina.person))
    with refused("already_erased"):
        actions.erase(by=signed(hugo), person=amina.person, reason="Demande")


def test_what_is_past_its_delay_is_counted_then_purged_with_a_signature(
    amina, chloe, hugo, signed, refused, morning
):
    actions.authorise(
        by=signed(chloe),
        person=amina.person,
        kind="fire",
        granted_on=TODAY - timedelta(days=4000),
        expires_on=TODAY - timedelta(days=1826),
    )
    due = {row.rule.code: row.due for row in queries.retentions_due(on=TODAY)}
    assert due["ended_records"] == 1
    assert actions.purge(by=signed(hugo), retention="ended_records") == 1
    assert queries.authorisations_of(amina.person, on=TODAY) == []
    with refused("nothing_to_purge"):
        actions.purge(by=signed(hugo), retention="ended_records")
    with refused("not_allowed"):
        actions.purge(by=signed(chloe), retention="ended_records")


def test_those_who_left_long_ago_are_forgotten_one_fact_each(amina, hugo, signed, morning):
    with clock.at(morning - timedelta(days=2000)):
        actions.deactivate(by=hugo, person=amina.person)
    actions.purge(by=signed(hugo), retention="gone_people")
    assert queries.person_or_gone(amina.person).name == amina.person
    assert [f.what for f in journal.of(f"person:{amina.person}")] == ["people.deactivated", "people.erased"]


def test_a_colleague_reads_nothing_of_an_account(at_tablet, amina, bruno, hugo):
    """Login, badge, PIN, sign-ins, language: for the person and for who manages accounts."""
    hers, his, admin = at_tablet(amina), at_tablet(bruno), at_tablet(hugo)
    actions.choose_language(by=amina, language="fr")
    actions.give_role(by=hugo, person=amina.person, role="trainer")
    pages = ("/personnes/p-amina/", "/personnes/?q=Amina")
    for client, reads in ((hers, True), (admin, True), (his, False)):
        person, directory = (client.get(page).content.decode() for page in pages)
        assert ("Langue choisie" in person, "B-amina" in person) == (reads, reads)
        assert ("B-amina" in directory) == (client is admin)
        assert "Rôle donné" in person, "what was decided is for everybody"
        thing = client.get("/choses/person:p-amina/").content.decode()
        facts = client.get("/api/things/person:p-amina/facts")
        assert ("Langue choisie" in thing) == reads and facts.status_code == (200 if reads else 404)
        (told,) = client.get("/api/people/people?q=Amina").json()
        assert (told["login"], told["language"]) == (("amina", "fr") if reads else ("", ""))


def test_a_colleague_finds_nobody_by_login_or_badge_and_no_sign_in_at_a_station(
    at_tablet, amina, bruno, hugo
):
    his, admin = at_tablet(bruno), at_tablet(hugo)
    actions.rename(by=hugo, person=amina.person, name="Nora Autre")
    for address in ("/personnes/?q=B-amina", "/api/people/people?q=amina", "/api/things/search?text=amina"):
        assert "Nora Autre" not in his.get(address).content.decode()
    assert "Nora Autre" in admin.get("/personnes/?q=B-amina").content.decode()
    (station, *_more) = queries.stations()
    address = f"/api/things/{station.ref}/facts"
    assert (his.get(address).status_code, admin.get(address).status_code) == (404, 200)
