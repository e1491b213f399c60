"""Broken 3MF files by the thousand: each is read or refused with a sentence, within its time."""

from __future__ import annotations

import os
import re
import time
import zipfile
from io import BytesIO

import numpy as np
import pytest

from strate.kernels.geometry.readers.threemf import read_3mf
from strate.kernels.geometry.refusal import FileRefused, Limits
from strate.kernels.geometry.saying.words import say_finding, say_refusal
from tests.kernels.geometry.threemf.making import (
    BASE,
    COLOURS,
    CORE,
    SPACES,
    components,
    cube,
    mesh,
    model,
    pack,
    parts,
    threemf,
)

RICH = model(
    BASE + COLOURS + '<s:slicestack id="9" zbottom="0"><s:slice ztop="1"/></s:slicestack>'
    + cube(attributes='pid="5" pindex="0" name="a" s:slicestackid="9"')
    + cube(3, inside=mesh().replace('v3="1"', 'v3="1" pid="6" p1="0" p2="1" p3="0"', 1))
    + cube(2, inside=components('<component objectid="1" transform="1 0 0 0 1 0 0 0 1 5 0 0"/>')),
    '<item objectid="2" transform="1 0 0 0 1 0 0 0 1 0 0 0"/>',
    before='<metadata name="Title">x</metadata>',
    prefixes="m s p b",
)  # fmt: skip
TOKENS = [
    b"nan", b"-1", b"1e999", b'"', b"<", b">", b"&", b"/>", b"<!--", b"]]>", b"\0", b"\xff", b"4294967300", b" x=\"1\"",
    b"<vertex", b"</vertices>", b"</triangles>", b"xmlns", b"id=", b"1 ", b"PK\x03\x04", b"<?", b"<![CDATA[",
]  # fmt: skip
LIMITS = Limits(max_triangles=10_000)


def judge(data: bytes) -> str:
    """`read` or the code of the refusal; anything else is a crash."""
    begun = time.process_time()
    try:
        reading = read_3mf(data, LIMITS)
        assert all(say_finding(finding, "fr") for finding in reading.findings)
        said = "read"
    except FileRefused as refused:
        assert say_refusal(refused, "fr") and say_refusal(refused, "en")
        said = refused.code
    assert time.process_time() - begun < 2
    return said


def broken(rng: np.random.Generator, seed: bytes) -> bytes:
    data = bytearray(seed)
    for _ in range(int(rng.integers(1, 4))):
        at = int(rng.integers(len(data) + 1))
        match int(rng.integers(5)):
            case 0:
                del data[at : at + int(rng.integers(1, 40))]
            case 1:
                data[at:at] = TOKENS[rng.integers(len(TOKENS))]
            case 2:
                data[at : at + 1] = rng.bytes(1)
            case 3:
                data[at : at + 4] = rng.bytes(4)
            case _:
                data[at:at] = data[at : at + int(rng.integers(200))]
    return bytes(data)


def broken_inside(rng: np.random.Generator) -> bytes:
    """A sound archive around a broken part."""
    files = parts(model(BASE + COLOURS + cube(attributes='pid="5" pindex="0"'), prefixes="m s p b"))
    name = list(files)[int(rng.choice([0, 1, 2, 2, 2, 2]))]
    content = files[name]
    return pack(files | {name: broken(rng, content.encode() if isinstance(content, str) else content)})


VALUES = ["0", "1", "2", "9", "-1", "nan", "", "1e308", "model", "other", "#FFFFFF", "/3D/3dmodel.model", "x:y", "5 6",
          "lowres", "2147483648", "0 0 0 0 0 0 0 0 0 0 0 0", "-1 0 0 0 1 0 0 0 1 0 0 0", "0.5"]  # fmt: skip
_SAID = re.compile(r'[\w:]+="[^"]*"')
_ELEMENT = re.compile(r"<(?:[\w:]+)[^<>]*/>")
_PAIR = re.compile(r"<([\w:]+)(?: [^<>]*[^/<>])?>.*?</\1>", re.DOTALL)


def reshaped(rng: np.random.Generator) -> bytes:
    """Well-formed (mostly), but with values, elements and whole branches changed, doubled, moved or left out."""
    text = RICH
    for _ in range(int(rng.integers(1, 4))):
        found = list([_SAID, _SAID, _ELEMENT, _PAIR][rng.integers(4)].finditer(text))
        rare = [
            one for one in found if not re.match(r"<vert|<tri|[xyz]=|v[123]=|xmlns|version|encod", one[0])
        ]
        found = rare if rare and rng.random() < 0.8 else found
        if not found:
            break
        one = found[rng.integers(len(found))]
        piece = one[0]
        match int(rng.integers(4)):
            case 0:
                changed = ""
            case 1:
                changed = piece + " " + piece
            case 2:
                changed = found[rng.integers(len(found))][0]
            case _:
                changed = re.sub(
                    '"[^"]*"', lambda _: f'"{VALUES[rng.integers(len(VALUES))]}"', piece, count=1
                )
        text = text[: one.start()] + changed + text[one.end() :]
    return pack(parts(text))


def test_reshaped_models_are_read_or_refused() -> None:
    rng = np.random.default_rng(11)
    said = [judge(reshaped(rng)) for _ in range(1000)]
    assert len(set(said)) >= 15, set(said)


def test_a_file_cut_at_any_byte_is_refused() -> None:
    whole = threemf()
    said = {judge(whole[:length]) for length in range(len(whole))}
    assert "read" not in said and said <= {"empty_file", "3mf_zip_cut", "3mf_zip_not", "3mf_no_content_types"}


