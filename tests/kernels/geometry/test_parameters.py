"""The parameter file beside a part: names, values, units; commas, marks and doubles do not pass unseen."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner

from strate.kernels.geometry.commands import geometry
from strate.kernels.geometry.guarding.guard import parameters_in_child
from strate.kernels.geometry.readers.parameters import ParameterFile, read_parameters
from strate.kernels.geometry.refusal import FileRefused
from strate.kernels.geometry.saying.words import say_finding, say_refusal

LIST = (
    b'[{"name": "laser_w", "value": 195, "unit": "W"}, {"name": "scan_mm_s", "value": 750.5, "unit": "mm/s"}]'
)
OBJECT = b'{"laser_w": {"value": 195, "unit": "W"}, "scan_mm_s": {"value": 750.5, "unit": "mm/s"}}'
CSV = b"name;value;unit\nlaser_w;195;W\nscan_mm_s;750,5;mm/s\n"


def codes(data: bytes) -> dict[str, str]:
    found = read_parameters(data)
    assert all(say_finding(f, "fr") and say_finding(f, "en") for f in found.findings)
    return {f.code: f.severity for f in found.findings}


def refusal(data: bytes) -> str:
    with pytest.raises(FileRefused) as caught:
        read_parameters(data)
    assert say_refusal(caught.value, "fr") and say_refusal(caught.value, "en")
    return caught.value.code


def values(found: ParameterFile) -> list[tuple[str, Decimal | str, str]]:
    return [(row.name, row.value, row.unit) for row in found.rows]


@pytest.mark.parametrize(
    "data", [LIST, OBJECT, CSV, CSV.replace(b";", b"\t"), CSV.replace(b"750,5", b"750.5").replace(b";", b",")]
)
def test_the_same_parameters_however_they_are_written(data: bytes) -> None:
    assert values(read_parameters(data)) == [
        ("laser_w", Decimal(195), "W"),
        ("scan_mm_s", Decimal("750.5"), "mm/s"),
    ]


def test_decimal_commas_are_read_and_said() -> None:
    assert codes(CSV) == {"decimal_commas_read": "info"}
    assert values(read_parameters(b"a;1 234,5;W\n"))[0][1] == Decimal("1234.5")
    assert values(read_parameters(b"a;1.234,5;W\n"))[0][1] == "1.234,5"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_marks_and_old_encodings_are_understood(encoding: str) -> None:
    found = read_parameters("trame;90;µm\npréchauffe;80;°C\n".encode(encoding))
    assert values(found) == [("trame", Decimal(90), "µm"), ("préchauffe", Decimal(80), "°C")]
    assert [f.code for f in found.findings] == (["old_encoding"] if encoding == "cp1252" else [])


def test_a_name_with_two_values_is_grave_and_a_double_is_said() -> None:
    assert codes(b"a;1;W\nA;2;W\n") == {"parameter_contradicts": "refuse"}
    assert codes(b"a;1;W\na;1;W\n") == {"parameter_twice": "warn"}
    assert codes(b'{"a": 1, "a": 2}') == {"parameter_contradicts": "refuse"}


def test_an_unknown_unit_is_said_and_kept() -> None:
    assert codes(b"a;1;furlong\n") == {"unit_unknown": "warn"}
    assert read_parameters(b"a;1;furlong\n").rows[0].unit == "furlong"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        (b" \n", "empty_file"),
        (b"{", "not_parameters"),
        (b"[1, 2]", "not_parameters"),
        (b'{"a": NaN}', "not_parameters"),
        (b'{"a": [1]}', "line_broken"),
        (b"[" * 100_000, "not_parameters"),
        (b"once upon a time", "not_parameters"),
        (b"name;value;unit\n", "no_parameters"),
        (b"{}", "no_parameters"),
        (b"a;1e99\n", "line_broken"),
        (b";1;W\n", "line_broken"),
        (b"\0\0\0\0", "not_parameters"),
        (bytes(6_000_000) + b"a", "file_too_big"),
    ],
)
def test_what_is_no_parameter_file_is_refused(data: bytes, code: str) -> None:
    assert refusal(data) == code


def test_it_is_read_at_arm_s_length_and_at_the_keyboard(tmp_path: Path) -> None:
    path = tmp_path / "réglages.csv"
    path.write_bytes(CSV + b"laser_w;200;W\n")
    assert [row["value"] for row in parameters_in_child(path)["parameters"]] == ["195", "750.5", "200"]
    result = CliRunner().invoke(geometry, ["parameters", str(path), "--lang", "fr"])
    assert result.exit_code == 1 and "a deux valeurs" in result.output and "195 W" in result.output
