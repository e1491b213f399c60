"""Every refusal and every finding has its sentence in both languages, with the same values."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

import strate.kernels.geometry as kernel
from strate.kernels.geometry.saying import sentences
from strate.kernels.geometry.saying.sentences import FINDINGS, REFUSALS
from strate.kernels.geometry.saying.words import FIGURES, KINDS, LABELS, say, show

ROOT = Path(kernel.__file__).parent
SOURCE = "\n".join(
    path.read_text("utf-8")
    for path in ROOT.rglob("*.py")
    if path.parent.name != "sentences" and path.name != "words.py"
)


def names(sentence: str) -> set[str]:
    return {
        name.removesuffix("_en").removesuffix("_fr") for _, name, _, _ in Formatter().parse(sentence) if name
    }


def test_every_refusal_raised_has_a_sentence_and_every_sentence_is_used() -> None:
    raised = set(re.findall(r'(?:File|Powder|Pace|Plate|Asked)Refused\(\s*"(\w+)"', SOURCE))
    raised |= set(re.findall(r'(?:refused|broken)\(\s*"(3mf_\w+)"', SOURCE))
    raised |= set(re.findall(r'"code": "(\w+)"', SOURCE))
    raised |= set(re.findall(r'"(decimal_comma|ascii_broken)"', SOURCE))
    assert raised == set(REFUSALS)


def test_every_finding_has_a_sentence_and_every_sentence_is_used() -> None:
    assert all(f'"{code}"' in SOURCE for code in FINDINGS)
    assert set(re.findall(r'Finding\("(\w+)"', SOURCE)) <= set(FINDINGS)


def test_no_subject_speaks_for_another() -> None:
    for kind in ("REFUSALS", "FINDINGS"):
        told = [code for subject in sentences._SUBJECTS for code in getattr(subject, kind, {})]
        assert len(told) == len(set(told))


@pytest.mark.parametrize("code", sorted(REFUSALS | FINDINGS))
def test_both_languages_tell_the_same_values(code: str) -> None:
    english, french = (REFUSALS | FINDINGS)[code]
    assert names(english) == names(french) and english != french


@pytest.mark.parametrize(
    "french", [pair[1] for pair in (REFUSALS | FINDINGS | KINDS | LABELS | FIGURES).values()]
)
def test_french_is_typeset_as_french(french: str) -> None:
    assert "'" not in french and not re.search(r"\S[;:?!]", french.replace("\u202f", " "))


def test_numbers_are_written_as_each_reader_writes_them() -> None:
    assert show(1234567, "fr") == "1\u202f234\u202f567" and show(0.5, "fr") == "0,5"
    assert show(1234567, "en") == "1,234,567" and show(0.5, "en") == "0.5"
    assert "2\u202f500 octets" in say("file_too_big", {"size_bytes": 2500, "limit_bytes": 10}, "fr")
    assert "\u202f;" in say("file_too_big", {"size_bytes": 2500, "limit_bytes": 10}, "fr")
