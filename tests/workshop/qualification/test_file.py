"""A candidate's file: everything settled and signed before the evaluation, each for their own side."""

from strate.workshop.journal.models import Fact
from strate.workshop.journal.refusals import Refused
from strate.workshop.notices import queries as notices
from strate.workshop.people import roles
from strate.workshop.qualification.actions import candidate, members, references
from strate.workshop.qualification.queries import files
from strate.workshop.qualification.rules.words import digest_of
from tests.workshop.conftest import replace, signed
from tests.workshop.qualification.conftest import CODE, later, prepared, sign_and_begin

CENTRE = "Centre d'essai"


def test_nobody_is_registered_for_a_reference_that_is_not_approved(morning, safia, amina, refused):
    references.load_shipped(by=safia)
    with refused("reference_not_in_force"):
        candidate.register_candidate(by=safia, person=amina.person, reference=CODE, centre=CENTRE)


def test_only_the_centre_registers(cqpm, elsa, amina, refused):
    with refused("not_allowed"):
        candidate.register_candidate(by=elsa, person=amina.person, reference=CODE, centre=CENTRE)


def test_a_candidate_is_registered_once_at_a_time(file, safia, amina, refused):
    with refused("candidate_registered_already"):
        candidate.register_candidate(by=safia, person=amina.person, reference=CODE, centre=CENTRE)


def test_a_single_block_has_its_own_competences(cqpm, safia, bruno, victor):
    block = cqpm.blocks.get(name="B1").block
    file = prepared(safia, cqpm, bruno, victor, block=block.identity)
    assert [c.id for c in files.competences(file)] == ["C1", "C2", "C3"]
    assert [i.id for i in files.conditional(file)] == ["C2.E4", "C2.O2"]


def test_the_number_of_a_candidate_says_nothing_of_them(file):
    assert file.number.startswith("C-")
    assert "amina" not in file.number.lower()


def test_the_file_says_everything_it_lacks_at_once(cqpm, safia, bruno, refused):
    bare = candidate.register_candidate(by=safia, person=bruno.person, reference=CODE, centre=CENTRE)
    lacking = ["modality_missing"] * 6 + ["applicability_undecided", "commission_too_small"]
    with refused(*lacking, "place_missing", "dates_missing", "company_person_missing"):
        candidate.sign_file(by=signed(safia), candidate=bare.number)


def test_applicability_is_decided_with_a_reason(file, safia, refused):
    with refused("applicability_without_reason"):
        candidate.decide_applicability(
            by=safia, candidate=file.number, decisions={"C6.O1": {"applies": False, "reason": " "}}
        )


def test_a_polymer_candidate_has_no_furnace(file, safia):
    without = {"applies": False, "reason": "Poudre polymère : aucun traitement thermique"}
    candidate.decide_applicability(
        by=safia, candidate=file.number, decisions={"C6.O1": without, "C6.K3": without}
    )
    assert files.applies(file)["C6.K3"] is False


def test_centre_and_company_both_sign_and_nobody_for_both(file, safia, yann, victor, elsa, refused):
    candidate.sign_file(by=signed(safia), candidate=file.number)
    with refused("file_signed_already"):
        candidate.sign_file(by=signed(yann), candidate=file.number)
    with refused("not_a_signatory"):
        candidate.sign_file(by=signed(elsa), candidate=file.number)
    candidate.sign_file(by=signed(victor), candidate=file.number)
    assert files.file(file.number).state == "signed"


def test_one_person_never_signs_for_two_sides(cqpm, safia, yann, romain, thea, bruno, refused):
    both = replace(yann, roles=yann.roles | {roles.SHIFT_LEADER})
    file = prepared(safia, cqpm, bruno, both)
    for one in (romain, thea):
        members.name_member(by=safia, candidate=file.number, person=one.person, qualified_by="Dix ans")
    candidate.sign_file(by=signed(both), candidate=file.number)
    with refused("file_signed_already"):
        candidate.sign_file(by=signed(both), candidate=file.number)


def test_without_a_company_the_candidate_signs_with_the_centre(cqpm, safia, romain, thea, bruno):
    file = prepared(safia, cqpm, bruno, None, status="vae")
    for one in (romain, thea):
        members.name_member(by=safia, candidate=file.number, person=one.person, qualified_by="Dix ans")
    begun = sign_and_begin(file, safia, bruno, bruno)
    assert begun.state == "collecting"


def test_a_change_after_the_first_signature_undoes_it(file, safia):
    candidate.sign_file(by=signed(safia), candidate=file.number)
    candidate.set_modalities(by=safia, candidate=file.number, modes={"C1": ["MOD1", "MOD2"]})
    assert not files.file(file.number).signatures.exists()


def test_a_signed_file_no_longer_changes(begun, safia, refused):
    with refused("file_is_settled"):
        candidate.set_modalities(by=safia, candidate=begun.number, modes={"C1": ["MOD2"]})
    with refused("file_is_settled"):
        candidate.decide_applicability(
            by=safia, candidate=begun.number, decisions={"C6.O1": {"applies": False, "reason": "trop tard"}}
        )


