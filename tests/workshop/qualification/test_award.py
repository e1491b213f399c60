"""The award: only what a jury validated; certificates that strangers accept, and refuse once altered; the folder."""

import io
import json
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from click.testing import CliRunner

from strate.cli import main
from strate.workshop.attachments import queries as attachments
from strate.workshop.journal import clock
from strate.workshop.people.models import Certification
from strate.workshop.qualification import credentials, issuing
from strate.workshop.qualification.actions import answering, award, keeping, references, ruling
from strate.workshop.qualification.credentials import proof, terms
from strate.workshop.qualification.models import Award, CandidateFile, Jury
from strate.workshop.qualification.queries import award as queries
from tests.workshop.qualification import jury_room as room

pytestmark = pytest.mark.django_db
Refusing = Callable[..., AbstractContextManager[None]]
STRANGER = Path(__file__).parent / "strangers" / "verify.mjs"
ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(autouse=True)
def _the_day() -> Iterator[None]:
    with clock.at(room.DAY):
        yield


@pytest.fixture()
def nour(db: None) -> CandidateFile:
    return room.candidate("nour")


@pytest.fixture()
def key(db: None) -> None:
    keeping.enter_issuer_key(by=room.centre(), centre="Centre d’essai")


def handed(made: Award, **changed: str) -> dict[str, Any]:
    """The certificate as somebody receives it, with words changed on the way."""
    text = json.dumps(made.credential, ensure_ascii=False)
    for before, after in changed.items():
        assert before in text
        text = text.replace(before, after)
    read: dict[str, Any] = json.loads(text)
    return read


def javascript(credential: dict[str, Any], withdrawn: dict[str, Any], folder: Path) -> dict[str, Any]:
    """What @digitalbazaar/vc says of it, its network taken away."""
    node = shutil.which("node")
    assert node and (ROOT / "node_modules/@digitalbazaar/vc").is_dir(), "make test installs node's libraries"
    paths = []
    for name, each in (("certificate", credential), ("list", withdrawn)):
        paths.append(folder / f"{name}.json")
        paths[-1].write_text(json.dumps(each), encoding="utf-8")
    # Node finds its libraries above the script: it is read where the tree lies.
    done = subprocess.run([node, STRANGER, *paths], capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    said: dict[str, Any] = json.loads(done.stdout)
    return said


def python(credential: dict[str, Any], did: str) -> bool:
    """What openbadgeslib says of it."""
    from openbadgeslib.ob3.ldp import OB3LdpVerifier
    from openbadgeslib.ob3.verifier import OB3VerificationError

    try:
        OB3LdpVerifier.for_issuer_did(did).verify(json.dumps(credential))
    except OB3VerificationError:
        return False
    return True


def test_the_certificate_is_awarded_once_every_competence_is_validated(
    nour: CandidateFile, key: None, refused: Refusing
):
    with refused("award_before_the_jury"):
        award.award_whole(by=room.centre(), candidate=nour.number)
    room.decided(nour)
    made = award.award_whole(by=room.centre(), candidate=nour.number)
    assert made.competences == ["C1", "C2", "C3", "C4", "C5", "C6"]
    assert Certification.objects.get(person_id="p-nour").number == made.number
    with refused("certificate_already_issued"):
        award.award_whole(by=room.centre(), candidate=nour.number)


def test_a_partial_result_gives_no_certificate(nour: CandidateFile, key: None, refused: Refusing):
    room.decided(nour, refused=("C2",))
    with refused("award_competences_missing"):
        award.award_whole(by=room.centre(), candidate=nour.number)


def test_without_the_centres_key_only_the_factory_attests(nour: CandidateFile, refused: Refusing):
    room.decided(nour)
    with refused("issuer_key_missing"):
        award.award_whole(by=room.centre(), candidate=nour.number)
    made = award.attest(by=room.centre(), candidate=nour.number)
    assert made.issuer == issuing.factory_key()[0]
    assert made.credential["name"].startswith("Attestation interne, sans valeur de CQPM")


def test_a_block_waits_for_the_rncp_and_for_its_code(nour: CandidateFile, key: None, refused: Refusing):
    room.decided(nour)
    with refused("award_block_needs_rncp", "award_block_without_code"):
        award.award_block(by=room.centre(), candidate=nour.number, block="B2")
    code = nour.reference.code
    told = {"reference": code, "number": "RNCP-ESSAI", "since": date(2026, 1, 1), "source": "Arrêté d’essai"}
    ruling.enter_registration(by=room.centre(), **told)
    with refused("award_block_without_code"):
        award.award_block(by=room.centre(), candidate=nour.number, block="B2")
    second = nour.reference.blocks.get(name="B2").block.identity
    references.set_centre_value(
        by=room.centre(), key="block.code", value="BDC-ESSAI", source="Centre d’essai", about=second
    )
    made = award.award_block(by=room.centre(), candidate=nour.number, block="B2")
    assert made.valid_until == date(2031, 6, 15)
    assert made.credential["credentialSubject"]["achievement"]["humanCode"] == "BDC-ESSAI"


def test_two_strangers_accept_the_certificate_offline_and_refuse_one_changed_digit(
    nour: CandidateFile, key: None, tmp_path: Path
):
    room.decided(nour)
    made = award.award_whole(by=room.centre(), candidate=nour.number)
    valid = queries.lists()["centre"]
    assert javascript(handed(made), valid, tmp_path) == {"verified": True, "withdrawn": False, "error": None}
    assert python(handed(made), made.issuer)
    for changed in ({"2026-06-15T": "2026-06-14T"}, {nour.number: "C-AAAAAA"}, {"additive": "addltive"}):
        other = handed(made, **changed)
        assert not javascript(other, valid, tmp_path)["verified"] and not python(other, made.issuer)
        with pytest.raises(credentials.Altered):
            credentials.verify(other, issuer=made.issuer)


def test_a_certificate_withdrawn_is_refused_by_whoever_reads_the_list(
    nour: CandidateFile, key: None, tmp_path: Path
):
    room.decided(nour)
    made = award.award_whole(by=room.centre(), candidate=nour.number)
    award.revoke(by=room.centre(), certificate=made.number, reason="Fraude établie")
    said = javascript(handed(made), queries.lists()["centre"], tmp_path)
    assert said["withdrawn"] and not said["verified"]
    assert Certification.objects.get(person_id="p-nour").withdrawn


def test_our_words_say_what_the_published_words_say(
    nour: CandidateFile, key: None, monkeypatch: pytest.MonkeyPatch
):
    from openbadgeslib.ob3.contexts import bundled_contexts

    room.decided(nour)
    made = award.award_whole(by=room.centre(), candidate=nour.number)
    unsigned = {name: value for name, value in made.credential.items() if name != "proof"}
    ours = proof.canonical(unsigned)
    published = bundled_contexts()
    monkeypatch.setattr(proof, "KNOWN", {url: published[url] for url in terms.KNOWN})
    assert proof.canonical(unsigned) == ours and "C-" in ours


def test_a_word_nobody_signed_is_refused(nour: CandidateFile, key: None):
    room.decided(nour)
    made = award.award_whole(by=room.centre(), candidate=nour.number)
    with pytest.raises(credentials.Altered):
        credentials.verify({**made.credential, "mention": "Très bien"}, issuer=made.issuer)


def pages(digest: str) -> tuple[pikepdf.Pdf, str]:
    """A printed paper, and the words on it as pdftotext reads them."""
    path = attachments.path(digest)
    read = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True)
    return pikepdf.open(path), " ".join(read.stdout.split())


