"""The sentences about what powder is: its properties, the limits of a specification, its containers and labels."""

from typing import Any

REFUSALS: dict[str, Any] = {}
FACTS: dict[str, Any] = {}
MEANINGS: dict[str, Any] = {}
