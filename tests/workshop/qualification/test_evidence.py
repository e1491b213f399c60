"""Evidence drawn from signed work: from the day the candidate was told, theirs to comment and withdraw."""

import time
from datetime import timedelta
from uuid import UUID

import pytest

from strate.workshop.anomalies import actions as anomalies
from strate.workshop.journal import clock, guard
from strate.workshop.journal.actions import act
from strate.workshop.journal.models import Fact
from strate.workshop.machines import actions as machines
from strate.workshop.notices import queries as notices
from strate.workshop.qualification.actions import evidence as actions
from strate.workshop.qualification.actions import grids
from strate.workshop.qualification.models import GridEvidence
from strate.workshop.qualification.queries import evidence, files


@pytest.fixture()
def real(driss):
    return machines.enter(by=driss, code="M-1", title="Imprimante vraie")


@pytest.fixture()
def toy(driss):
    return machines.enter(by=driss, code="SIM-1", title="Imprimante simulée", simulated=True)


def report(by, machine, text="Racleur marqué"):
    return anomalies.report(by=by, about=[machine.ref], kind="distortion", text=text)


def maintained(by, machine):
    """What the maintenance room writes when a care is done."""
    with act("maintenance.done", by=by) as done:
        done.tell(machine, task="task:T-1", machine=machine.ref, value="ok", note="")
    return done.event


def test_what_was_done_before_the_candidate_was_told_never_counts(file, real, amina, safia, victor, romain):
    from tests.workshop.qualification.conftest import sign_and_begin

    maintained(amina, real)
    with clock.at(clock.now() + timedelta(hours=1)):
        begun = sign_and_begin(file, safia, victor, amina)
        assert evidence.gather(begun).by_target == {}
        mine = maintained(amina, real)
        assert [p.key for p in evidence.gather(begun).by_target["C3.M1"]] == [mine]


def test_an_entry_stands_beside_every_criterion_it_speaks_for_with_its_context(begun, real, amina):
    event = maintained(amina, real)
    found = evidence.gather(begun)
    assert {t for t, pieces in found.by_target.items() if pieces} == {"C3.M1", "C3.O1"}
    piece = found.pieces[event]
    assert piece.whole and not piece.signed
    assert ("machine", "Imprimante vraie") in piece.context
    assert found.covered() == {"C3.M1", "C3.O1"}


def test_another_persons_work_is_not_the_candidates(begun, real, bruno):
    maintained(bruno, real)
    assert evidence.gather(begun).pieces == {}


def test_an_altered_entry_is_seen(begun, real, amina):
    event = maintained(amina, real)
    fact = Fact.objects.get(event=event)
    fact.envelope = fact.envelope.replace('"value":"ok"', '"value":"ko"')
    before = evidence._links_before([fact])
    assert evidence._holds(Fact.objects.get(event=event), before)
    assert not evidence._holds(fact, before)


def test_rehearsals_are_training_and_never_evidence(begun, toy, real, amina, romain, refused):
    rehearsal, work = maintained(amina, toy), maintained(amina, real)
    found = evidence.gather(begun)
    assert [p.key for p in found.training] == [rehearsal]
    assert [p.key for p in found.by_target["C3.M1"]] == [work]
    assert [p.key for p in evidence.training_of(amina.person)] == [rehearsal]
    with refused("rehearsal_is_no_evidence"):
        grids.save_grid(
            by=romain, candidate=begun.number, competence="C3", rows={"C3.M1": {"evidence": [rehearsal]}}
        )


def test_the_kind_of_anomaly_and_its_recipient_decide_what_it_shows(begun, real, amina):
    report(amina, real)
    targets = set(evidence.gather(begun).by_target)
    assert {"C1.R1", "C2.R1", "C3.R1", "C5.R1"} <= targets
    assert "C1.E1" not in targets


def test_the_candidate_comments_withdraws_and_brings_back(begun, real, amina, bruno, refused):
    event = maintained(amina, real)
    actions.comment_evidence(by=amina, candidate=begun.number, piece=event, comment="Avec un collègue")
    with refused("only_the_candidate"):
        actions.withdraw_evidence(by=bruno, candidate=begun.number, piece=event)
    actions.withdraw_evidence(by=amina, candidate=begun.number, piece=event, reason="Photo floue")
    found = evidence.gather(begun)
    assert found.pieces[event].withdrawn
    assert found.covered() == set()
    actions.restore_evidence(by=amina, candidate=begun.number, piece=event)
    assert evidence.gather(begun).covered() == {"C3.M1", "C3.O1"}


