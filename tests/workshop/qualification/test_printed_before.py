"""Papers are printed before the act that keeps them; written meanwhile by somebody else, they are printed again."""

import zipfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest

from strate.workshop.attachments import queries as attachments
from strate.workshop.attachments import store
from strate.workshop.journal import clock, guard
from strate.workshop.journal import queries as journal
from strate.workshop.qualification import archiving
from strate.workshop.qualification.actions import answering, award, before_sitting, keeping, recording
from strate.workshop.qualification.documents import printing
from strate.workshop.qualification.models import CandidateFile
from strate.workshop.qualification.queries import jury as queries
from tests.workshop.qualification import jury_room as room

pytestmark = pytest.mark.django_db
Refusing = Callable[..., AbstractContextManager[None]]


@pytest.fixture(autouse=True)
def _the_day() -> Iterator[None]:
    with clock.at(room.DAY):
        yield


class Watched:
    """The real press and the real packing: whether an act was open while they worked, and what happens just after."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.in_acts: list[int] = []
        self.then: Callable[[], Any] | None = None
        for module, name in ((printing, "press"), (archiving, "packed")):
            monkeypatch.setattr(module, name, self._around(getattr(module, name)))

    def _around(self, work: Callable[..., Any]) -> Callable[..., Any]:
        def working(*args: Any, **named: Any) -> Any:
            self.in_acts.append(guard.open_acts.get())
            made = work(*args, **named)
            then, self.then = self.then, None
            if then:
                then()
            return made

        return working


@pytest.fixture()
def watched(monkeypatch: pytest.MonkeyPatch) -> Watched:
    return Watched(monkeypatch)


def test_no_act_waits_for_the_press(watched: Watched):
    nour = room.candidate("nour")
    jury = room.decided(nour)
    keeping.enter_issuer_key(by=room.centre(), centre="Centre d’essai")
    award.award_whole(by=room.centre(), candidate=nour.number)
    award.attest(by=room.centre(), candidate=nour.number)
    recording.rectify(by=room.centre(), jury=jury.code, place="place", after="Salle B", reason="Frappe")
    answering.notify_candidate(by=room.centre(), jury=jury.code, candidate=nour.number)
    answering.transmit(by=room.centre(), jury=jury.code)
    keeping.archive(by=room.centre(), candidate=nour.number)
    assert watched.in_acts == [0] * 7, "minutes, two certificates, a correction, a letter, a list, a folder"


def test_two_corrections_at_once_are_numbered_one_after_the_other(watched: Watched):
    jury = room.decided(room.candidate("nour"))

    def correct(place: str, after: str) -> Any:
        return recording.rectify(by=room.centre(), jury=jury.code, place=place, after=after, reason="Frappe")

    watched.then = lambda: correct("place", "Salle B")
    correct("starts", "10:00")
    names = [use.attachment.name for use in attachments.about(jury.ref)]
    assert names == [f"PV-{jury.code}.pdf", f"RECT-{jury.code}-1.pdf", f"RECT-{jury.code}-2.pdf"]
    assert [each.place for each in queries.minutes(jury).rectifications.all()] == ["place", "starts"]


def test_two_certificates_at_once_never_share_a_number(watched: Watched):
    nour, lena = room.candidate("nour"), room.candidate("lena")
    room.decided(nour, lena)
    keeping.enter_issuer_key(by=room.centre(), centre="Centre d’essai")
    watched.then = lambda: award.award_whole(by=room.centre(), candidate=lena.number)
    made = award.award_whole(by=room.centre(), candidate=nour.number)
    assert made.number == "Q-2026-00002" and made.credential["credentialStatus"]["statusListIndex"] == "2"
    assert attachments.one(made.document).name == "Q-2026-00002.pdf"


def test_a_folder_holds_what_was_written_while_it_was_packed(watched: Watched):
    nour = room.candidate("nour")
    jury = room.decided(nour)
    answering.notify_candidate(by=room.centre(), jury=jury.code, candidate=nour.number)
    keeping.enter_issuer_key(by=room.centre(), centre="Centre d’essai")
    award.award_whole(by=room.centre(), candidate=nour.number)
    watched.then = lambda: award.attest(by=room.centre(), candidate=nour.number)
    made = keeping.archive(by=room.centre(), candidate=nour.number)
    with zipfile.ZipFile(attachments.path(made.digest)) as packed:
        assert "certificates/A-2026-00002.json" in packed.namelist()


def test_a_refused_act_leaves_no_paper_behind(watched: Watched, refused: Refusing):
    jury = room.decided(room.candidate("nour"))
    before = sum(each.is_file() for each in store.home().rglob("*"))
    with refused("minutes_place_not_corrigible"):
        recording.rectify(by=room.centre(), jury=jury.code, place="rules", after="x", reason="y")
    assert watched.in_acts[-1] == 0 and sum(each.is_file() for each in store.home().rglob("*")) == before


def test_why_stays_in_the_room_and_the_journal_keeps_its_digest():
    """A jury called off, minutes corrected, a certificate withdrawn: the words may name somebody."""
    nour = room.candidate("nour")
    called = room.convened(nour)
    before_sitting.call_off_jury(by=room.centre(), jury=called.code, reason="Grève de Rose Essai")
    assert "Rose" not in journal.last().envelope and queries.jury(called.code).called_off_reason
    jury = room.decided(nour)
    told = {"place": "members/1/name", "after": "Paul Autre", "reason": "Nom d’usage de Paul"}
    recording.rectify(by=room.centre(), jury=jury.code, **told)
    assert not any("Paul" in fact.envelope for fact in journal.of(jury.ref))
    keeping.enter_issuer_key(by=room.centre(), centre="Centre d’essai")
    made = award.award_whole(by=room.centre(), candidate=nour.number)
    award.revoke(by=room.centre(), certificate=made.number, reason="Fraude de Nour")
    assert not any("Nour" in fact.envelope for fact in journal.of(made.ref))


def test_what_was_kept_on_the_day_of_the_jury_counts_for_a_certificate_made_later():
    """Competences validated 24 months before the day of the second jury are held that day, whenever it is printed."""
    nour = room.candidate("nour")
    room.decided(nour, refused=("C2",))
    keeping.enter_issuer_key(by=room.centre(), centre="Centre d’essai")
    with guard.lifted():
        CandidateFile.objects.filter(pk=nour.pk).update(state="commission_concluded")
    second = room.DAY.replace(year=2028)
    with clock.at(second):
        asked = (second - timedelta(days=30)).date()
        jury = room.convened(
            nour, held_on=second.date(), unions_asked_on=asked, region_informed_on=second.date()
        )
        room.declared(jury)
        room.seated(jury)
        room.decide(jury, nour)
        room.closed(jury)
    with clock.at(second + timedelta(days=20)):
        assert award.award_whole(by=room.centre(), candidate=nour.number).competences[1] == "C2"
