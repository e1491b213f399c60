"""A candidate takes away what is kept of them; words go in time, what was signed and every digest stays."""

import json
from datetime import timedelta

from strate.workshop.journal import audit, clock
from strate.workshop.people import actions as people
from strate.workshop.qualification.actions import candidate, evaluation, evidence
from strate.workshop.qualification.models import EvidenceNote
from strate.workshop.qualification.queries import files, grids
from tests.workshop.conftest import signed
from tests.workshop.qualification.test_grids import filled, signed_grid


def written(begun, amina, romain, thea):
    """A file with words of everybody in it."""
    evidence.add_evidence(
        by=amina, candidate=begun.number, title="Chez un autre employeur", targets=["C1.E1"], comment="Seule"
    )
    evaluation.ask_question(
        by=romain,
        candidate=begun.number,
        about="C4.E3",
        text="Quels dangers ?",
        answer="Le feu",
        verdict="known",
    )
    filled(thea, begun, "C2")
    return signed_grid(romain, begun, "C3")


def test_a_candidate_takes_away_everything_that_is_kept_of_them(begun, amina, romain, thea):
    written(begun, amina, romain, thea)
    kept = json.loads(people.export_person(by=amina, person=amina.person))["kept"]["qualification"]
    mine = kept["candidate"][0]
    assert mine["number"] == begun.number
    assert mine["evidence_notes"][0]["comment"] == "Seule"
    assert mine["questions"][0]["answer"] == "Le feu"
    assert len(mine["grids"]) == 2


def test_words_go_with_time_and_what_was_signed_stays(begun, amina, romain, thea, safia, hugo, refused):
    grid = written(begun, amina, romain, thea)
    with clock.at(clock.now() + timedelta(days=731)):
        with refused("nothing_to_purge"):
            people.purge(by=signed(hugo), retention="evaluation_words")
        candidate.cancel_file(by=safia, candidate=begun.number, reason="Départ")
        digest = EvidenceNote.objects.get().digest
        assert people.purge(by=signed(hugo), retention="evaluation_words") == 1
    note = EvidenceNote.objects.get()
    assert (note.title, note.comment, note.digest) == ("", "", digest)
    assert [g.pk for g in grids.all_of(begun)] == [grid.pk]
    assert grids.digest(grid) == grid.digest
    assert audit.verify_site().facts > 0


def test_the_words_of_an_erased_person_go_with_their_name(begun, amina, romain, thea, safia, hugo):
    written(begun, amina, romain, thea)
    candidate.cancel_file(by=safia, candidate=begun.number, reason="Départ")
    people.deactivate(by=hugo, person=amina.person)
    people.erase(by=signed(hugo), person=amina.person, reason="Demande écrite")
    file = files.file(begun.number)
    assert file.forgotten and file.accommodations == ""
    assert not file.evidence_notes.exclude(comment="").exists()
    assert audit.verify_site().facts > 0
