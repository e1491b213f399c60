"""Files are kept by what they hold: whole or not at all, judged by content, no place in a photo."""

import resource
from hashlib import sha256
from io import BytesIO

import pytest
from PIL import Image

from strate.workshop.attachments import actions, queries, store
from strate.workshop.journal import queries as journal

GPS = 0x8825


def photo(width=64, height=32, *, place=True):
    exif = Image.Exif()
    exif[0x0112] = 6  # the tablet was held upright
    if place:
        exif.get_ifd(GPS)[2] = (48.0, 51.0, 29.0)
    out = BytesIO()
    Image.new("RGB", (width, height), "orange").save(out, "JPEG", exif=exif)
    return out.getvalue()


def stl(triangles=2):
    return bytes(80) + triangles.to_bytes(4, "little") + bytes(50 * triangles)


def test_a_file_is_kept_byte_for_byte_under_its_digest(amina):
    content = stl()
    stored = store.keep(BytesIO(content), "bracket.stl")
    assert stored.digest == sha256(content).hexdigest() and stored.media_type == "model/stl"
    actions.receive(by=amina, stored=stored)
    assert queries.path(stored.digest).read_bytes() == content


def test_the_same_file_sent_twice_is_there_once(amina):
    for _ in range(2):
        actions.receive(by=amina, stored=store.keep(b"certificate of the lot", "c.txt"))
    assert queries.one(store.keep(b"certificate of the lot").digest).name == "c.txt"


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"%PDF-1.7 ...", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"\xff\xd8\xff\xe0 a photo", "image/jpeg"),
        (b"solid part\nfacet normal 0 0 1", "model/stl"),
        (b"<html><script>alert(1)</script>", "text/plain"),
        (b"MZ\x90\x00", "application/x-msdownload"),
        (b"\x00\x01\x02", "application/octet-stream"),
    ],
)
def test_what_a_file_is_comes_from_its_content_not_its_name(content, found, db):
    assert store.keep(content, "innocent.jpg", untouched=True).media_type == found


def test_a_photo_is_kept_without_where_it_was_taken_and_upright(db):
    stored = store.keep(photo(), "IMG_1.jpg")
    with Image.open(store.path_of(stored.digest)) as kept:
        assert not kept.getexif() and kept.size == (32, 64)
    assert stored.original_digest == sha256(photo()).hexdigest() != stored.digest


def test_a_large_photo_is_made_smaller(db):
    stored = store.keep(photo(4000, 1000))
    assert (stored.width, stored.height) == (640, 2560)


def test_what_a_machine_made_is_kept_untouched(db):
    assert store.keep(photo(), untouched=True).digest == sha256(photo()).hexdigest()


def test_an_empty_a_damaged_and_a_huge_file_are_refused_in_words(db, refused, monkeypatch):
    with refused("file_is_empty"):
        store.keep(b"", "empty.stl")
    with refused("picture_unreadable"):
        store.keep(photo()[:200], "torn.jpg")
    monkeypatch.setattr(store, "limit_bytes", lambda: 10)
    with refused("file_too_large"):
        store.keep(b"eleven bytes")


def drafts():
    return list((store.home() / ".drafts").iterdir())


def test_a_full_disk_is_one_clear_refusal_and_leaves_no_half_file(db, refused):
    store.keep(b"first")
    content = b"x" * 300_000
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    try:
        with refused("disk_is_full"):
            store.keep(content, "film.bin")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert drafts() == [] and not store.path_of(sha256(content).hexdigest()).exists()
    assert store.keep(content).size == 300_000


def test_a_file_is_attached_to_a_thing_as_a_fact(amina):
    stored = store.keep(b"delivery note", "note.txt")
    actions.attach(by=amina, stored=stored, about="lot:TI-1", caption="delivery note")
    (use,) = queries.about("lot:TI-1")
    assert (use.attachment.digest, use.caption, use.by) == (stored.digest, "delivery note", amina.person)
    assert stored.ref in journal.told(journal.last())["things"]


def test_the_name_of_a_file_never_enters_the_journal(amina):
    actions.attach(by=amina, stored=store.keep(b"cv", "amina-essai.txt"), about="lot:TI-1")
    assert "amina-essai" not in journal.last().envelope


def test_a_digest_nobody_sent_cannot_be_attached(amina, refused):
    with refused("no_such_file"):
        actions.attach_received(by=amina, digest="0" * 64, about="lot:TI-1")


def test_the_check_of_every_file_names_the_missing_the_altered_and_the_unknown(amina, tmp_path, monkeypatch):
    monkeypatch.setattr(store, "home", lambda: tmp_path)
    good, gone, changed = (store.keep(c) for c in (b"good", b"gone", b"changed"))
    for stored in (good, gone, changed):
        actions.receive(by=amina, stored=stored)
    unknown = store.keep(b"nobody spoke of it")
    store.path_of(gone.digest).unlink()
    store.path_of(changed.digest).chmod(0o600)
    store.path_of(changed.digest).write_bytes(b"chanGed")
    found = {(f.digest, f.problem) for f in queries.verify_all()}
    assert found == {(gone.digest, "missing"), (changed.digest, "altered"), (unknown.digest, "unknown")}


@pytest.mark.parametrize("name", ["../../etc/passwd", "C:\\temp\\passwd", 'pass"wd<>', " passwd. "])
def test_a_name_that_would_deceive_is_made_harmless(name):
    assert store.clean_name(name) in ("passwd",)
