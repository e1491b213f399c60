"""Reading YAML with care: numbers stay as they were written, « yes » stays a word, each thing keeps its line."""

import re
from typing import Any

import yaml

from strate.workshop.journal.refusals import RuleBroken

SIZE_LIMIT = 400_000
DEPTH_LIMIT = 12
Path = tuple[str | int, ...]
Lines = dict[Path, int]


class _Plain(yaml.SafeLoader):
    """Only true, false, whole numbers and nothing are more than words: 19.50 stays 19.50, 12:30 stays 12:30."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            # A text of ten lines whose aliases repeat each other a billion times is not a procedure.
            raise yaml.MarkedYAMLError(problem="alias", problem_mark=self.peek_event().start_mark)
        return super().compose_node(parent, index)


_Plain.yaml_implicit_resolvers = {}
_Plain.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(true|false)$"), list("tf"))
_Plain.add_implicit_resolver(
    "tag:yaml.org,2002:int", re.compile(r"^-?(0|[1-9]\d{0,14})$"), list("-0123456789")
)
_Plain.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(~|null|)$"), ["~", "n", ""])


def load(text: str) -> tuple[dict[str, Any], Lines]:
    """What the text says, and the line of each thing in it."""
    if len(text) > SIZE_LIMIT:
        raise RuleBroken("sheet_too_long", limit=SIZE_LIMIT)
    try:
        loader = _Plain(text)
    except yaml.YAMLError as problem:
        # A sign that cannot be printed: the reader stops before its first line.
        raise RuleBroken("sheet_not_readable", line=1) from problem
    try:
        root = loader.get_single_node()
        lines: Lines = {}
        _walk(root, (), lines)
        sheet = loader.construct_document(root) if root is not None else None
    except (yaml.YAMLError, ValueError, TypeError, AttributeError, RecursionError) as problem:
        mark = getattr(problem, "problem_mark", None)
        raise RuleBroken("sheet_not_readable", line=mark.line + 1 if mark else 1) from problem
    finally:
        loader.dispose()
    if not isinstance(sheet, dict):
        raise RuleBroken("sheet_not_readable", line=1)
    return tidy(sheet), lines


def _walk(node: Any, path: Path, lines: Lines) -> None:
    """Remember where each thing is written; a name given twice is refused at its second line."""
    if node is None:
        return
    lines[path] = node.start_mark.line + 1
    if len(path) > DEPTH_LIMIT:
        raise RuleBroken("sheet_not_readable", line=lines[path])
    if isinstance(node, yaml.MappingNode):
        seen = set()
        for key, value in node.value:
            name = str(key.value)
            if name in seen:
                raise RuleBroken("sheet_key_twice", line=key.start_mark.line + 1, field=name)
            seen.add(name)
            _walk(value, (*path, name), lines)
            lines[(*path, name)] = key.start_mark.line + 1
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            _walk(value, (*path, index), lines)


def tidy(card: dict[str, Any]) -> dict[str, Any]:
    """A step as it is kept: numbers as written (never binary fractions), nothing but JSON."""
    return {str(key): _plain(value) for key, value in card.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    if value is None or isinstance(value, bool | int | str):
        return value
    return str(value)
