"""Scanning, seeing, labelling and correcting any thing, by hand, on a tablet."""

from strate.workshop.journal.refusals import Reason
from strate.workshop.things import registry
from tests.workshop.at_tablet import PIN, at_tablet, tablet, typed, with_secrets
from tests.workshop.things.conftest import weigh

__all__ = ["at_tablet", "tablet", "with_secrets"]


def test_a_scanned_label_opens_its_thing(amina, at_tablet):
    hers = at_tablet(amina)
    assert hers.get("/scanner/?code=ABC-1").headers["Location"] == "/choses/bag:ABC-1/"
    page = hers.get("/choses/bag:ABC-1/")
    assert page.status_code == 200 and "Blue bag" in page.content.decode()


def test_a_code_borne_by_two_things_asks_which(amina, at_tablet):
    words = at_tablet(amina).get("/scanner/?code=M1").content.decode()
    assert "/choses/bag:M1/" in words and "/choses/engine:M1/" in words


def test_a_label_nobody_bears_says_so_and_shows_what_resembles(amina, at_tablet):
    page = at_tablet(amina).get("/scanner/?code=ABC")
    words = page.content.decode()
    assert (
        page.status_code == 404
        and "Rien ne porte cette étiquette" in words
        and "/choses/bag:ABC-10/" in words
    )
    assert at_tablet  # the tablet stays on the scanner
    assert at_tablet(amina).get("/choses/bag:NOPE/").status_code == 404


def test_what_was_typed_in_a_label_never_becomes_part_of_the_page(amina, at_tablet):
    words = at_tablet(amina).get("/scanner/", {"code": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in words


def test_an_entry_is_corrected_from_the_page_of_its_thing(amina, scale, at_tablet):
    event = weigh(amina, 12_500_000)
    hers, page = at_tablet(amina), f"/ecritures/{event}/corriger/"
    assert page in hers.get("/choses/bag:ABC-1/").content.decode()
    assert "12,5" in hers.get(page).content.decode()
    sent = typed(field="mass_mg", value="125", reason="12,5 tapé pour 125")
    assert hers.post(page, sent).headers["Location"] == "/choses/bag:ABC-1/"
    words = hers.get("/choses/bag:ABC-1/").content.decode()
    assert "<del>12,5" in words and "<ins>125" in words and "12,5 tapé pour 125" in words


def test_what_was_signed_asks_for_the_pin(amina, signed, scale, at_tablet):
    event = weigh(signed(amina), 1_000_000, meaning="checked")
    hers, page = at_tablet(amina), f"/ecritures/{event}/corriger/?field=mass_mg"
    assert 'name="pin"' in hers.get(page).content.decode()
    sent = typed(field="mass_mg", value="2", reason="mal lu", pin=PIN)
    assert hers.post(page, sent).status_code == 302 and scale["bag:ABC-1"] == 2_000_000


def test_a_refused_correction_keeps_what_was_typed(amina, bruno, scale, at_tablet):
    event = weigh(amina, 1_000_000)
    sent = typed(field="mass_mg", value="2", reason="je crois")
    page = at_tablet(bruno).post(f"/ecritures/{event}/corriger/", sent)
    assert page.status_code == 409 and "je crois" in page.content.decode() and scale == {}


def test_labels_are_printed_one_or_many(amina, at_tablet):
    hers = at_tablet(amina)
    drawing = hers.get("/etiquettes/bag:ABC-1.svg")
    assert drawing["Content-Type"] == "image/svg+xml" and b"bag:ABC-1" in drawing.content
    sheet = hers.get("/etiquettes/?ref=bag:ABC-1&ref=bag:ABC-10").content.decode()
    assert sheet.count("/etiquettes/bag:ABC-1") == 2
    assert hers.get("/etiquettes/").status_code == 200


def test_a_program_reads_a_thing_and_what_happened_to_it(amina, scale, at_tablet):
    weigh(amina, 1_000_000)
    hers = at_tablet(amina)
    registry.gesture(lambda ref, by: registry.Gesture("Weigh", f"/weigh/{ref}"))
    assert hers.get("/api/things/bag:ABC-1").json()["gestures"] == [
        {"label": "Weigh", "url": "/weigh/bag:ABC-1"}
    ]
    assert [t["ref"] for t in hers.get("/api/things/named/M1").json()] == ["bag:M1", "engine:M1"]
    assert hers.get("/api/things/bag:NOPE").status_code == 404
    assert len(hers.get("/api/things/bag:ABC-1/facts").json()) == 1


def test_what_can_be_done_now_is_told_apart_from_what_cannot_with_all_the_reasons(amina, at_tablet):
    @registry.doable
    def with_a_bag(ref, by):
        full = (Reason("no_such_thing", {"thing": "bag:EMPTY"}),)
        return [
            registry.Gesture("Ouvrir le sac", "/ouvrir/", "holds.place"),
            registry.Gesture("Remplir le sac", "/remplir/", "things.correct", full),
        ]

    words = at_tablet(amina).get("/choses/bag:ABC-1/").content.decode()
    now, later = words.split('id="not-now"')
    assert "/ouvrir/" in now and "/remplir/" not in words and "Remplir le sac" in later
    # Who may not, and how the thing stands: both at once.
    assert "EMPTY" in later and "Qualité" in later
