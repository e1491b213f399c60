"""The laws of a dossier alone: what names another customer, what is hidden, what is told once."""

from hypothesis import given
from hypothesis import strategies as st

from strate.workshop.dossier import rules
from strate.workshop.dossier.rules import Foreign, Section
from strate.workshop.journal.refusals import Reason

THEIRS = Foreign(
    orders=frozenset({"OF-1", "12", "OF-2602"}),
    serials=frozenset({"F-1-OF-2602-001"}),
    customers=frozenset({"labo imaginaire"}),
)


def test_their_order_is_seen_as_a_reference_a_key_or_a_word_of_a_text():
    for said in (
        ["order:OF-2602"],
        {"quantities": {"OF-2602": 2}},
        {"text": "Voir OF-2602, même plateau."},
        {"text": "Pièce F-1-OF-2602-001 tombée"},
        {"deep": [{"text": "pour le LABO Imaginaire"}]},
        ["order:12"],
    ):
        assert rules.names_another(said, THEIRS), said


def test_a_code_that_only_begins_like_theirs_is_ours():
    ours = (["order:OF-26021"], {"text": "OF-26021 et 12 min"}, {"mass_mg": 2602}, {"text": "laboratoire"})
    for said in ours:
        assert not rules.names_another(said, THEIRS), said


def test_a_plate_in_common_may_tell_their_order_never_their_name():
    assert not rules.names_a_customer({"quantities": {"OF-2602": 2}}, THEIRS)
    assert rules.names_a_customer({"text": "Labo Imaginaire"}, THEIRS)
    assert rules.names_a_customer(["piece:F-1-OF-2602-001"], THEIRS)


KEYS = st.sampled_from(["a", "OF-2602", "order:OF-1"])
SAID = st.sampled_from(["OF-2602", "order:OF-2602", "OF-1", "autre", "machine:M1"]) | st.integers()


@given(st.recursive(SAID, lambda inside: st.lists(inside) | st.dictionaries(KEYS, inside)))
def test_once_hidden_nothing_of_theirs_is_left(said):
    assert not rules.names_another(rules.hide(said, THEIRS, "un autre ordre"), THEIRS)


def test_a_fact_of_another_build_is_not_ours_even_when_it_names_ours_too():
    assert rules.another_build(["machine:M1", "build:F-2"], ["build:F-1"])
    assert not rules.another_build(["machine:M1", "build:F-1"], ["build:F-1"])


def test_everything_missing_is_told_at_once_and_each_thing_once():
    one, two = Reason("a", {"build": "build:F-1"}), Reason("b")
    sections = [Section("x", (one,)), Section("y"), Section("z", (one, two))]
    assert rules.missing(sections) == [one, two]
    assert [section.state for section in sections] == [rules.MISSING, rules.DONE, rules.MISSING]


def test_who_launched_and_who_has_not_read_are_both_told():
    found = rules.seal_reasons(by="p-1", launchers=["p-1", "p-2"], reviewed=False, to_review=3)
    assert [reason.code for reason in found] == ["sealed_by_its_launcher", "trail_not_reviewed"]
    assert rules.seal_reasons(by="p-3", launchers=["p-1"], reviewed=True, to_review=3) == []
