"""One way only to write a fact down, so that the same fact always has the same fingerprint."""

import hashlib
import json
import math
from typing import Any

import rfc8785


class NotCanonical(ValueError):
    """The thing cannot be written as canonical JSON; `path` says where in it."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


def canonical(obj: Any) -> bytes:
    """The RFC 8785 bytes of plain JSON; a Decimal or a time must already be a string or an integer."""
    try:
        return rfc8785.dumps(obj)
    except (rfc8785.CanonicalizationError, UnicodeError, ValueError, TypeError, RecursionError) as error:
        refuse_what_is_not_json(obj, "$", 0)
        raise NotCanonical("$", str(error)) from error


def digest(data: bytes) -> str:
    """The fingerprint (SHA-256, hexadecimal) of some bytes."""
    return hashlib.sha256(data).hexdigest()


def read_canonical(data: bytes) -> Any:
    """Parse bytes and refuse any that are not the one canonical way to write what they say."""
    try:
        obj = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise NotCanonical("$", f"not JSON: {error}") from error
    if canonical(obj) != data:
        raise NotCanonical("$", "JSON, but not in canonical form")
    return obj


DEEPEST = 100
LARGEST_INTEGER = 2**53 - 1


def refuse_what_is_not_json(obj: Any, path: str, depth: int) -> None:
    """Raise at the exact place where something is not JSON."""
    if depth > DEEPEST:
        raise NotCanonical(path, f"nested deeper than {DEEPEST} levels")
    if isinstance(obj, (list, tuple)):
        for index, item in enumerate(obj):
            refuse_what_is_not_json(item, f"{path}[{index}]", depth + 1)
    elif isinstance(obj, dict):
        for key, value in obj.items():
            if not isinstance(key, str):
                raise NotCanonical(path, f"key {key!r} is a {type(key).__name__}, not a string")
            refuse_lone_surrogates(key, path)
            refuse_what_is_not_json(value, f"{path}.{key}", depth + 1)
    elif obj is not None and not isinstance(obj, bool):
        _refuse_value(obj, path)


def _refuse_value(obj: Any, path: str) -> None:
    if isinstance(obj, str):
        refuse_lone_surrogates(obj, path)
    elif isinstance(obj, int):
        if abs(obj) > LARGEST_INTEGER:
            raise NotCanonical(path, f"integer {obj} does not fit JSON's 53 bits: give it as a string")
    elif isinstance(obj, float):
        if not math.isfinite(obj):
            raise NotCanonical(path, f"{obj} is not a JSON number")
    else:
        raise NotCanonical(path, f"a {type(obj).__name__} is not JSON: give it as a string or an integer")


def refuse_lone_surrogates(text: str, path: str) -> None:
    """Half a character cannot be written in UTF-8."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise NotCanonical(path, "text holding half a character (lone surrogate)") from error