def test_the_candidate_adds_a_piece_of_their_own(begun, amina, refused):
    with refused("evidence_without_target"):
        actions.add_evidence(by=amina, candidate=begun.number, title="Rapport de stage", targets=[])
    with refused("no_such_target"):
        actions.add_evidence(by=amina, candidate=begun.number, title="Rapport", targets=["C9.M1"])
    row = actions.add_evidence(
        by=amina, candidate=begun.number, title="Tri des déchets chez un autre employeur", targets=["C1.E1"]
    )
    piece = evidence.gather(begun).by_target["C1.E1"][0]
    assert (piece.key, piece.targets["C1.E1"]) == (row.key, "supports")


def test_a_piece_withdrawn_after_it_was_cited_stays_cited_by_its_digest_and_the_assessor_is_told(
    begun, real, amina, romain, refused
):
    event = maintained(amina, real)
    rows = {"C3.M1": {"finding": "proved", "text": "Vu l'écriture", "evidence": [event]}}
    grid = grids.save_grid(by=romain, candidate=begun.number, competence="C3", rows=rows)
    digest = GridEvidence.objects.get().digest
    actions.withdraw_evidence(by=amina, candidate=begun.number, piece=event)
    assert next(n.code for n in notices.unread(romain) if n.about == begun.ref) == "cited_evidence_withdrawn"
    grids.save_grid(
        by=romain, candidate=begun.number, competence="C3", rows=rows, basis=grid.version
    )  # kept, by its digest
    assert GridEvidence.objects.get().digest == digest
    with refused("evidence_withdrawn"):
        grids.save_grid(
            by=romain, candidate=begun.number, competence="C1", rows={"C1.M1": {"evidence": [event]}}
        )


def test_no_fact_holds_what_the_candidate_wrote(begun, real, amina):
    event = maintained(amina, real)
    actions.comment_evidence(by=amina, candidate=begun.number, piece=event, comment="Phrase personnelle")
    assert not Fact.objects.filter(envelope__contains="Phrase personnelle").exists()


@pytest.mark.parametrize(
    "entries", [10_000, pytest.param(100_000, marks=pytest.mark.long)], ids=["ten", "a hundred"]
)
def test_thousands_of_entries_are_gathered_at_once(begun, real, amina, entries):
    event = maintained(amina, real)
    model = Fact.objects.get(event=event)
    with guard.lifted():
        Fact.objects.bulk_create(
            [
                Fact(
                    seq=model.seq + n,
                    chain="bulk",
                    event=UUID(int=n),
                    what="maintenance.done" if n % 3 else "safety.sheet_read",
                    by=amina.person,
                    happened_at=model.happened_at,
                    recorded_at=model.recorded_at,
                    envelope=model.envelope,
                    link=model.link,
                )
                for n in range(1, entries + 1)
            ],
            batch_size=5000,
        )
    began = time.process_time()
    found = evidence.gather(files.file(begun.number))
    took = time.process_time() - began
    assert len(found.by_target["C3.M1"]) == evidence.PER_KIND
    assert took < 0.5, f"{took:.2f} s"


def test_a_piece_is_tied_to_other_criteria_and_stays_beside_them_when_newer_ones_come(begun, real, amina):
    tied = maintained(amina, real)
    actions.tie_evidence(by=amina, candidate=begun.number, piece=tied, targets=["C5.M1"])
    for _ in range(evidence.PER_KIND + 1):
        maintained(amina, real)
    assert [p.key for p in evidence.gather(begun).by_target["C5.M1"]] == [tied]
    assert [p.key for p in evidence.gather(begun, ["C5.M1"]).by_target["C5.M1"]] == [tied]
    everything = evidence.gather(begun, ["C3.M1"], per_kind=500).by_target["C3.M1"]
    assert len(everything) == evidence.PER_KIND + 2


def test_what_was_tied_to_an_entry_is_undone_but_a_piece_of_ones_own_stands_somewhere(
    begun, real, amina, refused
):
    entry = maintained(amina, real)
    asked = {"by": amina, "candidate": begun.number}
    actions.tie_evidence(**asked, piece=entry, targets=["C5.M1"])
    actions.tie_evidence(**asked, piece=entry, targets=[])
    assert "C5.M1" not in evidence.gather(begun).by_target
    mine = actions.add_evidence(**asked, title="Compte rendu", targets=["C5.M1"])
    with refused("evidence_without_target"):
        actions.tie_evidence(**asked, piece=mine.key, targets=[])
