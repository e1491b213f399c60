"""A file that waits between its dry run and its confirmation, kept for a day under its own digest."""

import hashlib
import re
import time
from pathlib import Path

from django.conf import settings

from strate.workshop.journal.refusals import RuleBroken

KEPT_S = 24 * 3600


def keep(content: bytes) -> str:
    """Keep the file; gives its digest. Files nobody confirmed since yesterday go."""
    folder = _folder()
    for old in folder.glob("*"):
        if old.stat().st_mtime < time.time() - KEPT_S:
            old.unlink(missing_ok=True)
    digest = hashlib.sha256(content).hexdigest()
    (folder / digest).write_bytes(content)
    return digest


def take(digest: str) -> bytes:
    """The file that was checked, byte for byte."""
    path = _folder() / digest if re.fullmatch(r"[0-9a-f]{64}", digest) else None
    content = path.read_bytes() if path and path.exists() else b""
    if hashlib.sha256(content).hexdigest() != digest:
        raise RuleBroken("list_changed")
    return content


def _folder() -> Path:
    folder = Path(settings.STRATE.home) / "lists"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