def test_projects_need_a_deadline_and_a_deadline_its_source(file, safia, victor, refused):
    candidate.set_modalities(by=safia, candidate=file.number, modes={"C1": ["MOD2"]})
    with refused("report_deadline_missing"):
        candidate.sign_file(by=signed(safia), candidate=file.number)
    with refused("report_deadline_without_source"):
        candidate.frame_file(by=safia, candidate=file.number, place="Hall", report_due=later(days=20))


def test_neither_the_candidate_nor_their_tutor_judges_them(file, safia, amina, victor, refused):
    give_role(amina), give_role(victor)
    with refused("candidate_in_own_commission"):
        members.name_member(by=safia, candidate=file.number, person=amina.person, qualified_by="Moi")
    with refused("company_person_in_commission"):
        members.name_member(by=safia, candidate=file.number, person=victor.person, qualified_by="Tuteur")


def give_role(who):
    from strate.workshop.journal import guard
    from strate.workshop.people.models import RoleHeld

    with guard.lifted():
        RoleHeld.objects.get_or_create(person_id=who.person, role=roles.ASSESSOR)


def test_a_member_says_what_qualifies_them(file, safia, ugo, elsa, refused):
    with refused("member_without_qualification"):
        members.name_member(by=safia, candidate=file.number, person=ugo.person, qualified_by=" ")
    with refused("member_is_no_assessor"):
        members.name_member(by=safia, candidate=file.number, person=elsa.person, qualified_by="Qualité")


def test_the_centre_asks_for_more_members_than_the_plural(file, safia, refused):
    with refused("centre_value_not_usable"):
        references.set_centre_value(by=safia, key="commission.least_members", value="1", source="Essai")
    references.set_centre_value(
        by=safia, key="commission.least_members", value="3", source="Règle fictive 12"
    )
    try:
        candidate.sign_file(by=signed(safia), candidate=file.number)
    except Refused as refusal:
        assert [(r.code, r.source) for r in refusal.reasons] == [("commission_too_small", "Règle fictive 12")]
    else:
        raise AssertionError("two members were enough")


def test_evidence_is_collected_only_once_the_candidate_was_told(file, safia, victor, amina, bruno, refused):
    with refused("file_not_signed"):
        candidate.accept_collection(by=signed(amina), candidate=file.number)
    candidate.sign_file(by=signed(safia), candidate=file.number)
    candidate.sign_file(by=signed(victor), candidate=file.number)
    assert any(n.code == "file_signed" for n in notices.unread(amina))
    assert files.file(file.number).collecting_from is None
    with refused("only_the_candidate"):
        candidate.accept_collection(by=signed(bruno), candidate=file.number)
    candidate.accept_collection(by=signed(amina), candidate=file.number)
    assert files.file(file.number).collecting_from is not None


def test_only_those_it_concerns_see_a_file(file, amina, victor, romain, safia, chloe, hugo, elsa):
    assert all(files.sides(file, by) for by in (amina, victor, romain, safia))
    assert not any(files.sides(file, by) for by in (chloe, hugo, elsa))
    assert list(files.seen_by(romain)) == [file]
    assert not files.seen_by(chloe).exists()


def test_a_file_is_closed_with_a_reason(begun, safia, refused):
    with refused("reason_missing"):
        candidate.cancel_file(by=safia, candidate=begun.number, reason=" ")
    candidate.cancel_file(by=safia, candidate=begun.number, reason="Départ du candidat")
    with refused("file_is_settled"):
        candidate.cancel_file(by=safia, candidate=begun.number, reason="Encore")


def test_nobody_signs_a_file_they_have_not_read(file, safia, victor, refused):
    read = files.digest(file)
    candidate.set_modalities(by=safia, candidate=file.number, modes={"C1": ["MOD1", "MOD2"]})
    with refused("file_changed_meanwhile"):
        candidate.sign_file(by=signed(victor), candidate=file.number, seen=read)


def test_two_desks_of_the_centre_never_write_over_each_other(file, safia, yann, refused):
    opened = files.file(file.number).edition
    candidate.frame_file(by=safia, candidate=file.number, place="Hall B", edition=opened)
    with refused("file_changed_meanwhile"):
        candidate.frame_file(by=yann, candidate=file.number, place="Hall C", edition=opened)
    with refused("file_changed_meanwhile"):
        candidate.settle_modalities(
            by=yann, candidate=file.number, modes={"C1": ["MOD2"]}, decisions={}, edition=opened
        )
    assert files.file(file.number).place == "Hall B"


def test_why_a_file_was_closed_is_told_in_the_file_and_only_proved_in_the_journal(begun, safia):
    candidate.cancel_file(by=safia, candidate=begun.number, reason="Départ du candidat")
    assert files.file(begun.number).cancelled_reason == "Départ du candidat"
    fact = Fact.objects.get(what="qualification.file_cancelled")
    assert "Départ" not in fact.envelope and digest_of("Départ du candidat") in fact.envelope


def test_what_the_centre_changes_it_gives_a_reason_for(file, safia, refused):
    given = {"key": "commission.least_members", "source": "Règle fictive 12"}
    references.set_centre_value(by=safia, value="3", **given)
    with refused("centre_value_changed_without_reason"):
        references.set_centre_value(by=safia, value="2", **given)
    changed = references.set_centre_value(by=safia, value="2", reason="Commission trop petite", **given)
    assert changed.reason == "Commission trop petite"
