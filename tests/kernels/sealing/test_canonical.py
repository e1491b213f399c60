"""One way only to write a fact down, and a clear refusal of what cannot be written."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strate.kernels.sealing.canonical import NotCanonical, canonical, digest, read_canonical

whole = st.integers(-(2**53) + 1, 2**53 - 1)
text = st.text(st.characters(exclude_categories=["Cs"]))
json_values = st.recursive(
    st.none() | st.booleans() | whole | text,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(text, inner, max_size=4),
    max_leaves=20,
)


@given(json_values)
def test_what_is_written_is_read_back_the_same_and_writes_the_same(value):
    assert read_canonical(canonical(value)) == value


@given(st.dictionaries(text, whole, min_size=2, max_size=6))
def test_the_order_in_which_things_were_noted_changes_nothing(value):
    turned = dict(reversed(value.items()))
    assert canonical(value) == canonical(turned)


def test_the_bytes_are_those_of_the_standard():
    assert canonical({"b": [1, True, None], "a": "é\n"}) == '{"a":"é\\n","b":[1,true,null]}'.encode()
    assert digest(b"abc").startswith("ba7816bf")


@pytest.mark.parametrize(
    ("value", "path"),
    [
        ({"lot": {"mass": Decimal("1.5")}}, "$.lot.mass"),
        ({"at": datetime(2026, 1, 1, tzinfo=UTC)}, "$.at"),
        ([1, float("nan")], "$[1]"),
        ([float("inf")], "$[0]"),
        ({"n": 2**53}, "$.n"),
        ({1: "x"}, "$"),
        ({"s": "\ud800"}, "$.s"),
        ({"b": b"x"}, "$.b"),
        ({"set": {1}}, "$.set"),
    ],
)
def test_what_is_not_json_is_refused_where_it_stands(value, path):
    with pytest.raises(NotCanonical) as refusal:
        canonical(value)
    assert refusal.value.path == path and str(refusal.value).startswith(path)


@pytest.mark.parametrize(
    "data", [b"", b"{", b'{"a":1,"a":2}', b'{ "a":1}', b'{"b":1,"a":2}', b"1.0", b"\xff", b"[" * 100_000]
)
def test_bytes_that_could_be_read_in_two_ways_are_refused(data):
    with pytest.raises(NotCanonical):
        read_canonical(data)


def test_a_thing_that_holds_itself_is_refused_and_not_followed_for_ever():
    loop: list[object] = []
    loop.append(loop)
    with pytest.raises(NotCanonical):
        canonical(loop)
