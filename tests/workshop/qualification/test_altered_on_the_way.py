"""What a stranger may do to a certificate or to a candidate's folder: refused or named, and never a crash."""

import hashlib
import io
import json
import random
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from strate.cli import main
from strate.kernels.sealing import generate_key, keys, public_key
from strate.workshop.qualification import credentials, verifying

KEY = generate_key()
DID = credentials.did_of(KEY)
DAY = datetime(2026, 6, 15, tzinfo=UTC)
Certificate = dict[str, Any]


@pytest.fixture()
def certificate() -> Certificate:
    achieved = credentials.Achieved(
        number="C-0001",
        name="CQPM d’essai",
        description="Conduit une machine",
        kind="Certification",
        code="ESSAI",
        criteria="Toutes les compétences",
        framework="Référentiel d’essai",
        framework_sha256="ab" * 32,
        candidate="0042",
        issuer=DID,
        issuer_name="Centre d’essai",
        outcomes=[credentials.Outcome("C1", "Régler", "acquise")],
        proven=[credentials.Proven("Procès-verbal", "cd" * 32)],
        since=DAY,
    )
    return credentials.signed(credentials.open_badge(achieved), KEY, at=DAY)


def subject(certificate: Certificate) -> dict[str, Any]:
    inside: dict[str, Any] = certificate["credentialSubject"]
    return inside


CHANGES: dict[str, Callable[[Certificate], Any]] = {
    "a_word_of_the_language": lambda c: c.update({"@json": "avec félicitations"}),
    "the_same_deeper": lambda c: subject(c)["achievement"].update({"@none": "avec félicitations"}),
    "an_empty_line": lambda c: c.update({"avec félicitations": []}),
    "an_empty_object": lambda c: c.update({"avec félicitations": {}}),
    "a_second_value_of_nothing": lambda c: subject(c)["result"][0].update(value=["acquise", []]),
    "a_kind_that_is_no_address": lambda c: subject(c)["achievement"]["type"].append("Avec félicitations"),
    "an_image_that_is_no_address": lambda c: subject(c)["achievement"].update(image={"id": "très bien"}),
    "a_context_of_their_own": lambda c: c["@context"].append({"mention": None}),
    "no_context": lambda c: c.pop("@context"),
    "another_meaning_for_two_words": lambda c: subject(c)["achievement"].update(
        {"@context": {"name": "https://schema.org/description"}}
    ),
    "a_word_in_the_proof": lambda c: c["proof"].update(mention="avec félicitations"),
    "a_list_in_the_proof": lambda c: c["proof"].update(created=[c["proof"]["created"], []]),
    "a_signature_without_end": lambda c: c["proof"].update(proofValue="z" * 300_000),
    "half_a_letter": lambda c: c.update(name="\ud800"),
    "a_number_too_large": lambda c: c.update(name=1e308),
    "no_name_at_all": lambda c: c.update(issuer={"id": [DID]}),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_nothing_is_read_on_a_certificate_that_its_issuer_did_not_sign(
    certificate: Certificate, change: Callable[[Certificate], Any]
):
    credentials.verify(certificate, issuer=DID)
    change(certificate)
    with pytest.raises(credentials.Altered):
        credentials.verify(certificate, issuer=DID)


@pytest.fixture()
def content(certificate: Certificate) -> dict[str, bytes]:
    """The files of a folder, its list and its signature among them."""
    files = {
        "LISEZMOI.txt": b"Dossier de certification" * 20,
        "certificates/C-0001.json": json.dumps(certificate, ensure_ascii=False).encode(),
        "file.json": json.dumps({"number": "0042"}).encode(),
    }
    listed = [
        {"name": name, "size": len(body), "sha256": hashlib.sha256(body).hexdigest()}
        for name, body in files.items()
    ]
    head = {"format": verifying.FORMAT, "key": public_key(KEY)}
    told = json.dumps({**head, "files": listed}).encode()
    signed = keys.sign({"sha256": hashlib.sha256(told).hexdigest()}, KEY, kind=verifying.KIND)
    return {**files, verifying.MANIFEST: told, verifying.SIGNATURE: signed.encode()}


@pytest.fixture()
def packed(content: dict[str, bytes], tmp_path: Path) -> Path:
    path = tmp_path / "folder.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as into:
        for name, body in content.items():
            into.writestr(zipfile.ZipInfo(name), body, zipfile.ZIP_DEFLATED)
    return path


def verify(path: Path) -> tuple[int, str]:
    said = CliRunner().invoke(main, ["qualification", "verify", str(path)])
    assert said.exception is None or isinstance(said.exception, SystemExit), repr(said.exception)
    return said.exit_code, said.output


def test_a_packed_folder_that_nobody_touched_holds(packed: Path):
    code, words = verify(packed)
    assert code == 0 and "3 fichiers" in words and "certificat authentique" in words


def test_a_packed_folder_with_one_byte_changed_or_cut_is_judged_and_only_held_if_its_files_are(
    packed: Path, content: dict[str, bytes]
):
    data, dice = packed.read_bytes(), random.Random(13)
    for turn in range(120):
        at = dice.randrange(len(data))
        rest = data[at + 1 :] if turn % 4 else b""
        packed.write_bytes(data[:at] + bytes([data[at] ^ 1 << dice.randrange(8)]) + rest)
        code, _words = verify(packed)
        assert code in (0, 1, 2), at
        if code == 0:
            # Dates and permissions of the packing are nobody's; what comes out is what was archived.
            with zipfile.ZipFile(packed) as whole:
                assert {each: whole.read(each) for each in whole.namelist()} == content, at


def test_a_file_whose_packing_is_damaged_is_named_and_the_others_are_still_read(
    packed: Path, content: dict[str, bytes]
):
    data = packed.read_bytes()
    with zipfile.ZipFile(io.BytesIO(data)) as whole:
        start = whole.getinfo("LISEZMOI.txt").header_offset + 30 + len("LISEZMOI.txt")
    packed.write_bytes(data[:start] + b"\xff" + data[start + 1 :])
    code, words = verify(packed)
    assert code == 1 and "LISEZMOI.txt" in words and "2 fichiers" in words


def test_a_list_nested_without_end_is_no_folder(packed: Path):
    with zipfile.ZipFile(packed, "w") as into:
        into.writestr(verifying.MANIFEST, "[" * 100_000)
    assert verify(packed)[0] == 2
