"""The act: the only way to write."""

import json

import pytest
from django.db import DatabaseError, connection, transaction

from strate.kernels.sealing import digest, genesis, link
from strate.workshop.journal import queries
from strate.workshop.journal.actions import NothingTold, Order, act, commanding
from strate.workshop.journal.guard import WrittenOutsideAnAct
from strate.workshop.journal.models import Fact
from strate.workshop.journal.refusals import AlreadyDone, RuleBroken
from strate.workshop.people.models import Station

pytestmark = pytest.mark.django_db


def say(by, what="test.said", **data):
    with act(what, by=by) as done:
        done.tell("lot:TI64-01", **data)


def test_an_act_leaves_a_fact_tied_to_the_one_before(amina):
    say(amina, words="un")
    say(amina, words="deux")
    first, second = Fact.objects.order_by("seq")
    assert (first.seq, second.seq) == (1, 2)
    assert first.link == link(genesis(first.chain), digest(first.envelope.encode()))
    assert second.link == link(first.link, digest(second.envelope.encode()))
    assert json.loads(second.envelope)["data"] == {"words": "deux"}


def test_an_act_that_tells_nothing_writes_nothing(amina):
    with pytest.raises(NothingTold), act("test.silent", by=amina):
        Station.objects.create(code="X", title="X")
    assert not Station.objects.exists() and queries.last() is None


def test_an_error_after_telling_undoes_the_fact_too(amina):
    with pytest.raises(ZeroDivisionError), act("test.said", by=amina) as done:
        done.tell("lot:A")
        Station.objects.create(code="X", title=str(1 / 0))
    assert queries.last() is None


def test_writing_outside_an_act_raises(amina):
    with pytest.raises(WrittenOutsideAnAct):
        Station.objects.create(code="X", title="X")
    with pytest.raises(WrittenOutsideAnAct):
        Station.objects.all().delete()
    with pytest.raises(WrittenOutsideAnAct), connection.cursor() as cursor:
        cursor.execute("UPDATE strate_station SET title = 'x'")


@pytest.mark.parametrize("sql", ["UPDATE strate_fact SET what = 'x'", "DELETE FROM strate_fact"])
def test_the_database_itself_refuses_to_change_a_fact_even_inside_an_act(amina, sql):
    say(amina)
    with pytest.raises(DatabaseError), transaction.atomic(), act("test.said", by=amina) as done:
        done.tell("lot:A")
        with connection.cursor() as cursor:
            cursor.execute(sql)
    assert Fact.objects.count() == 1


def test_the_same_command_sent_twice_is_done_once(amina):
    order = Order("key-1", "f" * 64)
    with commanding(order):
        say(amina)
    with pytest.raises(AlreadyDone) as again, commanding(order):
        say(amina)
    assert again.value.facts == (str(queries.last().event),) and Fact.objects.count() == 1
    assert queries.receipt("key-1")["seq"] == 1


def test_a_key_is_never_reused_for_another_command(amina, refused):
    with commanding(Order("key-1", "f" * 64)):
        say(amina)
    with refused("key_used_for_another_command"), commanding(Order("key-1", "e" * 64)):
        say(amina)


def test_a_signature_needs_a_proof_and_is_bound_to_what_was_signed(amina, signed):
    with pytest.raises(RuleBroken), act("test.signed", by=amina, meaning="released") as done:
        done.tell("lot:A")
    with act("test.signed", by=signed(amina), meaning="released") as done:
        done.tell("lot:A", mass_mg=5)
    signature = queries.told(queries.last())["signature"]
    assert signature["meaning"] == "released" and signature["signer"] == "p-amina"
    assert len(signature["record_sha256"]) == 64


def test_an_act_inside_an_act_is_one_transaction_with_two_facts(amina):
    with act("test.outer", by=amina) as done:
        say(amina, "test.inner")
        done.tell("lot:A")
    assert [f.what for f in Fact.objects.order_by("seq")] == ["test.outer", "test.inner"]


def test_facts_are_found_by_the_things_they_speak_of(amina):
    with act("test.said", by=amina) as done:
        done.tell("lot:A", "machine:M1")
    assert [f.what for f in queries.of("machine:M1")] == ["test.said"] and queries.of("lot:AB") == []
