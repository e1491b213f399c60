"""Reads the file of building parameters beside a part (JSON or CSV): names, values and units, nothing guessed."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from strate.kernels.geometry.refusal import FileRefused, Finding, Limits, Plain

MOST_BYTES, MOST_ROWS, LONGEST = 5_000_000, 20_000, 200
# The units of the trade; the others are kept as they are, and said.
UNITS = frozenset(
    [
        *("W", "kW", "mW", "A", "V", "mm/s", "m/s", "mm/min", "um", "µm", "μm", "mm", "cm", "m", "nm", "in"),
        *("°C", "C", "K", "%", "ppm", "s", "ms", "us", "µs", "μs", "min", "h", "Hz", "kHz", "MHz", "dpi"),
        *("mbar", "bar", "Pa", "kPa", "l/min", "L/min", "m3/h", "m³/h", "g", "kg", "g/cm3", "g/cm³"),
        *("°", "deg", "rad", "J/mm3", "J/mm³", "J/mm2", "J/mm²"),
    ]
)
_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:[ \u00a0\u202f']\d{3})+|\d+)?(?:[.,]\d+)?(?:[eE][+-]?\d{1,3})?")
_HEADINGS = frozenset(
    ["name", "nom", "parameter", "paramètre", "parametre", "value", "valeur", "unit", "unité", "unite"]
)
_DELIMITERS = ";\t,|"


@dataclass(frozen=True)
class Parameter:
    """One value: a number as a decimal, anything else as the text it is."""

    name: str
    value: Decimal | str
    unit: str
    line: int


@dataclass(frozen=True)
class ParameterFile:
    format: str
    rows: tuple[Parameter, ...]
    findings: tuple[Finding, ...]

    def to_dict(self) -> dict[str, Any]:
        rows = [{"name": r.name, "value": str(r.value), "unit": r.unit, "line": r.line} for r in self.rows]
        findings = [{"code": f.code, "severity": f.severity, "values": dict(f.values)} for f in self.findings]
        return {"format": self.format, "parameters": rows, "findings": findings}


def read_parameters(data: bytes, limits: Limits = Limits()) -> ParameterFile:
    """Every parameter of the file, in its order; twice the same name with two values is grave."""
    if not data.strip():
        raise FileRefused("empty_file")
    most = min(MOST_BYTES, limits.max_bytes)
    if len(data) > most:
        raise FileRefused("file_too_big", size_bytes=len(data), limit_bytes=most)
    text, findings = _text(data)
    if text.lstrip()[:1] in ("{", "["):
        kind, rows = "parameters-json", list(_from_json(text))
    else:
        kind, rows = "parameters-csv", list(_from_csv(text, findings))
    if not rows:
        raise FileRefused("no_parameters")
    if len(rows) > MOST_ROWS:
        raise FileRefused("too_many_rows", rows=len(rows), limit=MOST_ROWS)
    return ParameterFile(kind, tuple(rows), (*findings, *_doubts(rows)))


def _text(data: bytes) -> tuple[str, list[Finding]]:
    """The text of the file: UTF-8, with or without its mark, UTF-16 with its mark, else Windows-1252."""
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text, findings = data.decode(encoding), []
    except UnicodeDecodeError:
        text, findings = data.decode("cp1252", "replace"), [Finding("old_encoding", "info")]
    if "\0" in text:
        raise FileRefused("not_parameters")
    return text, findings


def _from_json(text: str) -> Iterator[Parameter]:
    """An object of values, an object of {value, unit}, or a list of {name, value, unit}."""
    try:
        whole = json.loads(
            text, object_pairs_hook=list, parse_float=Decimal, parse_int=_whole, parse_constant=_no
        )
    except (ValueError, RecursionError) as error:
        raise FileRefused("not_parameters") from error
    line = 0
    for pairs in [whole] if _is_object(whole) else whole:
        if not _is_object(pairs):
            raise FileRefused("not_parameters")
        given = dict(pairs)
        if "name" in given and "value" in given:
            line += 1
            yield _parameter(str(given["name"]), given["value"], str(given.get("unit") or ""), line)
            continue
        for name, value in pairs:
            line += 1
            inner = dict(value) if _is_object(value) else {"value": value}
            if "value" not in inner:
                raise FileRefused("not_parameters")
            yield _parameter(name, inner["value"], str(inner.get("unit") or ""), line)


def _is_object(value: Any) -> bool:
    """An object comes as its pairs, so that a name written twice is not lost."""
    return isinstance(value, list) and all(isinstance(pair, tuple) for pair in value) and bool(value)


def _whole(text: str) -> Decimal:
    return Decimal(text)


def _no(text: str) -> Decimal:
    raise ValueError(text)


def _from_csv(text: str, findings: list[Finding]) -> Iterator[Parameter]:
    """Rows of name, value, unit; the separator is the one that most lines have."""
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    delimiter = max(_DELIMITERS, key=lambda sign: sum(sign in line for line in lines[:200]))
    if not any(delimiter in line for line in lines):
        raise FileRefused("not_parameters")
    commas = False
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=delimiter))
    except csv.Error as error:
        raise FileRefused("not_parameters") from error
    for number, row in enumerate(rows, 1):
        cells = [cell.strip() for cell in row]
        if not any(cells) or cells[0].startswith("#") or {c.lower() for c in cells if c} <= _HEADINGS:
            continue
        if len(cells) < 2 or not cells[0]:
            raise FileRefused("line_broken", line=number)
        commas |= delimiter != "," and "," in cells[1] and _decimal(cells[1]) is not None
        yield _parameter(cells[0], cells[1], cells[2] if len(cells) > 2 else "", number)
    if commas:
        findings.append(Finding("decimal_commas_read", "info"))


def _parameter(name: str, value: Any, unit: str, line: int) -> Parameter:
    shown = "".join(sign for sign in name.strip() if sign.isprintable())[:LONGEST]
    if not shown or isinstance(value, list):
        raise FileRefused("line_broken", line=line)
    if isinstance(value, bool) or value is None:
        value = str(value).lower()
    number = value if isinstance(value, Decimal) else _decimal(str(value))
    if number is not None and not (number.is_finite() and abs(number) < Decimal(10) ** 15):
        raise FileRefused("line_broken", line=line)
    text = "".join(sign for sign in str(value).strip() if sign.isprintable())[:LONGEST]
    return Parameter(shown, text if number is None else number, unit.strip()[:20], line)


def _decimal(text: str) -> Decimal | None:
    """A number as people and machines write it; « 1.234,5 » is two readings, so it is none."""
    bare = text.strip()
    if not bare or _NUMBER.fullmatch(bare) is None or ("." in bare and "," in bare):
        return None
    try:
        return Decimal(re.sub(r"[ \u00a0\u202f']", "", bare).replace(",", "."))
    except InvalidOperation:
        return None


def _doubts(rows: list[Parameter]) -> list[Finding]:
    """Names written twice, units nobody knows."""
    found: list[Finding] = []
    first: dict[str, Parameter] = {}
    for row in rows:
        known = first.setdefault(row.name.casefold(), row)
        if known is not row:
            same = (known.value, known.unit) == (row.value, row.unit)
            values: dict[str, Plain] = {"name": row.name, "line": row.line, "first": known.line}
            found.append(Finding("parameter_twice" if same else "parameter_contradicts",
                                 "warn" if same else "refuse", values))  # fmt: skip
    strange = [row for row in rows if row.unit and row.unit not in UNITS]
    if strange:
        values = {"unit": strange[0].unit, "name": strange[0].name, "count": len(strange)}
        found.append(Finding("unit_unknown", "warn", values))
    return found
