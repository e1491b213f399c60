"""The chain of facts: what was done to it is named, and where."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strate.kernels.sealing.canonical import canonical, digest
from strate.kernels.sealing.chain import Entry, Mark, genesis, link, seal, verify_chain
from tests.kernels.sealing.shop import CHAIN, HANDS, journal

sizes = st.integers(min_value=2, max_value=40)
hiddens = st.frozensets(st.integers(1, 40))


def check(facts: list[Entry], *, as_it_was: list[Entry]) -> list[tuple[str, int | None]]:
    end = Mark(len(as_it_was), as_it_was[-1].link)
    return [(finding.code, finding.seq) for finding in verify_chain(facts, chain=CHAIN, end=end)]


@given(size=sizes, hidden=hiddens)
def test_facts_that_nobody_touched_hold_whether_known_in_words_or_by_fingerprint(size, hidden):
    facts = journal(size, sealed_only=hidden)
    assert check(facts, as_it_was=facts) == []


@settings(max_examples=400)
@given(
    size=sizes,
    hidden=st.frozensets(st.integers(1, 40)),
    hand=st.sampled_from(HANDS),
    seed=st.integers(0, 2**32),
)
def test_one_tampering_is_the_only_thing_named_and_at_its_place(size, hidden, hand, seed):
    facts = journal(size, sealed_only=hidden)
    tampered, codes, seq = hand(facts, random.Random(seed))
    found = check(tampered, as_it_was=facts)
    assert found, hand.__name__
    assert found[0][0] in codes and found[0][1] == seq, (hand.__name__, seq, found)
    assert {code for code, _ in found} <= codes | {"unproven_fact"}, found


@pytest.mark.long
def test_ten_thousand_tamperings_are_all_found_at_their_place():
    found = campaign(10_000, seed=1)
    print(f"{found:,} tamperings found of 10,000, each at its place")
    assert found == 10_000


def test_two_hundred_tamperings_are_all_found_at_their_place():
    assert campaign(200, seed=2) == 200


def campaign(count: int, *, seed: int) -> int:
    dice = random.Random(seed)
    facts = journal(60, sealed_only=frozenset(range(3, 60, 7)))
    found = 0
    for _ in range(count):
        tampered, codes, seq = dice.choice(HANDS)(facts, dice)
        found += any(code in codes and at == seq for code, at in check(tampered, as_it_was=facts))
    return found


def test_removing_a_fact_and_renumbering_the_others_still_shows_the_one_removed():
    facts = journal(9)
    renumbered = [fact._replace(seq=place) for place, fact in enumerate(facts[:3] + facts[4:], start=1)]
    assert check(renumbered, as_it_was=facts) == [("missing_fact", 4), ("renumbered_fact", 5)]


def test_whoever_recomputes_every_link_is_betrayed_by_the_signed_checkpoint():
    facts = journal(9)
    forged = facts[:4]
    for seq in range(5, 10):
        envelope = {"chain": CHAIN, "seq": seq, "event": str(seq), "schema": 1, "what": "nothing.happened"}
        forged.append(seal(forged[-1].link, envelope))
    marks = [Mark(3, facts[2].link)]
    found = verify_chain(forged, chain=CHAIN, marks=marks, end=Mark(9, facts[8].link))
    assert [(finding.code, finding.seq) for finding in found] == [("rewritten_chain", 4)]


def test_a_fact_added_after_the_seal_is_named():
    facts = journal(9)
    assert check(facts, as_it_was=facts[:7]) == [("added_fact", 8), ("added_fact", 9)]


def test_a_cut_tail_is_invisible_without_a_checkpoint_and_seen_with_it():
    facts = journal(9)
    assert verify_chain(facts[:5], chain=CHAIN) == []
    assert check(facts[:5], as_it_was=facts) == [("truncated_chain", 6)]


def test_a_segment_is_verified_from_its_opening_checkpoint():
    facts = journal(30)
    end = Mark(20, facts[19].link)
    assert verify_chain(facts[10:20], chain=CHAIN, start_seq=11, start_head=facts[9].link, end=end) == []
    wrong = verify_chain(facts[10:20], chain=CHAIN, start_seq=11, start_head=facts[8].link, end=end)
    assert [(finding.code, finding.seq) for finding in wrong] == [("altered_fact", 11)]


def test_the_link_is_what_the_documentation_says():
    envelope = canonical({"chain": CHAIN, "seq": 1, "event": "a", "schema": 1})
    by_hand = digest(bytes.fromhex(genesis(CHAIN)) + bytes.fromhex(digest(envelope)))
    assert link(genesis(CHAIN), digest(envelope)) == by_hand
    assert genesis(CHAIN) != genesis("atelier-sud")


@pytest.mark.parametrize("missing", ["chain", "seq", "event", "schema"])
def test_an_envelope_without_its_identity_is_refused(missing):
    envelope = {"chain": CHAIN, "seq": 1, "event": "a", "schema": 1}
    del envelope[missing]
    with pytest.raises(ValueError, match=missing):
        seal(genesis(CHAIN), envelope)


def test_rubbish_in_the_place_of_words_is_an_altered_fact_and_not_a_crash():
    facts = journal(9)
    for rubbish in ("", "[]", "{", '{"seq":"x"}', "\ud800", "[" * 20_000, "null"):
        damaged = [*facts[:4], facts[4]._replace(envelope=rubbish), *facts[5:]]
        assert check(damaged, as_it_was=facts) == [("altered_fact", 5)]


def test_a_tail_cut_below_any_signed_checkpoint_is_seen_even_while_the_journal_goes_on():
    facts = journal(9)
    marks = [Mark(4, facts[3].link), Mark(8, facts[7].link)]
    assert verify_chain(facts, chain=CHAIN, marks=marks) == []
    found = verify_chain(facts[:6], chain=CHAIN, marks=marks)
    assert [(finding.code, finding.seq) for finding in found] == [("truncated_chain", 7)]
    assert [finding.code for finding in verify_chain([], chain=CHAIN, marks=marks)] == ["truncated_chain"]
