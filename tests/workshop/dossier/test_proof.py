"""What the customer holds: nothing can be changed unseen, and nothing in it belongs to another customer."""

import json
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.utils import translation

from strate.kernels.sealing import canonical, keys
from strate.kernels.sealing.commands import dossier as command
from strate.kernels.sealing.manifest import SIGNATURE_KIND, digest
from strate.workshop.doors.speech import NARROW
from strate.workshop.dossier import actions, queries
from strate.workshop.journal import checkpoints
from strate.workshop.journal import queries as journal
from tests.workshop.dossier import shop as play

pytestmark = pytest.mark.django_db

NAMES_THEM = ("builds.prepared", "builds.launched", "builds.closed")


def verify(path: Path) -> tuple[int, set[str], str]:
    done = CliRunner().invoke(command, ["verify", str(path), "--json"])
    said = json.loads(done.output)
    return done.exit_code, {finding["code"] for finding in said.get("findings", [])}, done.output


@pytest.fixture(scope="module")
def handed(played, django_db_blocker, tmp_path_factory) -> dict[str, list[Path]]:
    """Both dossiers of the plate, sealed and filed once for all these tests."""
    made = {}
    with django_db_blocker.unblock(), translation.override("fr"):
        for order in (play.MINE, play.THEIRS):
            sealed = actions.seal(by=played.who("elsa"), order=order, reviewed=True)
            filed = actions.file_away(dossier=sealed.code)
            made[order] = actions.copy_to(filed, tmp_path_factory.mktemp(order))
    return made


@pytest.fixture()
def copies(handed, db) -> list[Path]:
    return handed[play.MINE]


@pytest.fixture()
def manifest(copies):
    with zipfile.ZipFile(copies[1]) as archive:
        return json.loads(archive.read("dossier.json"))


def rewritten(archive: Path, told: dict, target: Path, *, signed: bool = True) -> Path:
    """The archive with other data, signed by a forger who even has the key of the site."""
    raw = canonical(told)
    jws = keys.sign({"dossier": digest(raw)}, checkpoints.site_key(), kind=SIGNATURE_KIND)
    with zipfile.ZipFile(archive) as source, zipfile.ZipFile(target, "w") as out:
        for item in source.infolist():
            content = source.read(item)
            content = raw if item.filename == "dossier.json" else content
            content = jws.encode() if signed and item.filename == "signature.jws" else content
            out.writestr(item.filename, content)
    return target


