"""The sentences of qualification: of the file, of the evaluation, of the jury and of the award."""

from typing import Any

from strate.workshop.qualification.wording import award, candidate, evaluation, jury, texts

PARTS: tuple[Any, ...] = (texts, candidate, evaluation, jury, award)


def _gathered(name: str) -> dict[str, Any]:
    """The table of this name, from every part that has one."""
    words: dict[str, Any] = {}
    for part in PARTS:
        words.update(getattr(part, name, {}))
    return words


REFUSALS = _gathered("REFUSALS")
FACTS = _gathered("FACTS")
MEANINGS = _gathered("MEANINGS")
NOTICES = _gathered("NOTICES")
CHOICES = _gathered("CHOICES")
FIELDS = _gathered("FIELDS")
