"""How the tests of the house read it: its files as git sees them, and its code as trees."""

import ast
import subprocess
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "strate"
WORKSHOP = PACKAGE / "workshop"


@cache
def files() -> tuple[Path, ...]:
    """Every file that is, or is about to be, in the repository."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, check=True,
    )  # fmt: skip
    names = listed.stdout.decode().split("\0")
    return tuple(sorted(path for name in set(names) if name and (path := ROOT / name).is_file()))


def under(folder: str, *suffixes: str) -> list[Path]:
    """The files of a folder that end in one of these."""
    top = ROOT / folder
    return [p for p in files() if p.is_relative_to(top) and p.suffix in suffixes]


def name(path: Path) -> str:
    """A path as a failure shows it."""
    return str(path.relative_to(ROOT))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def code() -> list[Path]:
    """The Python files of the product; migrations are written by Django."""
    return [p for p in under("src/strate", ".py") if "migrations" not in p.parts]


def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    """Every call of a file by the last name of what is called: `act` for actions.act(...)."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            called = node.func
            if isinstance(called, ast.Attribute):
                yield called.attr, node
            elif isinstance(called, ast.Name):
                yield called.id, node


def constants(node: ast.expr | None) -> list[str]:
    """The texts an argument may be: itself, or both sides of `a if b else c`."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.IfExp):
        return [*constants(node.body), *constants(node.orelse)]
    return []


def keyword(call: ast.Call, wanted: str) -> ast.expr | None:
    return next((k.value for k in call.keywords if k.arg == wanted), None)


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """The modules a file imports when it runs, by line; what only a type checker reads ties nothing."""
    unread = {id(n) for node in ast.walk(tree(path)) if _for_types(node) for n in ast.walk(node)}
    for node in ast.walk(tree(path)):
        if id(node) in unread:
            continue
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.lineno, node.module
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def _for_types(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def room_of(path: Path) -> str:
    """The room a file belongs to; empty outside the workshop."""
    return path.relative_to(WORKSHOP).parts[0] if path.is_relative_to(WORKSHOP) else ""


def must_be_empty(problems: Iterable[str]) -> None:
    """Fails with every problem on its own line, and nothing else to read."""
    if found := sorted(set(problems)):
        pytest.fail(f"{len(found)}:\n" + "\n".join(found), pytrace=False)
