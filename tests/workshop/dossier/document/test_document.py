"""The printed dossier: readable, archived, signed, and able to prove itself."""

import io
import random
import shutil
import subprocess
import zipfile

import pikepdf
import pytest
from click.testing import CliRunner

from strate.kernels.sealing import (
    BadSignature,
    digest,
    fingerprint,
    generate_key,
    public_key,
    sign_checkpoint,
)
from strate.kernels.sealing.bundle import verify_bundle
from strate.kernels.sealing.commands import verify_command
from strate.kernels.sealing.manifest import Site, seal_dossier
from strate.kernels.sealing.pdf import verify_pdf
from strate.workshop.dossier.document import (
    Attached,
    CannotPrint,
    issue_dossier,
    make_site_certificate,
    render_pdf,
    sign_pdf,
    strata,
)
from strate.workshop.dossier.document.labels import LABELS
from tests.workshop.dossier.document import sample
from tests.workshop.dossier.document.conftest import FOUNDED, issue


def codes(path) -> list[str]:
    return [finding.code for finding in verify_pdf(path).findings]


def words(pdf: bytes) -> str:
    tool = shutil.which("pdftotext")
    if tool is None:
        pytest.skip("poppler-utils is not here")
    done = subprocess.run([tool, "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode()


def test_the_pdf_proves_itself_without_the_archive(issued, pdf_file):
    verdict = verify_pdf(pdf_file, key=issued.key_id)
    assert verdict.ok, verdict.findings
    assert [held.code for held in verdict.holds] == [
        "signature_holds",
        "key_recognised",
        "checkpoints_hold",
        "chain_holds",
        "pages_hold",
    ]
    assert [(remark.code, remark.values) for remark in verdict.remarks] == [
        ("attachments_apart", {"count": 3})
    ]


def test_the_archive_holds_the_very_same_pdf_and_the_fingerprints_told_are_right(issued, pdf):
    verdict = verify_bundle(issued.archive, key=issued.key_id)
    assert verdict.ok and {held.code for held in verdict.holds} >= {"document_holds", "attachments_hold"}
    with zipfile.ZipFile(issued.archive) as archive:
        assert archive.read("document.pdf") == pdf
    assert issued.pdf_sha256 == digest(pdf) and issued.archive_sha256 == digest(issued.archive.read_bytes())
    assert sorted(path.name for path in issued.pdf.parent.iterdir()) == ["DF-0042.dossier.zip", "DF-0042.pdf"]


def test_the_pdf_declares_itself_an_archive_readable_by_everyone(issued, pdf):
    with pikepdf.open(io.BytesIO(pdf)) as document:
        with document.open_metadata() as about:
            assert about.pdfa_status == "3A"
            assert about["pdfuaid:part"] == "1"
        assert document.Root.MarkInfo.Marked
        assert document.pdf_version == "1.7" and "/Version" not in document.Root
        assert set(document.attachments) == {"dossier.json", "signature.jws"}
        inside = document.attachments["dossier.json"].get_file().read_bytes()
    with zipfile.ZipFile(issued.archive) as archive:
        assert archive.read("dossier.json") == inside


def test_an_independent_tool_accepts_the_signature(pdf_file):
    tool = shutil.which("pdfsig")
    if tool is None:
        pytest.skip("poppler-utils is not here")
    said = subprocess.run([tool, str(pdf_file)], capture_output=True, text=True, check=False).stdout
    assert "Signature is Valid" in said and "Total document signed" in said
    assert "ETSI.CAdES.detached" in said


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("fr", ["Dossier de fabrication", "2 000 couches", "conforme", "28/11/2026", "22/11/2026 10:41"]),
        ("en", ["Manufacturing dossier", "2,000 layers", "conforming", "28 Nov 2026", "22 Nov 2026 10:41"]),
    ],
)
def test_the_pages_speak_french_or_english_and_local_time(lang, expected):
    text = words(render_pdf(sample.dossier(sample.facts(3)), lang=lang)).replace("\u202f", " ")
    assert [word for word in expected if word not in text] == []


