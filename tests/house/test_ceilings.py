"""Ceilings: every code base without one grew one giant file per layer."""

import ast

from tests.house import exceptions
from tests.house.reading import ROOT, WORKSHOP, files, must_be_empty, name, room_of, tree, under

FILE_LINES, FUNCTION_LINES, TEMPLATE_LINES = 300, 40, 120
TEMPLATE_COLUMNS = 200


def lines(path):
    return len(path.read_text(encoding="utf-8").splitlines())


def widest(path):
    return max((len(line) for line in path.read_text(encoding="utf-8").splitlines()), default=0)


def written_by_hand():
    folders = ("src", "tests", "tools", "benchmarks")
    found = [p for folder in folders for p in under(folder, ".py", ".js", ".css", ".sh", ".typ")]
    return [p for p in found if "migrations" not in p.parts]


def test_no_file_is_longer_than_three_hundred_lines():
    too_long = [
        f"{name(p)}: {lines(p)} lines"
        for p in written_by_hand()
        if lines(p) > FILE_LINES and name(p) not in exceptions.LONG_FILES
    ]
    must_be_empty(too_long)


def test_no_function_is_longer_than_forty_lines():
    too_long = []
    for path in (p for p in written_by_hand() if p.suffix == ".py"):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                # The signature of a verb has one field of its form a line: what is counted is what it does.
                first = node.body[0].lineno
                length = (node.end_lineno or first) - first + 1
                where = f"{name(path)}:{node.name}"
                if length > FUNCTION_LINES and where not in exceptions.LONG_FUNCTIONS:
                    too_long.append(f"{where}: {length} lines")
    must_be_empty(too_long)


def test_no_template_is_longer_than_a_hundred_and_twenty_lines():
    too_long = [
        f"{name(p)}: {lines(p)} lines"
        for p in under("src", ".html")
        if lines(p) > TEMPLATE_LINES and name(p) not in exceptions.LONG_TEMPLATES
    ]
    must_be_empty(too_long)


def test_no_line_of_a_template_is_wider_than_two_hundred_characters():
    too_wide = [
        f"{name(p)}: a line of {widest(p)} characters"
        for p in under("src", ".html")
        if widest(p) > TEMPLATE_COLUMNS and name(p) not in exceptions.LONG_TEMPLATE_LINES
    ]
    must_be_empty(too_wide)


def test_a_room_has_the_floors_of_every_room_and_little_else():
    odd = []
    for path in files():
        if room_of(path) and len(path.relative_to(WORKSHOP).parts) > 1:
            room, floor = path.relative_to(WORKSHOP).parts[:2]
            floor = floor.split(".")[0]
            known = exceptions.FLOORS | exceptions.ORGANS
            if floor not in known and f"{room}/{floor}" not in exceptions.OTHER_FILES:
                odd.append(f"{room}/{floor}: neither floor nor organ (tests/house/exceptions.py)")
    must_be_empty(odd)


def test_every_exception_still_exists_and_is_still_needed():
    stale = [key for key in exceptions.OTHER_FILES if not list(WORKSHOP.glob(f"{key}*"))]
    for ceiling, table in ((FILE_LINES, exceptions.LONG_FILES), (TEMPLATE_LINES, exceptions.LONG_TEMPLATES)):
        stale += [key for key in table if not (ROOT / key).exists() or lines(ROOT / key) <= ceiling]
    wide = exceptions.LONG_TEMPLATE_LINES
    stale += [key for key in wide if not (ROOT / key).exists() or widest(ROOT / key) <= TEMPLATE_COLUMNS]
    must_be_empty(stale)


def test_a_module_opens_by_saying_what_it_is_for():
    silent = []
    for path in under("src/strate", ".py"):
        said = ast.get_docstring(tree(path)) or ""
        if path.read_text().strip() and "migrations" not in path.parts and not said:
            silent.append(f"{name(path)}: no docstring")
    must_be_empty(silent)
