"""Somebody with the database in hand, the guards removed: whatever they change is found, at the right place."""

import json
import random
from collections.abc import Iterator

import pytest
from django.db import connection, transaction

from strate.kernels.sealing import canonical, digest, link
from strate.workshop.journal import audit, checkpoints, guard
from strate.workshop.journal.actions import act
from strate.workshop.journal.models import ChainHead, Checkpoint, Fact, FactThing

pytestmark = pytest.mark.django_db
FACTS = 12


@pytest.fixture()
def opened(amina, tmp_path, monkeypatch) -> Iterator[None]:
    """A journal of twelve facts, signed at the eighth, whose triggers somebody has dropped."""
    outside = tmp_path / "checkpoints.jsonl"
    monkeypatch.setattr(checkpoints, "outside_path", lambda: outside)
    for n in range(1, FACTS + 1):
        with act("test.said", by=amina) as done:
            done.tell(f"lot:L{n}", "machine:M1", mass_mg=1000 * n)
            if n == 8:
                done.milestone_reached("shift")
    assert audit.verify_site() == audit.Audited(FACTS, 1)
    with guard.lifted(), transaction.atomic():
        with connection.cursor() as cursor:
            for sql in guard.thaw_sql(connection.vendor):
                cursor.execute(sql)
        yield
        transaction.set_rollback(True)


def found():
    with pytest.raises(audit.ChainBroken) as broken:
        audit.verify_site()
    return {(f.code, f.seq) for f in broken.value.findings}


def rewrite_from(seq):
    """What a thief who knows the algorithm does: change a fact, then make every later link again."""
    facts = list(Fact.objects.order_by("seq"))
    head = facts[seq - 2].link
    for fact in facts[seq - 1 :]:
        envelope = json.loads(fact.envelope)
        if fact.seq == seq:
            envelope["data"]["mass_mg"] = 1
        fact.envelope = canonical(envelope).decode()
        fact.link = head = link(head, digest(fact.envelope.encode()))
        fact.save()
    ChainHead.objects.update(link=head)


@pytest.mark.parametrize("seq", [1, 5, FACTS])
def test_a_changed_weight_is_found(opened, seq):
    fact = Fact.objects.get(seq=seq)
    Fact.objects.filter(seq=seq).update(
        envelope=fact.envelope.replace(f'"mass_mg":{1000 * seq}', '"mass_mg":1')
    )
    assert ("altered_fact", seq) in found()


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("what", "test.other"),
        ("by", "p-bruno"),
        ("station", "station:else"),
        ("happened_at", "2020-01-01T00:00:00Z"),
    ],
)
def test_a_column_that_no_longer_shows_what_was_written_is_found(opened, column, value):
    Fact.objects.filter(seq=4).update(**{column: value})
    assert found() == {("altered_column", 4)}


def test_a_thing_added_to_or_removed_from_a_fact_is_found(opened):
    FactThing.objects.create(fact=Fact.objects.get(seq=3), ref="lot:STOLEN")
    FactThing.objects.filter(fact__seq=7, ref="machine:M1").delete()
    assert found() == {("altered_column", 3), ("altered_column", 7)}


def test_a_removed_fact_is_found(opened):
    FactThing.objects.filter(fact__seq=6).delete()
    Fact.objects.filter(seq=6).delete()
    assert ("missing_fact", 6) in found()


def test_two_exchanged_facts_are_found(opened):
    one, two = Fact.objects.get(seq=3), Fact.objects.get(seq=4)
    for seq, other in ((3, two), (4, one)):
        Fact.objects.filter(seq=seq).update(envelope=other.envelope, link=other.link)
    assert {seq for _code, seq in found()} & {3, 4}


def test_a_cut_tail_is_found(opened):
    FactThing.objects.filter(fact__seq__gt=10).delete()
    Fact.objects.filter(seq__gt=10).delete()
    assert {code for code, _seq in found()} == {"truncated_chain"}


def test_a_cut_tail_whose_head_was_set_back_is_found_by_the_signed_heads(opened):
    FactThing.objects.filter(fact__seq__gt=6).delete()
    Fact.objects.filter(seq__gt=6).delete()
    ChainHead.objects.update(seq=6, link=Fact.objects.get(seq=6).link)
    assert found() == {("truncated_chain", 7)}


def test_a_cut_tail_is_found_by_the_copy_outside_when_the_signed_heads_were_removed_too(opened):
    signed = Checkpoint.objects.get()
    checkpoints.outside_path().write_text(json.dumps({"seq": signed.seq, "jws": signed.jws}) + "\n")
    Checkpoint.objects.all().delete()
    FactThing.objects.filter(fact__seq__gt=6).delete()
    Fact.objects.filter(seq__gt=6).delete()
    ChainHead.objects.update(seq=6, link=Fact.objects.get(seq=6).link)
    assert found() == {("truncated_chain", 7)}


def test_a_copy_outside_that_can_no_longer_be_read_is_found_line_by_line(opened):
    checkpoints.outside_path().write_bytes(b"\xff\xfe spoilt\n" + b"[" * 100_000 + b"\n")
    assert found() == {("bad_checkpoint_signature", None)}


def test_a_chain_made_again_from_a_changed_fact_contradicts_the_signed_head(opened):
    rewrite_from(5)
    assert any(code == "rewritten_chain" for code, _seq in found())


def test_a_fact_put_after_the_head_is_found(opened):
    last = Fact.objects.get(seq=FACTS)
    last.pk, last.seq, last.event = None, FACTS + 1, "01890000-0000-7000-8000-000000000000"
    last.save(force_insert=True)
    assert ("added_fact", FACTS + 1) in found()


def test_a_signed_head_that_was_touched_is_found(opened):
    jws = Checkpoint.objects.get().jws
    Checkpoint.objects.update(jws=jws[:-4] + ("AAAA" if not jws.endswith("AAAA") else "BBBB"))
    assert found() == {("bad_checkpoint_signature", None)}


def test_two_hundred_random_tamperings_are_all_found_and_none_before_its_place(opened):
    chance = random.Random(20261122)
    for _ in range(200):
        seq = chance.randint(1, FACTS)
        before = transaction.savepoint()
        fact = Fact.objects.get(seq=seq)
        text = list(fact.envelope)
        at = chance.randrange(len(text))
        text[at] = chance.choice([c for c in '0123456789abcXYZ{}",: é' if c != text[at]])
        Fact.objects.filter(seq=seq).update(envelope="".join(text))
        places = [at for _code, at in found() if at]
        assert places and min(places) == seq, (seq, "".join(text))
        transaction.savepoint_rollback(before)
