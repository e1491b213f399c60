"""What is asked all day long answers as a query set would, and what is written in few words is written whole."""

from datetime import UTC, datetime

import pytest
from django.db import transaction
from django.db.models import Count

from strate.workshop.journal.models import ChainHead, Command
from strate.workshop.journal.questions import Question
from strate.workshop.journal.rows import insert, insert_all, update
from strate.workshop.people.models import Person, RoleHeld, Station

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 22, 5, 30, tzinfo=UTC)


@pytest.fixture()
def stations(lifted):
    made = [Station(code=f"S{n}", title=f"Poste {n}", secret=f"secret {n}") for n in range(3)]
    insert_all(made)
    return made


@pytest.fixture()
def lifted():
    from strate.workshop.journal import guard

    with guard.lifted():
        yield


def test_rows_written_at_once_are_read_back_with_their_numbers(stations):
    assert [s.pk for s in Station.objects.order_by("code")] == [s.pk for s in stations]
    assert Station.objects.get(code="S1").title == "Poste 1"


def test_a_question_answers_as_its_query_set(stations):
    ask = Question(lambda code: Station.objects.filter(code=code))
    for code in ("S0", "S2", "S9"):
        assert ask.all(code) == list(Station.objects.filter(code=code))
    assert ask.first("S1") == stations[1] and ask.first("S9") is None


def test_a_question_takes_as_many_values_as_it_is_given(stations):
    ask = Question(lambda *codes: Station.objects.filter(code__in=codes).order_by("code"))
    assert ask.all("S0", "S2") == [stations[0], stations[2]]
    assert ask.all("S0", "S1", "S2") == stations


def test_a_question_gives_values_counts_and_what_lies_beside(stations, amina):
    RoleHeld.objects.get_or_create(person_id=amina.person, role="operator")
    codes = Question(lambda: Station.objects.order_by("code").values_list("code", flat=True))
    pairs = Question(lambda: Station.objects.order_by("code").values_list("code", "title"))
    beside = Question(lambda who: RoleHeld.objects.select_related("person").filter(person=who))
    counted = Question(lambda who: Person.objects.filter(pk=who).annotate(held=Count("roles")))
    assert codes.all() == ["S0", "S1", "S2"] and pairs.all()[0] == ("S0", "Poste 0")
    with_person = beside.first(amina.person)
    assert with_person is not None and with_person._state.fields_cache["person"].pk == amina.person
    assert counted.first(amina.person).held == len(beside.all(amina.person))


def test_a_moment_is_asked_in_the_words_of_each_database(lifted):
    insert(Command(key="k", fingerprint="f", by="", facts=["e"], at=AT))
    ask = Question(lambda at: Command.objects.filter(at=at))
    found = ask.first(AT)
    assert found is not None and found.at == AT and found.facts == ["e"]


@pytest.mark.parametrize("number", [2**63, -(2**63) - 1, 10**40])
def test_a_number_no_row_can_have_finds_nothing(number):
    assert Question(lambda pk: Station.objects.filter(pk=pk)).all(number) == []


def test_a_question_may_hold_what_it_finds(stations):
    ask = Question(lambda code: Station.objects.select_for_update().filter(code=code))
    with transaction.atomic():
        assert ask.first("S0") == stations[0]


def test_a_twin_is_not_written_twice(lifted):
    assert insert(Command(key="k", fingerprint="f", by="", facts=[], at=AT), unless_there=True)
    assert not insert(Command(key="k", fingerprint="g", by="", facts=[], at=AT), unless_there=True)
    assert Command.objects.get(key="k").fingerprint == "f"


def test_only_the_fields_named_are_written(lifted):
    insert(ChainHead(chain="other-1", seq=0, link=""))
    head = ChainHead.objects.get(chain="other-1")
    head.seq, head.link = 5, "x"
    update(head, "seq")
    read = ChainHead.objects.get(chain="other-1")
    assert (read.seq, read.link) == (5, "")
