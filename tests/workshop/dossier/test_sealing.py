"""The dossier of an order: complete or refused with all that is missing, sealed once, never changed."""

import stat

import pytest
from click.testing import CliRunner

from strate.kernels.sealing.commands import dossier as command
from strate.workshop.anomalies import actions as anomalies
from strate.workshop.attachments import queries as files
from strate.workshop.builds import queries as builds
from strate.workshop.dossier import actions, completeness, keys, queries
from strate.workshop.dossier.models import Dossier
from strate.workshop.dossier.summary import trail
from strate.workshop.journal import queries as journal
from strate.workshop.monitoring.models import LayerRecord
from strate.workshop.things import actions as things
from strate.workshop.things import corrections
from strate.workshop.things.corrections import Correctable
from strate.workshop.work import queries as work
from strate.workshop.work import worker
from tests.workshop.conftest import replace
from tests.workshop.dossier import shop as play

pytestmark = pytest.mark.django_db


def test_a_sealed_dossier_verifies_offline_as_a_pdf_and_as_an_archive(copies, filed):
    assert [path.name for path in copies] == ["D-OF-2601.pdf", "D-OF-2601.dossier.zip"]
    for path in copies:
        done = CliRunner().invoke(command, ["verify", str(path), "--key", filed.key_id, "--lang", "fr"])
        assert done.exit_code == 0, done.output
        assert "TOUT TIENT" in done.output


def test_nothing_is_missing_once_everything_was_made_closed_and_handed_over(shop):
    found = completeness.sections(queries.gather(play.MINE))
    assert [section.code for section in found if section.reasons] == []
    assert len(found) == 18


def test_the_seal_is_a_signature_by_quality_and_the_chain_is_signed_right_behind_it(shop, sealed):
    fact = journal.of(sealed.ref, what="dossier.sealed")[0]
    told = journal.told(fact)
    assert told["signature"]["meaning"] == "sealed" and told["signature"]["signer"] == shop.who("elsa").person
    assert told["data"]["facts"] == sealed.facts.count() > 100
    assert journal.checkpoint_covering(fact.seq).seq == fact.seq


def test_sealing_needs_the_pin(shop, refused):
    with refused("signature_needed"):
        actions.seal(by=replace(shop.who("elsa"), signature=None), order=play.MINE, reviewed=True)


def test_an_operator_or_a_shift_leader_does_not_seal(shop, refused):
    for key in ("amina", "chloe", "driss"):
        with refused("not_allowed"):
            actions.seal(by=shop.who(key), order=play.MINE, reviewed=True)


def test_whoever_launched_the_build_does_not_seal_its_dossier_even_with_the_right(shop, refused):
    both = replace(shop.who("amina"), roles=frozenset({"operator", "quality"}))
    with refused("sealed_by_its_launcher"):
        actions.seal(by=both, order=play.MINE, reviewed=True)


def test_the_trail_is_read_before_sealing(shop, refused):
    kinds = [each.kind for each in queries.to_review(queries.gather(play.MINE))]
    assert "override" in kinds  # the interruption that the shift leader let go on
    with refused("trail_not_reviewed"):
        actions.seal(by=shop.who("elsa"), order=play.MINE, reviewed=False)


def test_a_dossier_is_sealed_once(shop, sealed, refused):
    with refused("dossier_already_sealed"):
        actions.seal(by=shop.who("elsa"), order=play.MINE, reviewed=True)
    assert Dossier.objects.filter(order=play.MINE).count() == 1


def test_an_unknown_order_has_no_dossier(shop, refused):
    with refused("no_such_order"):
        actions.seal(by=shop.who("elsa"), order="OF-9999", reviewed=True)


def test_an_open_anomaly_and_a_layer_touched_afterwards_keep_it_open_with_who_can_help(shop):
    amina = shop.who("amina")
    piece = queries.gather(play.MINE).pieces[0]
    anomalies.report(by=amina, about=[piece.ref], kind="wear_or_leak", text="Trace sombre.", hold=True)
    # The records of the layers lie outside the journal: only their digest in it tells that one was touched.
    LayerRecord.objects.filter(build=play.BUILD, layer=10).update(oxygen_ppm=1)
    with pytest.raises(Exception) as caught:
        actions.seal(by=shop.who("elsa"), order=play.MINE, reviewed=False)
    reasons = {reason.code: reason for reason in caught.value.reasons}
    assert set(reasons) == {"anomaly_still_open", "on_hold", "layers_changed_since", "trail_not_reviewed"}
    assert "maintenance" in reasons["anomaly_still_open"].lifted_by


def test_the_anomaly_of_another_order_s_piece_does_not_keep_this_one_open(shop):
    theirs = queries.gather(play.THEIRS).pieces[0]
    anomalies.report(by=shop.who("amina"), about=[theirs.ref], kind="wear_or_leak", text="Coup.")
    assert completeness.LOOKS["anomalies"](queries.gather(play.THEIRS))
    assert not completeness.LOOKS["anomalies"](queries.gather(play.MINE))
    actions.seal(by=shop.who("elsa"), order=play.MINE, reviewed=True)