def test_the_pages_say_who_signed_what_and_when(issued, pdf):
    text = words(pdf)
    for told in ("Amina Tissot-Vrai", "A fabriqué selon la gamme", "21/11/2026 16:02", "Libère les pièces"):
        assert told in text
    assert issued.key_id[:4] + " " + issued.key_id[4:8] in text


def test_a_measurement_out_of_bounds_is_said_in_words_not_in_colour_alone():
    told = sample.dossier(sample.facts(3))
    told["inspection"] = {"measurements": [{**sample.INSPECTION["measurements"][0], "verdict": "out"}]}
    assert "hors bornes" in words(render_pdf(told))


def test_a_dossier_with_only_what_is_needed_still_prints():
    told = sample.dossier(sample.facts(1))
    spare = {name: told[name] for name in ("code", "title", "site", "seal")}
    assert "DF-0042" in words(render_pdf(spare))


@pytest.mark.parametrize("text", ["#panic()", "$x$ *b* _i_ `c`", "<a> @b", "« l’été » & 😀", "\\ \" '", "*"])
def test_names_with_signs_of_any_kind_are_printed_and_never_obeyed(text):
    told = sample.dossier(sample.facts(2))
    told["title"] = told["site"]["name"] = told["timeline"][0]["what"] = text
    assert render_pdf(told).startswith(b"%PDF-")


def test_what_is_not_known_is_printed_as_a_dash_and_numbers_need_no_quotes():
    told = sample.dossier(sample.facts(2))
    told["orders"][0] |= {"quantity": 12, "due": None, "customer": ""}
    told["essentials"].append({"label": "Plateau", "value": 7})
    told["timeline"][0] |= {"at": None, "station": None}
    assert "—" in words(render_pdf(told))


def test_a_line_that_lacks_what_its_table_shows_is_refused_with_its_name():
    told = sample.dossier(sample.facts(2))
    del told["orders"][0]["customer"]
    with pytest.raises(CannotPrint, match="customer"):
        render_pdf(told)


@pytest.mark.parametrize(
    "content", [b"", b"not a picture", b"\x89PNG\r\n\x1a\nbroken", sample.photo(0)[:700]]
)
def test_a_photo_that_cannot_be_printed_never_holds_up_the_dossier_and_is_still_listed(content):
    told = sample.dossier(sample.facts(2))
    text = words(render_pdf(told, photos=dict.fromkeys(sample.PHOTOS, content)))
    assert text.count("ne s’imprime pas") == 3
    assert all(digest[:16] in text for digest in sample.PHOTOS)


def test_the_same_dossier_is_printed_the_same_byte_for_byte():
    told = sample.dossier(sample.facts(5))
    assert render_pdf(told) == render_pdf(told)


def test_every_flipped_byte_of_the_pdf_is_found(pdf, pdf_file):
    dice = random.Random(11)
    for _ in range(60):
        at, bit = dice.randrange(len(pdf)), 1 << dice.randrange(8)
        pdf_file.write_bytes(pdf[:at] + bytes([pdf[at] ^ bit]) + pdf[at + 1 :])
        result = CliRunner().invoke(verify_command, [str(pdf_file), "--lang", "fr"])
        assert result.exit_code in (1, 2), (at, bit, result.output)
        assert result.exception is None or isinstance(result.exception, SystemExit), (at, bit)


def flipped(pdf: bytes, at: int) -> bytes:
    return pdf[:at] + bytes([pdf[at] ^ 4]) + pdf[at + 1 :]


def test_an_embedded_file_that_lost_its_way_is_found_whatever_the_reader_of_pdf_raises(pdf, pdf_file):
    """Where the file specification names its stream: no stream, another key, or a dictionary that is none."""
    first = pdf.index(b"/EF<</F ")
    for at in range(first, first + len(b"/EF<</F ")):
        pdf_file.write_bytes(flipped(pdf, at))
        assert verify_pdf(pdf_file).findings, at


