"""A file seen through the site never runs, and is seen only by who is signed in."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from strate.workshop.attachments import actions, queries, store
from strate.workshop.people import actions as people
from tests.workshop.at_tablet import at_tablet, tablet, with_secrets

__all__ = ["at_tablet", "tablet", "with_secrets"]
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


def kept(by, content, name):
    return actions.receive(by=by, stored=store.keep(content, name, untouched=True)).digest


@pytest.mark.parametrize(
    ("content", "name", "shown"),
    [
        (PNG, "p.png", "inline"),
        (b"%PDF-1.7 x", "fds.pdf", "inline"),
        (b"<html><script>alert(1)</script>", "page.html", "attachment"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "x.svg", "attachment"),
        (b"MZ....", "photo.png", "attachment"),
    ],
)
def test_only_pictures_and_documents_are_shown_the_rest_is_downloaded(content, name, shown, amina, at_tablet):
    answer = at_tablet(amina).get(f"/fichiers/{kept(amina, content, name)}")
    assert b"".join(answer.streaming_content) == content
    assert answer["Content-Disposition"].startswith(shown) and answer["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert shown == "inline" or answer["Content-Type"] == "application/octet-stream"


def test_nobody_sees_a_file_without_signing_in(amina):
    assert Client().get(f"/fichiers/{kept(amina, PNG, 'p.png')}").status_code == 302


@pytest.mark.parametrize("digest", ["0" * 64, "..", "x", "A" * 64])
def test_an_unknown_file_is_not_found(digest, amina, at_tablet):
    assert at_tablet(amina).get(f"/fichiers/{digest}").status_code == 404


def test_a_program_sends_a_file_once_however_often_it_is_sent(amina):
    secret = people.create_token(by=amina, title="script")
    sends = Client(headers={"Authorization": f"Bearer {secret}", "Idempotency-Key": "one"})
    codes = [
        sends.post(
            "/api/attachments/upload", {"file": SimpleUploadedFile("x.bin", b"\x00 bytes")}
        ).status_code
        for _ in range(2)
    ]
    assert codes == [201, 200]
    empty = sends.post("/api/attachments/upload", {"file": SimpleUploadedFile("x.bin", b"")})
    assert empty.status_code in (409, 422)
    assert queries.one(store.keep(b"\x00 bytes").digest).name == "x.bin"
