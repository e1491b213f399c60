"""The pages of parts: ten thousand of them, hostile files, approval with the PIN."""

import struct
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from strate.kernels.geometry import samples
from strate.workshop.journal import guard
from strate.workshop.journal.actor import Actor
from strate.workshop.parts.models import ExchangeFile, Part
from tests.workshop.parts.conftest import sent
from tests.workshop.people.conftest import PIN

AtTablet = Callable[[Actor], Client]
JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000") + b"\x00" * 400 + bytes.fromhex("ffd9")


def stl(content: bytes, name: str = "support.stl") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "model/stl")


def with_nan() -> bytes:
    """A cube with one corner that is not a number."""
    spoilt = bytearray(samples.cube(20))
    spoilt[84 + 12 : 84 + 16] = struct.pack("<f", float("nan"))
    return bytes(spoilt)


def lying_header() -> bytes:
    """A cube of twelve triangles whose header announces two gigabytes of them."""
    whole = samples.cube(20)
    return whole[:80] + struct.pack("<I", 42_949_672) + whole[84:]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (JPEG, "une photo JPEG"),
        (with_nan(), "n’est pas un nombre"),
        (lying_header(), "42\u202f949\u202f672"),
        (b"solid a\nfacet normal 0 0 1\n", "Le texte est coupé"),
        (b"PK\x03\x04" + b"\x00" * 200, "archive ZIP"),
    ],
    ids=["a photo", "NaN", "2 GB header lie", "cut text", "a zip"],
)
def test_a_hostile_file_is_kept_with_a_clear_sentence_and_cannot_be_approved(
    content: bytes, said: str, bracket: Part, driss: Actor, ines: Actor, at_tablet: AtTablet
) -> None:
    page = sent(at_tablet(driss), stl(content))
    text = page.content.decode()
    assert page.status_code == 200 and said in text and "Refusé" in text
    file = ExchangeFile.objects.get()
    assert file.state == "refused"
    approving = at_tablet(ines).post(
        f"/pieces/BR-1/revisions/A/{file.digest}/approuver/", {"pin": PIN, "command": "c-1"}
    )
    assert approving.status_code == 409
    file.refresh_from_db()
    assert file.state == "refused"


def test_an_empty_file_is_said_to_be_empty_and_what_was_typed_stays(
    bracket: Part, driss: Actor, at_tablet: AtTablet
) -> None:
    page = sent(at_tablet(driss), stl(b"", "vide.stl"), revision="REV-77")
    text = page.content.decode()
    assert (
        page.status_code == 409
        and "vide.stl" in text
        and "0\u202foctet" in text.replace("0 octet", "0\u202foctet")
    )
    assert "REV-77" in text and not ExchangeFile.objects.exists()


def test_a_form_without_a_file_is_sent_back(bracket: Part, driss: Actor, at_tablet: AtTablet) -> None:
    page = at_tablet(driss).post("/pieces/BR-1/fichier/", {"revision": "A", "layer_um": "40"})
    assert page.status_code == 409 and "Choisissez le fichier" in page.content.decode()


def test_the_same_form_sent_twice_adds_one_file(bracket: Part, driss: Actor, at_tablet: AtTablet) -> None:
    client = at_tablet(driss)
    pages = [sent(client, stl(samples.cube(20)), command="c-42") for _ in range(2)]
    assert [p.status_code for p in pages] == [200, 200] and ExchangeFile.objects.count() == 1


def test_a_good_file_shows_its_measures_in_french_and_is_approved_with_the_pin(
    bracket: Part, driss: Actor, ines: Actor, at_tablet: AtTablet
) -> None:
    text = sent(at_tablet(driss), stl(samples.cube(20.5))).content.decode()
    assert "20,5 × 20,5 × 20,5" in text and "8,62" in text and "513 × 40" in text
    digest = ExchangeFile.objects.get().digest
    client, url = at_tablet(ines), f"/pieces/BR-1/revisions/A/{digest}/approuver/"
    assert client.post(url, {"pin": "000111", "command": "c-1"}).status_code == 409
    assert client.post(url, {"pin": PIN, "command": "c-2"}).status_code == 302
    assert ExchangeFile.objects.get().approved_by == ines.person


def test_a_part_too_large_for_its_machine_is_not_made(
    bracket: Part, driss: Actor, at_tablet: AtTablet
) -> None:
    from strate.workshop.machines import actions as machines

    machines.enter(by=driss, code="LPBF-1", title="Petite", width_mm=10, depth_mm=10, height_mm=10)
    sent(at_tablet(driss), stl(samples.cube(20)), machine="LPBF-1")
    assert ExchangeFile.objects.get().state == "refused"


def test_a_part_is_drawn_by_its_layers_once(bracket: Part, driss: Actor, at_tablet: AtTablet) -> None:
    client = at_tablet(driss)
    sent(client, stl(samples.bracket()))
    url = f"/pieces/BR-1/fichiers/{ExchangeFile.objects.get().digest}/dessin/"
    first, again = client.get(url).content.decode(), client.get(url).content.decode()
    assert first == again and first.count("<path") >= 12 and "NaN" not in first


def test_ten_thousand_parts_are_searched_and_turned_page_by_page(
    db: None, amina: Actor, at_tablet: AtTablet, django_assert_max_num_queries: Any
) -> None:
    with guard.lifted():
        Part.objects.bulk_create(
            (Part(code=f"P-{n:05d}", title=f"Pièce {n}", customer="Essai") for n in range(10_000)),
            batch_size=2000,
        )
    client = at_tablet(amina)
    with django_assert_max_num_queries(20):
        text = client.get("/pieces/?page=200").content.decode()
    assert "P-09999" in text and "P-00001" not in text
    assert "P-04321" in client.get("/pieces/?q=04321").content.decode()
    assert client.get("/pieces/?q=04321&page=abc").status_code == 200
    assert client.get("/pieces/?q=%00").status_code == 404


def test_an_unknown_part_is_a_page_that_says_so(amina: Actor, at_tablet: AtTablet) -> None:
    assert at_tablet(amina).get("/pieces/INCONNUE/").status_code == 404


def test_a_program_sends_a_file_and_reads_its_verdict(bracket: Part, driss: Actor, amina: Actor) -> None:
    from strate.workshop.people import actions as people

    secret = people.create_token(by=driss, title="CAO")
    client = Client(headers={"Authorization": f"Bearer {secret}"})
    fields = {"part": "BR-1", "revision": "A", "layer_um": "40"}
    added = client.post("/api/parts/upload", fields | {"file": stl(samples.cube(20))})
    assert added.status_code == 201 and added.json()["data"]["state"] == "verified"
    refused = client.post("/api/parts/upload", fields | {"file": stl(JPEG)})
    assert refused.status_code == 201 and refused.json()["data"]["state"] == "refused"
    listed = client.get("/api/parts/files?part=BR-1").json()
    assert [f["state"] for f in listed] == ["refused", "verified"] and "JPEG" in listed[0]["why_not"]
    others = Client(headers={"Authorization": f"Bearer {people.create_token(by=amina, title='x')}"})
    assert others.post("/api/parts/upload", fields | {"file": stl(samples.cube(9))}).status_code == 403