def test_a_flipped_byte_is_found_wherever_it_is(copies, tmp_path):
    for path in copies:
        content = path.read_bytes()
        for where in (len(content) // 5, len(content) // 2, len(content) * 4 // 5):
            spoilt = tmp_path / f"spoilt{path.suffix}"
            spoilt.write_bytes(content[:where] + bytes([content[where] ^ 1]) + content[where + 1 :])
            code, findings, output = verify(spoilt)
            assert code == 1 and findings, output


def test_a_fact_removed_is_named_even_when_the_forger_has_the_key(copies, manifest, tmp_path):
    facts = manifest["chain"]["facts"]
    gone = facts.pop(len(facts) // 2)
    code, findings, output = verify(rewritten(copies[1], manifest, tmp_path / "x.zip"))
    assert code == 1 and "missing_fact" in findings and f'"first": {gone["seq"]}' in output


def test_two_facts_exchanged_are_named(copies, manifest, tmp_path):
    facts = manifest["chain"]["facts"]
    facts[100], facts[101] = facts[101], facts[100]
    code, findings, _output = verify(rewritten(copies[1], manifest, tmp_path / "x.zip"))
    assert code == 1 and "reordered_fact" in findings


def test_a_chain_cut_short_is_named(copies, manifest, tmp_path):
    del manifest["chain"]["facts"][-3:]
    code, findings, _output = verify(rewritten(copies[1], manifest, tmp_path / "x.zip"))
    assert code == 1 and "truncated_chain" in findings


def test_a_measurement_made_better_is_named_with_its_number(copies, manifest, tmp_path):
    fact = next(f for f in manifest["chain"]["facts"] if "inspection.measured" in f.get("envelope", ""))
    fact["envelope"] = fact["envelope"].replace('"60.02"', '"60.00"')
    code, findings, output = verify(rewritten(copies[1], manifest, tmp_path / "x.zip"))
    assert code == 1 and "altered_fact" in findings and f'"seq": {fact["seq"]}' in output


def test_nothing_of_the_other_customer_leaves_but_what_the_plate_has_in_common(copies, manifest):
    """Their order's number stays in the three facts of the plate itself; their name and serials nowhere."""
    with zipfile.ZipFile(copies[1]) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist() if name != "document.pdf")
    pieces = [piece.serial for piece in queries.gather(play.THEIRS).pieces]
    assert len(pieces) == 2
    for secret in ("Labo Imaginaire", *pieces):
        assert secret.encode() not in everything and secret not in json.dumps(manifest, ensure_ascii=False)
    assert play.THEIRS not in json.dumps(manifest["dossier"], ensure_ascii=False)
    told = [json.loads(f["envelope"]) for f in manifest["chain"]["facts"] if "envelope" in f]
    naming = [fact["what"] for fact in told if play.THEIRS in json.dumps(fact)]
    assert tuple(naming) == NAMES_THEM


def test_nothing_of_the_other_customer_stands_on_the_pages(copies):
    import shutil
    import subprocess

    tool = shutil.which("pdftotext")
    if tool is None:
        pytest.skip("poppler-utils is not here")
    said = subprocess.run([tool, str(copies[0]), "-"], capture_output=True, check=True).stdout.decode()
    assert play.MINE in said and "Équerre" in said
    for secret in ("Labo Imaginaire", play.THEIRS, *(p.serial for p in queries.gather(play.THEIRS).pieces)):
        assert secret not in said


def test_each_customer_s_dossier_holds_its_own_pieces(handed, db):
    archive = handed[play.THEIRS][1]
    with zipfile.ZipFile(archive) as source:
        told = json.loads(source.read("dossier.json"))
    serials = [part["serial"] for part in told["dossier"]["parts"]]
    assert serials == ["F-0001-OF-2602-001", "F-0001-OF-2602-002"]
    assert "Aéro Fictive" not in json.dumps(told, ensure_ascii=False)
    assert verify(archive)[0] == 0


def test_every_fact_of_the_chain_is_there_in_words_or_by_its_digest(manifest):
    chain = manifest["chain"]
    seqs = [fact["seq"] for fact in chain["facts"]]
    assert seqs == list(range(seqs[0], seqs[-1] + 1))
    whole = [fact["seq"] for fact in chain["facts"] if "envelope" in fact]
    assert 100 < len(whole) < len(seqs)
    assert {each["seq"] for each in manifest["dossier"]["timeline"]} == set(whole)


def test_the_chain_opens_at_the_last_checkpoint_before_the_first_fact_told(manifest):
    first = min(each["seq"] for each in manifest["dossier"]["timeline"])
    before = journal.checkpoint_before(first)
    assert manifest["chain"]["opening"] == (before.jws if before else None)


def test_the_pages_tell_the_whole_production(manifest):
    told = manifest["dossier"]
    assert told["decision"]["verdict"].startswith("Dossier complet")
    assert {lot["code"] for lot in told["feedstock"]["lots"]} == {"TI64-2602", "F-0000-R"}
    assert [run for run in told["layers"]["runs"] if run[0] == "decided"] == [["decided", 1]]
    assert sum(count for _state, count in told["layers"]["runs"]) == 600
    assert told["interruptions"][0]["by"] == "Chloé Relève-Exemple"
    assert [each["verdict"] for each in told["parameters"]] == ["ok"] * 5
    assert told["inspection"]["measurements"][0]["value"] == f"60,02{NARROW}mm"
    assert len(told["inspection"]["photos"]) == 4
    assert [scan["verdict"] for scan in told["inspection"]["scans"]] == ["Dans la tolérance"]
    assert "SCAN-1" in told["inspection"]["scans"][0]["gauge"]
    assert {"sealed", "launched"} <= {
        journal.told(fact)["signature"]["meaning"]
        for fact in journal.segment(1, 10_000)
        if journal.told(fact)["signature"]
    }
    assert {fact.what for fact in map(_fact, told["timeline"])} >= set(EXPECTED.split())


EXPECTED = """feedstock.received feedstock.released feedstock.loaded feedstock.weighed_back machines.fitted
people.authorised safety.sheet_read safety.ppe_confirmed anomalies.closed handover.written safety.waste_sorted
monitoring.layers_kept orders.closed dossier.sealed"""


def _fact(line):
    return next(journal.segment(line["seq"], line["seq"]))