def test_papers_are_tagged_archives_with_their_data_inside(nour: CandidateFile, key: None):
    jury = room.decided(nour)
    made = award.award_whole(by=room.centre(), candidate=nour.number)
    pdf, words = pages(made.document)
    assert "Nour Essai" in words and "Opérateur en fabrication additive" in words and nour.number in words
    assert pdf.Root.MarkInfo.Marked and pdf.Root.Lang
    with pdf.open_metadata() as about:
        assert about["pdfaid:part"] == "3" and about["pdfuaid:part"] == "1"
    inside = json.loads(pdf.attachments["credential.json"].get_file().read_bytes())
    assert inside == made.credential
    _pdf, minutes = pages(jury.minutes.document)
    for word in (
        "Chambre A",
        "Syndicat Un",
        "Paul Essai",
        jury.minutes.sha256[:8],
        "non officiel",
        "15 jours",
    ):
        assert word in minutes, word
    assert "années 2000" not in minutes, "a former text, shown to the centre, is not a rule that was applied"
    letter = answering.notify_candidate(by=room.centre(), jury=jury.code, candidate=nour.number)
    _pdf, said = pages(letter.document)
    assert "Lettre du 15 juin 2026" in said and "la présidence Paul Essai" in said
    assert "Délivré le 15 juin 2026" in words


def test_the_layout_of_a_centre_takes_the_place_of_ours(nour: CandidateFile, refused: Refusing):
    own = '#import "look.typ": *\n#let d = json("paper.json")\n#set document(title: d.title)\n#set text(lang: d.lang)\n'
    with refused("layout_does_not_print"):
        keeping.put_layout(by=room.centre(), kind="minutes", text=own + "#boom")
    with refused("layout_does_not_print"):
        keeping.put_layout(by=room.centre(), kind="minutes", text=own + '#import "@preview/tablex:0.0.9": *')
    keeping.put_layout(by=room.centre(), kind="minutes", text=own + "= Notre maison\n#d.number")
    jury = room.decided(nour)
    _pdf, words = pages(jury.minutes.document)
    assert words == f"Notre maison PV-{jury.code}"


@pytest.fixture()
def archived(nour: CandidateFile, key: None, tmp_path: Path) -> Path:
    """Nour's folder, closed and unpacked."""
    jury: Jury = room.decided(nour)
    award.award_whole(by=room.centre(), candidate=nour.number)
    answering.notify_candidate(by=room.centre(), jury=jury.code, candidate=nour.number)
    made = keeping.archive(by=room.centre(), candidate=nour.number)
    folder = tmp_path / "folder"
    with zipfile.ZipFile(io.BytesIO(attachments.path(made.digest).read_bytes())) as packed:
        packed.extractall(folder)
    return folder


def verify(folder: Path) -> tuple[int, str]:
    said = CliRunner().invoke(main, ["qualification", "verify", str(folder)])
    return said.exit_code, said.output


def test_a_folder_proves_itself_without_the_product(archived: Path):
    code, words = verify(archived)
    assert code == 0 and "certificat authentique" in words
    assert (archived / "LISEZMOI.txt").exists() and list(archived.glob("juries/*/*.pdf"))


def test_a_folder_changed_by_one_digit_or_one_file_says_so(archived: Path):
    told = archived / "file.json"
    told.write_text(told.read_text().replace("Centre d", "Centre e"))
    (archived / "ajout.txt").write_text("un mot de plus")
    code, words = verify(archived)
    assert code == 1 and "file.json" in words and "ajout.txt" in words


def test_something_else_is_not_a_folder(tmp_path: Path):
    assert verify(tmp_path)[0] == 2
