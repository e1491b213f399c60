"""The trace on the screen: found by anything, drawn, told in tables, taken away."""

import csv
import io
import json
import re
from collections.abc import Callable

import pytest
from django.http import HttpResponse

from strate.workshop.feedstock.models import Lot
from strate.workshop.journal.actor import Actor
from strate.workshop.traceability import actions, shown
from strate.workshop.traceability.drawn import HEIGHT, WIDTH, Knot, draw
from strate.workshop.traceability.queries import subject, tree
from tests.workshop.at_tablet import PIN, Signs, typed
from tests.workshop.traceability.conftest import Pour

Shop = dict[str, Lot]


def text_of(answer: HttpResponse) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_one_screen_says_where_a_lot_comes_from_and_where_it_went(
    shop: Shop, amina: Actor, at_tablet: Signs
) -> None:
    page = at_tablet(amina).get("/tracabilite/lot:MEL-2/")
    said = text_of(page)
    for word in ("36 %", "24 %", "40 %", "100 %", "F-1", "F-2", "Client Deux", "PI-A", "FUT-A"):
        assert word.replace(" %", "\u202f%") in said or word in said, word
    assert page.content.count(b'class="trace-knot') >= 8


@pytest.mark.parametrize(
    ("asked", "there"),
    [
        ("lot:A", "/tracabilite/lot:A/"),
        ("A", "/tracabilite/lot:A/"),
        ("PI-B", "/tracabilite/lot:B/"),
        ("F-2-OF-2-01", "/tracabilite/piece:F-2-OF-2-01/"),
        ("F-1", "/tracabilite/build:F-1/"),
        ("FUT-C", "/tracabilite/container:FUT-C/"),
    ],
)
def test_anything_typed_or_scanned_opens_its_trace(
    shop: Shop, amina: Actor, at_tablet: Signs, asked: str, there: str
) -> None:
    found = at_tablet(amina).get("/tracabilite/", {"q": asked})
    assert (found.status_code, found.headers.get("Location")) == (302, there)


def test_a_customer_is_found_by_part_of_the_name_and_a_stranger_is_not(
    shop: Shop, amina: Actor, at_tablet: Signs
) -> None:
    tablet = at_tablet(amina)
    assert "OF-2" in text_of(tablet.get("/tracabilite/", {"q": "Client Deux"}))
    nobody = tablet.get("/tracabilite/", {"q": "zzz-absent"})
    assert nobody.status_code == 404 and "zzz-absent" in nobody.content.decode()
    assert tablet.get("/tracabilite/lot:ABSENT/").status_code == 404


def test_people_are_looked_up_by_those_who_may(
    shop: Shop, amina: Actor, elsa: Actor, chloe: Actor, at_tablet: Signs
) -> None:
    assert "Chloe Essai" not in text_of(at_tablet(amina).get("/tracabilite/", {"q": "Chloe"}))
    assert "Chloe Essai" in text_of(at_tablet(elsa).get("/tracabilite/", {"q": "Chloe"}))


def test_an_order_made_in_one_build_opens_the_trace_of_that_build(
    shop: Shop, amina: Actor, at_tablet: Signs
) -> None:
    tablet = at_tablet(amina)
    assert tablet.get("/tracabilite/order:OF-1/").headers["Location"] == "/tracabilite/build:F-1/"


def test_the_table_taken_away_holds_every_share_exactly(shop: Shop, amina: Actor, at_tablet: Signs) -> None:
    tablet = at_tablet(amina)
    answer = tablet.get("/tracabilite/lot:MEL-2/trace.csv")
    lines = list(
        csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig")), delimiter=";")
    )
    cells = {(row[0], row[1]): row[2] for row in lines[1:]}
    assert {cells[row] for row in cells if row[1] == "lot:A"} == {"0,36"}
    data = json.loads(tablet.get("/tracabilite/lot:MEL-2/trace.json").content)
    assert data["made_of"]["shares"]["lot:MEL-1"] == "0.6"
    assert {"from": "lot:C", "into": "lot:MEL-2", "mass_mg": 16_000_000} in data["made_of"]["lines"]