def test_a_model_cut_at_any_byte_is_refused() -> None:
    text = model().encode()
    said = {judge(pack(parts(text[:length]), zipfile.ZIP_STORED)) for length in range(len(text))}
    assert said <= {"3mf_xml_broken", "3mf_xml_empty"}


def test_a_bit_turned_anywhere_is_seen_or_changes_nothing() -> None:
    whole, rng = threemf(), np.random.default_rng(7)
    said = []
    for at in range(len(whole)):
        turned = bytearray(whole)
        turned[at] ^= 1 << int(rng.integers(8))
        said.append(judge(bytes(turned)))
    assert len(set(said)) >= 6 and said.count("read") < len(said) / 4


def test_broken_files_are_read_or_refused() -> None:
    rng = np.random.default_rng(2026)
    whole = threemf(RICH)
    said = [judge(broken(rng, whole)) for _ in range(300)]
    said += [judge(broken_inside(rng)) for _ in range(700)]
    assert len(set(said)) >= 12


def test_the_engine_and_the_parser_agree_on_what_is_sound(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same broken models, once with the engine for plain blocks and once without: one verdict."""
    rng = np.random.default_rng(5)
    files = [broken_inside(rng) for _ in range(400)]
    worth_it = "strate.kernels.geometry.readers.threemf.blocks.WORTH_IT"
    monkeypatch.setattr(worth_it, 50)
    with_engine = [judge(data) for data in files]
    monkeypatch.setattr(worth_it, 10**9)
    assert [judge(data) for data in files] == with_engine
    assert zipfile.is_zipfile(BytesIO(files[0]))


OWN = (
    model(prefixes="v")
    .replace("<vertex ", '<vertex v:c="1" ')
    .replace("<triangle ", '<triangle v:d="a b" v:c="2" ')
)
CORE_AGAIN = f'<mesh xmlns:v="{CORE}">'
STEPS = {
    "as it is": (OWN, "read"),
    "said twice": (OWN.replace('x="10"', 'x="10" v:c="1"', 1), "3mf_duplicate_attribute"),
    "said twice on a triangle": (OWN.replace('v3="3"', 'v3="3" v:d="1"', 1), "3mf_duplicate_attribute"),
    "an entity inside": (OWN.replace('v:c="1" x="10"', 'v:c="&who;" x="10"', 1), "3mf_entity"),
    "a tag inside": (OWN.replace('v:c="1" x="10"', 'v:c="<" x="10"', 1), "3mf_xml_broken"),
    "a byte that is no letter": (OWN.replace('v:c="1" x="10"', 'v:c="\1" x="10"', 1), "3mf_xml_broken"),
    "no end": (OWN.replace('v:c="1" x="10"', 'v:c="1 x=', 1), "3mf_xml_broken"),
    "an arrow inside": (OWN.replace('v:c="1" x="10"', 'v:c="/>" x="10"'), "read"),
    "an arrow in the first": (OWN.replace('v:c="1"', 'v:c="/>"', 1), "read"),
    "another word": (OWN.replace('v:c="1" x="10"', 'v:cc="1" x="10"', 1), "read"),
    "an accent": (OWN.replace('v:c="1" x="10"', 'v:c="é" x="10"', 1), "read"),
    "an undeclared word": (OWN.replace('v:c="1" x="10"', 'c="1" x="10"', 1), "3mf_attribute"),
    "no value of z": (OWN.replace('z="10"/>', "/>", 1), "3mf_attribute_missing"),
    "the prefix bent": (OWN.replace("<mesh>", CORE_AGAIN), "3mf_attribute"),
    "the prefix bent on one": (OWN.replace('<vertex v:c="1" x="10"', f'<vertex xmlns:v="{CORE}" v:c="1" x="10"', 1),
                               "3mf_attribute"),
    "two prefixes for one": (
        OWN.replace("<model ", f'<model xmlns:w="{SPACES["v"]}" ').replace('x="10"', 'w:c="1" x="10"', 1),
        "3mf_duplicate_attribute",
    ),
}  # fmt: skip


@pytest.mark.parametrize("engine", [True, False])
@pytest.mark.parametrize("name", STEPS)
def test_what_is_stepped_over_is_what_the_parser_let_through(
    name: str, engine: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("strate.kernels.geometry.readers.threemf.blocks.WORTH_IT", 50 if engine else 10**9)
    text, expected = STEPS[name]
    assert judge(threemf(text)) == expected


def test_the_engine_and_the_parser_agree_on_values_of_others(monkeypatch: pytest.MonkeyPatch) -> None:
    rng, worth_it = np.random.default_rng(8), "strate.kernels.geometry.readers.threemf.blocks.WORTH_IT"
    files = [pack(parts(broken(rng, OWN.encode())), zipfile.ZIP_STORED) for _ in range(300)]
    monkeypatch.setattr(worth_it, 50)
    with_engine = [judge(data) for data in files]
    monkeypatch.setattr(worth_it, 10**9)
    assert [judge(data) for data in files] == with_engine and len(set(with_engine)) > 5


@pytest.mark.long
def test_a_campaign_of_broken_3mf_files_has_no_crash_and_no_hang() -> None:
    count = int(os.environ.get("STRATE_FUZZ_INPUTS", "100000"))
    rng, whole = np.random.default_rng(1), threemf(RICH)
    tally: dict[str, int] = {}
    for turn in range(count):
        match turn % 4:
            case 0:
                data = broken(rng, whole)
            case 1:
                data = broken_inside(rng)
            case _:
                data = reshaped(rng)
        said = judge(data)
        tally[said] = tally.get(said, 0) + 1
    print(f"{count} inputs: {tally}")
    assert sum(tally.values()) == count
