"""Reading a list: every problem named by row and column, from whatever spreadsheet."""

import io
import zipfile
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from strate.workshop.journal.refusals import RuleBroken
from strate.workshop.site import importing
from strate.workshop.site.importing import Column, choice, day, decimal, several, text, whole

COLUMNS = (
    Column("code", ("Code", "N° de lot"), text(20), required=True, unique=True),
    Column("mass_kg", ("Masse (kg)", "Mass (kg)"), decimal(Decimal(0), Decimal(1000))),
    Column("count", ("Nombre", "Count"), whole(1, 99), default=1),
    Column("received", ("Reçu le", "Received"), day, default=None),
    Column("kind", ("Famille", "Family"), choice({"métal": "metal", "metal": "metal", "sable": "sand"})),
    Column("tags", ("Repères",), several(text(10)), default=()),
)
GOOD = "Code;Masse (kg);Nombre;Reçu le;Famille;Repères\nL-1;12,5;3;23/11/2026;Métal;a+b\n"


def problems(content: bytes | str) -> list[tuple[int, str, str]]:
    content = content.encode() if isinstance(content, str) else content
    return [(p.row, p.column, p.reason.code) for p in importing.read(content, COLUMNS).problems]


def workbook(*rows: tuple) -> bytes:
    book, file = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        GOOD.encode(),
        b"\xef\xbb\xbf" + GOOD.encode(),
        GOOD.encode("cp1252"),
        GOOD.replace("\n", "\r\n").encode(),
        GOOD.replace("12,5", "12.5").replace(";", ",").encode(),
        GOOD.replace(";", "\t").encode(),
        ("\n\n" + GOOD + "\n;;;;;\n").encode(),
        workbook(
            ("Code", "Mass (kg)", "Nombre", "Received", "Famille", "Repères", "Inconnue"),
            ("L-1", 12.5, 3.0, date(2026, 11, 23), "METAL", "a/b", "x"),
        ),
    ],
    ids=["utf-8", "mark", "cp1252", "crlf", "commas", "tabs", "blank rows", "workbook"],
)
def test_the_same_list_from_any_spreadsheet_is_read_alike(content):
    reading = importing.read(content, COLUMNS)
    assert reading.good and reading.rows[0].values == {
        "code": "L-1",
        "mass_kg": Decimal("12.5"),
        "count": 3,
        "received": date(2026, 11, 23),
        "kind": "metal",
        "tags": ("a", "b"),
    }


def test_every_bad_cell_of_every_row_is_named_at_once():
    rows = [
        "L-1;12,5,3;3;23/11/2026;Métal;",
        "L-1;-1;0;31/02/2026;Bois;",
        ";1 000,5;1,5;;;",
        f"{'x' * 21};1e9;abc;;;{'y' * 11}",
    ]
    assert problems("Code;Masse (kg);Nombre;Reçu le;Famille;Repères\n" + "\n".join(rows)) == [
        (2, "Masse (kg)", "cell_not_number"),
        (3, "Masse (kg)", "cell_out_of_bounds"),
        (3, "Nombre", "cell_out_of_bounds"),
        (3, "Reçu le", "cell_not_day"),
        (3, "Famille", "cell_not_choice"),
        (3, "Code", "cell_repeated"),
        (4, "Code", "cell_empty"),
        (4, "Masse (kg)", "cell_out_of_bounds"),
        (4, "Nombre", "cell_not_whole"),
        (5, "Code", "cell_too_long"),
        (5, "Masse (kg)", "cell_not_number"),
        (5, "Nombre", "cell_not_number"),
        (5, "Repères", "cell_too_long"),
    ]


def test_quotes_semicolons_line_breaks_and_emoji_inside_a_cell_stay_there():
    reading = importing.read('Code;Famille\n"Lot ""A""; 🙂\nsuite";métal\n'.encode(), COLUMNS)
    assert reading.rows[0].values["code"] == 'Lot "A"; 🙂\nsuite'


def test_a_missing_or_double_column_is_told_before_any_row():
    assert problems("Masse (kg)\n12,5\n") == [(1, "Code", "column_missing")]
    assert problems("Code;code\nL-1;L-2\n") == [(1, "code", "column_twice")]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "list_empty"),
        (b"Code;Masse (kg)\n", "list_empty"),
        (b"PK\x03\x04 not a workbook", "list_not_readable"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" * 20, "list_not_readable"),
        (b"x" * (8 * 1024 * 1024 + 1), "list_too_large"),
        ("Code\n" + "\n".join(f"L-{n}" for n in range(20_001)), "list_too_long"),
    ],
    ids=["empty", "headings only", "false workbook", "photo", "9 MB", "20,001 rows"],
)
def test_a_file_that_is_no_list_is_refused(content, code, refused):
    with refused(code):
        importing.read(content.encode() if isinstance(content, str) else content, COLUMNS)


def test_a_workbook_that_would_swell_is_refused_before_it_is_opened(refused):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/worksheets/sheet1.xml", b"0" * 60_000_000)
    with refused("list_not_readable"):
        importing.read(packed.getvalue(), COLUMNS)


def test_a_workbook_with_a_hostile_document_type_is_refused(refused):
    with zipfile.ZipFile(io.BytesIO(workbook(("Code",), ("L-1",)))) as good:
        parts = {name: good.read(name) for name in good.namelist()}
    bomb = b'<!DOCTYPE x [<!ENTITY a "boum"><!ENTITY b "&a;&a;&a;">]>'
    for name, content in parts.items():
        if name.endswith("sheet1.xml"):
            parts[name] = bomb + content
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as out:
        for name, content in parts.items():
            out.writestr(name, content)
    with refused("list_not_readable"):
        importing.read(packed.getvalue(), COLUMNS)


def test_a_file_full_of_mistakes_stops_after_five_hundred():
    assert len(problems("Code;Nombre\n" + "\n".join(f"L-{n};x" for n in range(9000)))) == 500


@given(st.integers(0, 10_000), st.integers(0, 255))
@settings(max_examples=120, deadline=None)
def test_a_workbook_with_one_byte_changed_is_read_or_refused_never_a_crash(where, byte):
    content = bytearray(workbook(("Code", "Nombre"), ("L-1", 3)))
    content[where % len(content)] = byte
    try:
        assert importing.read(bytes(content), COLUMNS).rows is not None
    except RuleBroken as refusal:
        assert refusal.reasons[0].code in ("list_not_readable", "list_empty")


@given(st.binary(max_size=400))
@settings(max_examples=200, deadline=None)
def test_any_bytes_are_a_list_or_refused(content):
    try:
        assert isinstance(importing.read(content, COLUMNS).problems, list)
    except RuleBroken as refusal:
        assert refusal.reasons[0].code.startswith("list_")


@pytest.mark.parametrize("written", ["-0,1", "-0.1", "\u22120,1", "\u2212 0,1"])
def test_a_number_as_the_pages_write_it_can_be_typed_back(written: str) -> None:
    assert decimal()(written) == Decimal("-0.1")
