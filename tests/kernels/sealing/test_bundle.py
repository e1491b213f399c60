"""The bundle of a dossier: checked offline, and every tampering named."""

import io
import json
import random
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from strate.kernels.sealing import fingerprint, generate_key, public_key, sign_checkpoint
from strate.kernels.sealing.bundle import verify_bundle, write_bundle
from strate.kernels.sealing.canonical import canonical
from strate.kernels.sealing.commands import dossier, verify_command
from strate.kernels.sealing.container import write
from strate.kernels.sealing.manifest import Site
from tests.kernels.sealing.conftest import FACTS, sealed_by
from tests.kernels.sealing.shop import CHAIN, journal


def codes(path: Path, key: str | None = None) -> list[tuple[str, int | None]]:
    return [(finding.code, finding.seq) for finding in verify_bundle(path, key=key).findings]


def rewritten(path: Path, change) -> Path:
    """The same archive after someone changed its files, by name, and packed it again the right way."""
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    change(files)
    with path.open("wb") as target:
        write(target, files.items())
    return path


def retold(path: Path, change) -> Path:
    """The same archive after someone changed what dossier.json says."""

    def edit(files: dict[str, bytes]) -> None:
        told = json.loads(files["dossier.json"])
        change(told)
        files["dossier.json"] = canonical(told)

    return rewritten(path, edit)


def test_a_dossier_that_nobody_touched_holds_and_says_by_whose_key(bundle, site):
    key = fingerprint(public_key(site.private_pem))
    verdict = verify_bundle(bundle, key=key.upper())
    said = [held.code for held in verdict.holds]
    assert verdict.ok and not verdict.remarks
    assert said == [
        "signature_holds",
        "key_recognised",
        "checkpoints_hold",
        "chain_holds",
        "attachments_hold",
        "document_holds",
    ]


def test_without_a_key_the_reader_is_told_to_recognise_it(bundle, site):
    verdict = verify_bundle(bundle)
    assert verdict.ok and [remark.code for remark in verdict.remarks] == ["key_to_recognise"]
    assert verdict.key_id == fingerprint(public_key(site.private_pem))


def test_the_key_of_another_site_is_refused(bundle):
    assert codes(bundle, key=fingerprint(public_key(generate_key()))) == [("unknown_key", None)]
    assert codes(bundle, key=verify_bundle(bundle).key_id[:16]) == [("unknown_key", None)]


def test_a_word_changed_in_a_fact_is_named_with_its_number(bundle):
    def change(told):
        fact = told["chain"]["facts"][5]
        fact["envelope"] = fact["envelope"].replace("layer.recoated", "layer.skipped")

    assert codes(retold(bundle, change)) == [("altered_manifest", None), ("altered_fact", 26)]


def test_a_fact_removed_is_named(bundle):
    found = codes(retold(bundle, lambda told: told["chain"]["facts"].pop(9)))
    assert found == [("altered_manifest", None), ("missing_fact", 30)]


def test_two_facts_exchanged_are_named(bundle):
    def change(told):
        facts = told["chain"]["facts"]
        facts[2], facts[5] = facts[5], facts[2]

    assert codes(retold(bundle, change)) == [("altered_manifest", None), ("reordered_fact", 23)]


def test_a_cut_chain_is_named(bundle):
    def change(told):
        del told["chain"]["facts"][10:]

    assert codes(retold(bundle, change)) == [("altered_manifest", None), ("truncated_chain", 31)]


def test_a_checkpoint_signed_by_someone_else_is_named(bundle):
    def change(told):
        told["chain"]["sealing"] = sign_checkpoint(
            chain=CHAIN, count=50, head=FACTS[49].link, at="now", private_pem=generate_key()
        )

    assert codes(retold(bundle, change)) == [("altered_manifest", None), ("bad_checkpoint_signature", None)]


def test_a_checkpoint_of_the_training_journal_is_named(site, tmp_path):
    other = journal(60, name="formation")
    stray = sign_checkpoint(
        chain="formation", count=50, head=other[49].link, at="now", private_pem=site.private_pem
    )
    path = tmp_path / "x.dossier.zip"
    write_bundle(path, sealed_by(site, sealing=stray), site=site)
    assert codes(path) == [("foreign_checkpoint", None)]


def test_facts_sealed_before_the_key_was_changed_still_hold(site, tmp_path):
    new = Site("Atelier Nord", generate_key(), [public_key(site.private_pem)])
    old_opening = json.loads(sealed_by(site).manifest)["chain"]["opening"]
    sealing = sign_checkpoint(
        chain=CHAIN, count=50, head=FACTS[49].link, at="now", private_pem=new.private_pem
    )
    path = tmp_path / "x.dossier.zip"
    write_bundle(path, sealed_by(new, opening=old_opening, sealing=sealing), site=new)
    assert codes(path) == []


def test_attachments_changed_or_missing_are_named(bundle, tmp_path):
    def change(files):
        name = next(name for name in files if name.startswith("attachments/"))
        files[name] = files[name][:-1] + b"\0"

    assert codes(rewritten(bundle, change)) == [("altered_attachment", None)]
    rewritten(bundle, lambda files: files.pop(next(n for n in files if n.startswith("attachments/"))))
    assert codes(bundle) == [("missing_attachment", None)]


