"""What the lists of procedures and gestures share: their length, and what narrows them."""

from collections.abc import Iterable, Mapping
from typing import Any

PAGE = 50


def narrowed_by(
    name: str, label: str, choices: Iterable[tuple[str, Any]], asked: Mapping[str, str]
) -> dict[str, Any]:
    """A choice beside the words looked for: by kind, by family, by state."""
    return {"name": name, "label": label, "choices": list(choices), "asked": asked[name]}
