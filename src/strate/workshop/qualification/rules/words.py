"""What is said of a person's evaluation stays in the room's table; the journal keeps its digest."""

import hashlib


def digest_of(words: str) -> str:
    """What stands in an entry for words that can be forgotten."""
    return hashlib.sha256(words.strip().encode()).hexdigest()