def test_a_photo_lost_from_the_cupboard_is_named(shop):
    photo = queries.gather(play.MINE).pieces[0].checks.all()[0].photos[0]
    lying = files.path(photo)
    content = lying.read_bytes()
    lying.unlink()
    try:
        reasons = completeness.LOOKS["attachments"](queries.gather(play.MINE))
    finally:
        lying.write_bytes(content)
    assert [reason.values["digest"] for reason in reasons] == [photo[:16]]


@pytest.fixture()
def measured(shop, monkeypatch):
    """The measurement of a piece, which quality may correct."""
    known = Correctable("inspection.measured", lambda _correction: None, {"value": corrections.decimal})
    monkeypatch.setattr(corrections, "_correctable", {"inspection.measured": known})
    return str(journal.of(f"order:{play.MINE}", what="inspection.measured")[0].event)


def test_a_correction_before_the_seal_is_read_again_and_stays_beside_what_it_corrects(shop, measured):
    things.correct(by=shop.who("elsa"), event=measured, field="value", value="60.12", reason="Lu de travers")
    gathered = queries.gather(play.MINE)
    read = queries.to_review(gathered)
    assert [each.reason for each in read if each.kind == "correction"] == ["Lu de travers"]
    line = next(e for e in trail.timeline(gathered) if e["seq"] == journal.by_event(measured).seq)
    assert "60,02" in line["what"] and "60,12" in line["what"]


def test_what_a_sealed_dossier_tells_is_never_corrected(shop, measured, sealed, refused):
    with refused("dossier_is_sealed"):
        things.correct(by=shop.who("elsa"), event=measured, field="value", value="60.12", reason="Mal lu")


def test_the_other_order_of_the_plate_can_still_be_corrected(shop, measured, sealed):
    theirs = journal.of(f"order:{play.THEIRS}", what="inspection.measured")[0]
    things.correct(by=shop.who("elsa"), event=str(theirs.event), field="value", value="60.3", reason="Mal lu")


def test_filed_by_the_server_s_own_hands_after_a_crash_between_sealing_and_filing(shop, sealed):
    """The promise was written with the seal: whoever starts next keeps it, and keeps it once."""
    assert [job.payload for job in work.waiting("dossier.file")] == [{"dossier": sealed.code}]
    while worker.run_once():
        pass
    filed = queries.dossier(sealed.code)
    assert filed.state == "filed" and filed.sealed_seq and files.holds(filed.pdf_digest)
    again = actions.file_away(dossier=sealed.code)
    assert (again.pdf_digest, again.bundle_digest) == (filed.pdf_digest, filed.bundle_digest)
    assert len(journal.of(sealed.ref, what="dossier.filed")) == 1


def test_two_hands_file_at_once_and_one_pair_of_files_stays(shop, sealed, monkeypatch):
    """The other one files while we print: ours is thrown away."""
    from strate.workshop.dossier import filing

    issue, made = filing.issue, []

    def slowly(dossier, folder):
        printed = issue(dossier, folder)
        if not made:
            made.append(1)
            actions.file_away(dossier=dossier.code)
        return printed

    monkeypatch.setattr(filing, "issue", slowly)
    filed = actions.file_away(dossier=sealed.code)
    assert filed.state == "filed" and files.holds(filed.bundle_digest)
    assert len(journal.of(sealed.ref, what="dossier.filed")) == 1
    assert [f for f in files.verify_all() if f.problem == "unknown" and f.digest == filed.pdf_digest] == []


def test_a_copy_is_asked_for_before_the_files_are_made(sealed, tmp_path, refused):
    with refused("dossier_not_filed_yet"):
        actions.copy_to(sealed, tmp_path)


def test_the_site_s_document_key_is_made_once_and_readable_by_the_service_alone(filed):
    path = keys.certificate_path()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert keys.site_keys().document_cert_pem in path.read_bytes()


def test_what_is_written_while_the_dossier_is_read_is_read_first(shop, refused, monkeypatch):
    look = completeness.sections

    def meanwhile(gathered):
        seen = look(gathered)
        late = {"about": [f"order:{play.MINE}"], "kind": "wear_or_leak", "text": "Vu tard."}
        anomalies.report(by=shop.who("amina"), **late)
        return seen

    monkeypatch.setattr(completeness, "sections", meanwhile)
    with refused("dossier_moved_meanwhile"):
        actions.seal(by=shop.who("elsa"), order=play.MINE, reviewed=True)


def test_an_order_just_opened_lacks_almost_everything_and_every_reason_is_told(shop):
    from strate.web.demo import jobs
    from strate.web.demo.people import team

    due = builds.build(play.BUILD).prepared_at.date()
    jobs.open_order(team(), "OF-2603", "EQ-1204", "B", 1, due, 2, "Tiers SA")
    with pytest.raises(Exception) as caught:
        actions.seal(by=shop.who("elsa"), order="OF-2603", reviewed=True)
    codes = {reason.code for reason in caught.value.reasons}
    assert codes == {"order_not_made", "order_has_no_build", "order_has_no_pieces"}