def test_a_document_changed_missing_or_taken_from_elsewhere_is_named(bundle):
    assert codes(rewritten(bundle, lambda files: files.update({"document.pdf": b"%PDF other"}))) == [
        ("altered_document", None)
    ]
    assert codes(rewritten(bundle, lambda files: files.pop("document.pdf"))) == [("missing_document", None)]


def test_a_dossier_sealed_again_by_an_impostor_is_betrayed_by_the_key(bundle, site, tmp_path):
    impostor = Site("Atelier Nord", generate_key())
    path = tmp_path / "x.dossier.zip"
    write_bundle(path, sealed_by(impostor), site=impostor)
    assert codes(path) == []
    assert codes(path, key=fingerprint(public_key(site.private_pem))) == [("unknown_key", None)]


def test_every_flipped_byte_of_the_archive_is_found(bundle):
    data, dice = bundle.read_bytes(), random.Random(7)
    for _ in range(300):
        at, bit = dice.randrange(len(data)), 1 << dice.randrange(8)
        bundle.write_bytes(data[:at] + bytes([data[at] ^ bit]) + data[at + 1 :])
        result = CliRunner().invoke(verify_command, [str(bundle), "--lang", "en"])
        assert result.exit_code in (1, 2), (at, bit, result.output)
        assert result.exception is None or isinstance(result.exception, SystemExit), (at, bit)


def test_every_cut_of_the_archive_is_found_and_it_is_still_known_for_a_dossier(bundle):
    data = bundle.read_bytes()
    for length in range(50, len(data), 997):
        bundle.write_bytes(data[:length])
        assert codes(bundle) == [("damaged_container", None)]


def test_bytes_lost_anywhere_on_the_way_leave_a_dossier_that_is_known_and_found_damaged(bundle):
    data = bundle.read_bytes()
    for at in range(50, len(data) - 100, 997):
        bundle.write_bytes(data[:at] + data[at + 3 :])
        assert codes(bundle) != []


def test_a_bomb_a_stranger_and_a_path_that_climbs_are_refused(bundle, tmp_path):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("dossier.json", bytes(50_000_000))
    bundle.write_bytes(packed.getvalue())
    assert codes(bundle) == [("damaged_container", None)]


def test_a_first_fact_whose_link_is_no_link_is_judged_not_believed(bundle):
    """The opening checkpoint is spoilt as well: nothing but that link then says where the chain begins."""

    def spoilt(told):
        told["chain"]["opening"] = "spoilt"
        told["chain"]["facts"][0]["link"] = "unreadable"

    found = codes(retold(bundle, spoilt))
    assert {"bad_checkpoint_signature", "altered_manifest"} <= {code for code, _seq in found}
    assert len(found) > 2


def test_a_file_slipped_in_is_named_and_nothing_is_ever_unpacked(bundle):
    rewritten(bundle, lambda files: files.update({"../../escaped.txt": b"out"}))
    assert codes(bundle) == [("unexpected_file", None)]
    assert not (bundle.parent.parent.parent / "escaped.txt").exists()


@pytest.mark.parametrize(
    ("lang", "words"),
    [("fr", ["TOUT TIENT", "rien n’a été modifié"]), ("en", ["EVERYTHING HOLDS", "nothing was altered"])],
)
def test_the_command_says_in_french_or_english_what_holds(bundle, lang, words):
    result = CliRunner().invoke(verify_command, [str(bundle), "--lang", lang])
    assert result.exit_code == 0 and all(word in result.output for word in words)


@pytest.mark.parametrize(
    ("spoken", "expected"), [("en_GB.UTF-8", "EVERYTHING"), ("C", "TOUT"), ("fr_FR", "TOUT")]
)
def test_the_language_of_the_terminal_is_followed_and_french_otherwise(bundle, spoken, expected):
    result = CliRunner(env={"LC_ALL": spoken}).invoke(verify_command, [str(bundle)])
    assert expected in result.output


@pytest.mark.parametrize(
    "content", [b"", b"PK", b"PK\x03\x04", b"%PDF-", b"%PDF-1.7\nnothing", b"hello", b"\xff\xd8\xff"]
)
def test_what_is_not_a_dossier_gets_one_sentence_and_exit_code_two(tmp_path, content):
    path = tmp_path / "photo.pdf"
    path.write_bytes(content)
    result = CliRunner().invoke(verify_command, [str(path), "--lang", "fr"])
    assert result.exit_code == 2 and len(result.output.strip().splitlines()) == 1, result.output


def test_a_file_that_is_not_there_or_is_a_folder_gets_one_sentence(tmp_path):
    for path in (tmp_path / "absent.zip", tmp_path):
        result = CliRunner().invoke(verify_command, [str(path), "--lang", "en"])
        assert result.exit_code == 2 and "cannot be opened" in result.output


def test_a_program_reads_the_verdict_as_json(bundle):
    result = CliRunner().invoke(verify_command, [str(bundle), "--json", "--lang", "en"])
    report = json.loads(result.output)
    assert report["ok"] is True and report["title"].startswith("DF-0042")
    assert {held["code"] for held in report["holds"]} >= {"chain_holds", "document_holds"}


def test_the_command_is_found_under_the_dossier(bundle):
    result = CliRunner().invoke(dossier, ["verify", str(bundle), "--lang", "en"])
    assert result.exit_code == 0 and "EVERYTHING HOLDS" in result.output
