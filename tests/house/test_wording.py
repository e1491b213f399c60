"""Refuse by code, speak in wording: every code the house can utter has its sentence."""

import ast
import re

import pytest

from strate.workshop.doors.wording import vocabulary
from tests.house.reading import calls, code, constants, keyword, must_be_empty, name, room_of

REFUSING = ("RuleBroken", "Reason", "NotFound")


def pattern(node):
    """`f"drum_is_{state}"` as a pattern; None for what is not such a text."""
    if not isinstance(node, ast.JoinedStr):
        return None
    parts = [re.escape(v.value) if isinstance(v, ast.Constant) else "[a-z_0-9.]+" for v in node.values]
    return re.compile("".join(parts))


def unworded(uttered, words, kind):
    for path, line, argument in uttered:
        for each in constants(argument):
            if each not in words:
                yield f"{name(path)}:{line} {kind} {each!r} is not worded"
        if (computed := pattern(argument)) and not any(computed.fullmatch(known) for known in words):
            yield f"{name(path)}:{line} {kind} {computed.pattern!r} matches nothing worded"


def first(call):
    return call.args[0] if call.args else None


def uttered(names, argument):
    for path in code():
        if room_of(path) or "web" in path.parts:
            for called, call in calls(path):
                if called in names and (found := argument(call)) is not None:
                    yield path, call.lineno, found


def test_every_refusal_is_worded():
    said = uttered(REFUSING, lambda call: first(call) or keyword(call, "code"))
    must_be_empty(unworded(said, vocabulary("REFUSALS"), "refusal"))


def test_every_fact_is_worded():
    must_be_empty(unworded(uttered(("act", "also"), first), vocabulary("FACTS"), "fact"))


def test_every_meaning_of_a_signature_is_worded():
    said = uttered(("act",), lambda call: keyword(call, "meaning"))
    must_be_empty(unworded(said, vocabulary("MEANINGS") | {"": ""}, "meaning"))


def test_every_notice_is_worded():
    said = uttered(("notify",), lambda call: keyword(call, "code"))
    must_be_empty(unworded(said, vocabulary("NOTICES"), "notice"))


def test_a_source_given_by_a_code_is_worded():
    """A source is a standard, written as it is named, or a code that each reader hears in their language."""
    said = list(uttered(REFUSING, lambda call: keyword(call, "source")))
    codes = [(p, line, a) for p, line, a in said if any(re.fullmatch("[a-z0-9_ ]+", c) for c in constants(a))]
    assert codes
    must_be_empty(unworded(codes, vocabulary("SOURCES"), "source"))


def test_facts_are_named_noun_dot_past_participle():
    odd = [what for what in vocabulary("FACTS") if not re.fullmatch(r"[a-z_]+\.[a-z_]+", what)]
    must_be_empty(odd)


@pytest.mark.parametrize("table", ["REFUSALS", "FACTS", "NOTICES", "HOLDS"])
def test_every_sentence_can_be_filled(table):
    broken = []
    for key, sentence in vocabulary(table).items():
        rest = re.sub(r"%\([a-z_0-9]+\)s|%%", "", str(sentence))
        if "%" in rest:
            broken.append(f"{key}: {sentence!s}")
    must_be_empty(broken)


def test_no_sentence_names_a_refusal_nobody_can_meet():
    text = "\n".join(
        p.read_text() for p in code() if "wording" not in (p.stem, p.parent.name) or room_of(p) == "doors"
    )
    computed = [p for _path, _line, argument in uttered(REFUSING, first) if (p := pattern(argument))]
    dead = [
        key
        for key in vocabulary("REFUSALS")
        if f'"{key}"' not in text and not any(p.fullmatch(key) for p in computed)
    ]
    must_be_empty(dead)