def test_a_cut_pdf_is_never_taken_for_whole(pdf, pdf_file):
    for length in (5, 100, len(pdf) // 2, len(pdf) - 1000):
        pdf_file.write_bytes(pdf[:length])
        assert CliRunner().invoke(verify_command, [str(pdf_file)]).exit_code in (1, 2)


def pages_of(pdf: bytes) -> bytes:
    """The PDF as it was before it was signed: a signature is only ever added at the end."""
    return pdf[: pdf.index(b"%%EOF") + 5] + b"\n"


def test_pages_signed_again_by_someone_else_are_named(pdf, pdf_file):
    key_pem, cert_pem = make_site_certificate("Atelier Nord", at=FOUNDED)
    pdf_file.write_bytes(sign_pdf(pages_of(pdf), key_pem=key_pem, cert_pem=cert_pem, reason="same"))
    assert codes(pdf_file) == ["document_signed_by_another"]


def test_a_certificate_that_the_data_do_not_name_is_left_to_the_reader(keys, tmp_path):
    facts = sample.facts(1)
    sealing = sign_checkpoint(
        chain=sample.CHAIN,
        count=1,
        head=facts[0].link,
        at="2026-11-22T10:00:00Z",
        private_pem=keys.private_pem,
    )
    told = sample.dossier(facts)
    sealed = seal_dossier(
        told, site=Site("Nord", keys.private_pem), chain=sample.CHAIN, facts=facts, sealing=sealing
    )
    inside = [
        Attached("dossier.json", "application/json", sealed.manifest),
        Attached("signature.jws", "application/jose", sealed.signature.encode()),
    ]
    pages = render_pdf(told, attachments=inside)
    path = tmp_path / "x.pdf"
    path.write_bytes(
        sign_pdf(pages, key_pem=keys.document_key_pem, cert_pem=keys.document_cert_pem, reason="")
    )
    verdict = verify_pdf(path, key=sealed.key_id)
    assert verdict.ok and [remark.code for remark in verdict.remarks] == ["certificate_to_recognise"]


def test_unsigned_pages_are_named(pdf, pdf_file):
    pdf_file.write_bytes(pages_of(pdf))
    assert codes(pdf_file) == ["unsigned_document"]


def test_something_added_after_the_signature_is_named(pdf, pdf_file, keys):
    pdf_file.write_bytes(pdf + pdf[pdf.rindex(b"startxref") :])
    assert codes(pdf_file) != []


def test_pages_of_one_dossier_with_the_data_of_another_key_are_refused(pdf_file):
    verdict = verify_pdf(pdf_file, key=fingerprint(public_key(generate_key())))
    assert [finding.code for finding in verdict.findings] == ["unknown_key"]


def test_a_pdf_that_is_no_dossier_is_said_so(pdf_file):
    blank = pikepdf.new()
    blank.add_blank_page()
    blank.save(pdf_file)
    result = CliRunner().invoke(verify_command, [str(pdf_file), "--lang", "en"])
    assert result.exit_code == 2 and "does not hold the data of a dossier" in result.output


def test_each_state_of_a_layer_has_its_own_shape_and_a_single_layer_is_visible():
    shapes = {state: strata.draw([("fine", 1999), (state, 1)]) for state in strata.COLOURS}
    assert "stroke-dasharray" in shapes["suspected"] and "url(#hatch)" in shapes["no_data"]
    assert "<circle" in shapes["decided"] and "<path" in shapes["interrupted"]
    assert all(f'height="{strata.THINNEST:.2f}"' in shapes[s] for s in ("decided", "interrupted"))


def test_every_label_is_there_in_both_languages():
    assert [code for code, (fr, en) in LABELS.items() if not fr.strip() or not en.strip()] == []


def test_an_english_dossier_proves_itself_too(keys, tmp_path):
    assert codes(issue(tmp_path, keys, fact_count=5, lang="en", layer_count=10).pdf) == []


def test_a_checkpoint_of_another_site_is_never_printed_as_a_seal(keys, tmp_path):
    facts = sample.facts(2)
    stray = sign_checkpoint(
        chain=sample.CHAIN, count=2, head=facts[1].link, at="2026-11-22T10:00:00Z", private_pem=generate_key()
    )
    told = sample.dossier(facts)
    with pytest.raises(BadSignature):
        issue_dossier(told, folder=tmp_path, keys=keys, chain=sample.CHAIN, facts=facts, sealing=stray)
    assert list(tmp_path.iterdir()) == []
