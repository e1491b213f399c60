"""A check that is silenced says why, beside it; what no checker reads is not silenced at all."""

import ast
import io
import re
import tokenize
import tomllib
from collections.abc import Iterator
from pathlib import Path

from tests.house.reading import ROOT, must_be_empty, name, tree, under

SILENCES = re.compile(
    r"#\s*(?:noqa\b(?::\s*[A-Z]+\d+(?:\s*,\s*[A-Z]+\d+)*)?|type:\s*ignore(?:\[[\w, -]*\])?"
    r"|isort:\s*skip|pragma:\s*no cover|nosec\b\S*|mypy:\s*\S+)"
)
FOR_TYPES = re.compile(r"type:\s*ignore")
SKIPS = frozenset(["skip", "skipif", "xfail", "importorskip"])
SAYS_SOMETHING = re.compile(r"[^\W\d_]{4,}")


def code_of_all() -> list[Path]:
    folders = ("src", "tests", "tools", "benchmarks")
    return [p for folder in folders for p in under(folder, ".py") if "migrations" not in p.parts]


def comments(path: Path) -> dict[int, tuple[str, bool]]:
    """The comments of a file by line, and whether they stand alone on it."""
    source = path.read_text(encoding="utf-8")
    return {
        token.start[0]: (token.string, not token.line[: token.start[1]].strip())
        for token in tokenize.generate_tokens(io.StringIO(source).readline)
        if token.type == tokenize.COMMENT
    }


def has_reason(line: int, said: dict[int, tuple[str, bool]]) -> bool:
    """On the line itself, behind what silences; or alone on the line above."""
    beside = SILENCES.sub("", said.get(line, ("", False))[0])
    above, alone = said.get(line - 1, ("", False))
    return bool(SAYS_SOMETHING.search(beside)) or (
        alone and bool(SAYS_SOMETHING.search(SILENCES.sub("", above)))
    )


def broad(node: ast.AST) -> bool:
    """An except that takes whatever comes."""
    if not isinstance(node, ast.ExceptHandler):
        return False
    caught = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
    return any(
        each is None or (isinstance(each, ast.Name) and each.id in ("Exception", "BaseException"))
        for each in caught
    )


def skips_without_words(path: Path) -> Iterator[int]:
    """Tests left out without saying what is missing."""
    for node in ast.walk(tree(path)):
        if not (
            isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in SKIPS
        ):
            continue
        if "pytest" not in ast.unparse(node.func):
            continue
        words = [*node.args[:1], *(k.value for k in node.keywords if k.arg in ("reason", "msg"))]
        told = (
            words[-1:]
            if node.func.attr in ("skip", "importorskip")
            else [k for k in words if k not in node.args]
        )
        if not any(SAYS_SOMETHING.search(ast.unparse(each)) for each in told):
            yield node.lineno


def test_a_silenced_check_has_its_reason_beside_it():
    bare = []
    for path in code_of_all():
        said = comments(path)
        silenced = [line for line, (text, _) in said.items() if SILENCES.search(text)]
        # The reason of a broad except may also open what it does.
        caught = [n for n in ast.walk(tree(path)) if broad(n)]
        silenced += [
            n.lineno for n in caught if not has_reason(n.lineno + 1, said) or n.lineno + 1 not in said
        ]
        silenced += skips_without_words(path)
        bare += [f"{name(path)}:{line}" for line in silenced if not has_reason(line, said)]
    must_be_empty(bare)


def test_types_are_silenced_only_where_they_are_checked():
    checked = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["mypy"]["files"]
    read = {
        path for pattern in checked for found in ROOT.glob(pattern) for path in [found, *found.rglob("*.py")]
    }
    must_be_empty(
        f"{name(path)}:{line} mypy does not read this file"
        for path in code_of_all()
        if path not in read
        for line, (text, _) in comments(path).items()
        if FOR_TYPES.search(text)
    )