def test_a_lot_is_recalled_on_the_screen_and_its_holds_are_listed(
    shop: Shop, elsa: Actor, at_tablet: Signs
) -> None:
    tablet = at_tablet(elsa)
    page = tablet.get("/tracabilite/lot:A/rappel/")
    assert "Client Un" in text_of(page) and "F-2-OF-2-03" in text_of(page)
    wrong = tablet.post("/tracabilite/lot:A/rappel/", typed(reason="Lettre", stop=["lots"], pin="000000"))
    assert wrong.status_code == 409
    sent = typed(reason="Lettre du fournisseur", stop=["lots", "builds", "pieces"], pin=PIN)
    done = tablet.post("/tracabilite/lot:A/rappel/", sent)
    assert done.status_code == 302
    listed = text_of(tablet.get(done.headers["Location"]))
    assert "Lettre du fournisseur" in listed and "10" in listed
    assert "R-" in text_of(tablet.get("/rappels/"))
    held = tablet.get("/tracabilite/lot:A/")
    assert b"is-held" in held.content


def test_the_page_of_a_build_shows_the_way_to_its_trace(shop: Shop, amina: Actor, at_tablet: Signs) -> None:
    tablet = at_tablet(amina)
    assert b"/tracabilite/build:F-1/" in tablet.get("/choses/build:F-1/").content
    assert b"/tracabilite/lot:A/" in tablet.get("/choses/lot:A/").content


def test_five_hundred_lots_are_drawn_in_few_boxes_and_told_in_full(
    shop: Shop, bought: Pour, mixed: Pour
) -> None:
    parents = {bought(f"N-{n}", 3): 1 for n in range(40)}
    blend = mixed("GROS", parents)
    of = subject(blend.ref)
    back, forth = tree.backward(of), tree.forward(of)
    drawing = shown.drawing(of, back, forth)
    assert len(drawing.knots) <= 8 and any(k.kind == "more" and "35" in k.title for k in drawing.knots)
    tables = shown.tables(of, back, forth)
    assert (len(tables.origins), tables.sum) == (40, "100\u202f%")


def test_a_long_table_opens_by_a_tap_and_is_open_when_something_is_looked_for(
    bought: Pour, mixed: Pour, amina: Actor, at_tablet: Signs
) -> None:
    virgin, other = bought("N-1"), bought("N-2")
    for n in range(21):
        mixed(f"M-{n}", {virgin: 1, other: 1})
    tablet = at_tablet(amina)
    page = tablet.get("/tracabilite/lot:N-1/").content.decode()
    assert "<details>" in page and "<details open>" not in page and "M-20" in page
    assert "<details open>" in tablet.get("/tracabilite/lot:N-1/?q=M-20").content.decode()


def test_boxes_never_lie_on_each_other() -> None:
    knots = [Knot(f"k{n}", "lot", n % 3, f"L-{n}") for n in range(12)]
    drawing = draw(knots, [(f"k{n}", f"k{n + 1}", n + 1) for n in range(11)])
    places = {(k.x // WIDTH, k.y // HEIGHT) for k in drawing.knots}
    assert len(places) == 12
    assert all(
        0 <= k.x <= drawing.width - WIDTH and 0 <= k.y <= drawing.height - HEIGHT for k in drawing.knots
    )


@pytest.mark.parametrize(
    ("units", "said"),
    [(10**38, "100"), (36 * 10**36, "36"), (10**38 // 3, "33,3333"), (1, "<\u202f0,0001"), (0, "0")],
)
def test_shares_are_said_in_french_without_losing_what_is_small(units: int, said: str) -> None:
    assert shown.percent(units) == f"{said}\u202f%"


def test_a_recall_by_the_api_is_the_same_act(
    shop: Shop, elsa: Actor, signed: Callable[[Actor], Actor]
) -> None:
    made = actions.recall(by=signed(elsa), lot="lot:A", reason="Lettre")
    assert (made.lot, made.number) == ("A", f"R-{made.pk}")


@pytest.mark.parametrize(
    ("ref", "used", "most", "mean"),
    [
        ("lot:MEL-2", "60", 1, "0.6"),
        ("build:F-2", "60", 1, "0.6"),
        ("lot:F-2-R", "100", 2, "1.6"),
        ("lot:A", "0", 0, "0"),
    ],
)
def test_o16_the_age_of_a_powder_is_worked_out_along_its_tree(
    shop: Shop, ref: str, used: str, most: int, mean: str
) -> None:
    of = subject(ref)
    told = shown.worth(of, tree.backward(of))
    assert told is not None
    assert (told.used, told.age_max, str(told.age_mean)) == (f"{used}\u202f%", most, mean)
    assert sum(told.shares) == 1
