"""Places and stations brought from a list: every problem by its row, and nothing half imported."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from strate.workshop.journal import queries as journal
from strate.workshop.journal.actor import Actor
from strate.workshop.people import actions as people
from strate.workshop.people import queries as staff
from strate.workshop.site import actions, queries
from tests.workshop.at_tablet import Signs, at_tablet, tablet, with_secrets

__all__ = ["at_tablet", "tablet", "with_secrets"]


def brought(client: Client, address: str, text: str) -> tuple[int, str, str]:
    """The dry run of a list: its status, its page, and the digest to confirm with."""
    file = SimpleUploadedFile("liste.csv", text.encode(), content_type="text/csv")
    answer = client.post(address, {"command": f"k-{len(text)}", "file": file})
    page = answer.content.decode()
    found = page.partition('name="sha256" value="')[2][:64]
    return answer.status_code, page, found


def test_places_come_in_whatever_their_order_in_the_list(hugo: Actor, at_tablet: Signs) -> None:
    his = at_tablet(hugo)
    text = "Code;Nom;Zone;Dans\nsas;Sas poudre;Zone 22;atelier\natelier;L’atelier « Sud » 🙂;;\n"
    status, page, sha256 = brought(his, "/lieux/importer/", text)
    assert status == 200 and "2 lignes" in page and not queries.places()
    assert his.post("/lieux/importer/", {"command": "ok", "sha256": sha256}).headers["Location"] == "/lieux/"
    assert {p.code: (p.zone, p.parent.code if p.parent else "") for p in queries.places()} == {
        "sas": ("atex_22", "atelier"),
        "atelier": ("none", ""),
    }
    assert len(journal.of("place:sas", what="site.places_imported")) == 1


def test_a_list_of_places_names_every_problem_by_row_and_imports_nothing(
    hugo: Actor, at_tablet: Signs
) -> None:
    actions.add_place(by=hugo, code="hall", title="Hall")
    text = (
        "Code;Nom;Zone;Dans\nhall;Autre hall;;\na;A;;b\nb;B;;a\nc;C;Zone 7;\nd;D;;nulle-part\n"
        "n° 3;E;;\ne;;;\na;Encore A;;\n"
    )
    status, page, _sha256 = brought(at_tablet(hugo), "/lieux/importer/", text)
    assert status == 422 and [p.code for p in queries.places()] == ["hall"]
    for words in ("existe déjà ici", "ne peut pas", "Zone 7", "nulle-part", "n° 3", "ligne 3"):
        assert words in page, words


def test_a_list_of_places_is_judged_again_when_it_is_confirmed(hugo: Actor, refused: Any) -> None:
    rows = [{"code": "x", "title": "X", "zone": "none", "parent": "absent"}]
    with refused("no_such_place"):
        actions.import_places(by=hugo, rows=rows)
    round_about = [
        {"code": "x", "title": "X", "zone": "none", "parent": "y"},
        {"code": "y", "title": "Y", "zone": "none", "parent": "x"},
    ]
    with refused("place_inside_itself", "place_inside_itself"):
        actions.import_places(by=hugo, rows=round_about)
    assert not queries.places(also_closed=True)


def test_stations_of_a_list_open_nothing_until_they_are_enrolled_on_their_screen(
    hugo: Actor, amina: Actor, at_tablet: Signs, refused: Any
) -> None:
    actions.add_place(by=hugo, code="hall", title="Hall")
    his = at_tablet(hugo)
    text = "Code;Nom;Lieu;Partagé;Veille (min)\nhall-9;Tablette 9;hall;oui;3\nbureau-2;Bureau;;non;\n"
    status, page, sha256 = brought(his, "/postes/importer/", text)
    assert status == 200 and "2 lignes" in page
    assert (
        his.post("/postes/importer/", {"command": "ok", "sha256": sha256}).headers["Location"] == "/postes/"
    )
    waiting = staff.station("hall-9")
    assert (waiting.shared, waiting.idle_minutes, waiting.secret) == (True, 3, "")
    assert staff.station("bureau-2").shared is False
    assert "À enrôler sur l’écran lui-même" in his.get("/postes/").content.decode()
    assert staff.station_by_cookie("") is None
    station, secret = people.enrol_station(by=hugo, code="hall-9", title="Tablette 9", place="hall")
    assert staff.station_by_cookie(secret) == station
    with refused("not_allowed"):
        people.import_stations(by=amina, stations=[people.Expected("x", "X")])


def test_a_list_of_stations_names_every_problem_by_row(hugo: Actor, at_tablet: Signs) -> None:
    his = at_tablet(hugo)
    known = staff.stations()[0].code
    text = f"Code;Nom;Lieu;Partagé;Veille (min)\n{known};Déjà là;;;\nx-1;X;nulle-part;peut-être;900\n"
    status, page, _sha256 = brought(his, "/postes/importer/", text)
    assert status == 422 and len(staff.stations()) == 1
    for words in ("existe déjà ici", "nulle-part", "peut-être", "900"):
        assert words in page, words
