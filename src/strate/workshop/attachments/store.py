"""The cupboard of files: each written once, in full or not at all, under the digest of what it holds."""

import errno
import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import IO

from django.conf import settings

from strate.workshop.attachments import pictures, rules
from strate.workshop.attachments.rules import Stored
from strate.workshop.journal.refusals import RuleBroken
from strate.workshop.site import queries as site

CHUNK = 1024 * 1024
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def home() -> Path:
    """The folder of the files."""
    folder: Path = settings.STRATE.home / "files"
    return folder


def path_of(digest: str) -> Path:
    """Where the file of this digest lies."""
    if not rules.is_digest(digest):
        raise RuleBroken("no_such_file", digest=digest)
    return home() / digest[:2] / digest[2:4] / digest


def limit_bytes() -> int:
    """The largest file the site accepts."""
    return int(site.value("largest_file_mb")) * CHUNK


def keep(source: "bytes | IO[bytes]", name: str = "", *, untouched: bool = False) -> Stored:
    """Write a file in the cupboard, before the act that speaks of it; a machine's file is kept `untouched`.

    A picture is turned upright, made no larger than 2560 px and freed of where it was taken.
    """
    with _draft() as draft:
        stored = _copy(BytesIO(source) if isinstance(source, bytes) else source, draft, name)
        if not untouched and stored.media_type in rules.PICTURES:
            return _keep_picture(draft, stored)
        _settle(draft, stored.digest)
        return stored


def _keep_picture(draft: IO[bytes], sent: Stored) -> Stored:
    draft.seek(0)
    picture = pictures.cleaned(draft)
    with _draft() as clean:
        stored = _copy(BytesIO(picture.content), clean, sent.name)
        _settle(clean, stored.digest)
    return replace(stored, width=picture.width, height=picture.height, original_digest=sent.digest)


@contextmanager
def _draft() -> Iterator[IO[bytes]]:
    """A file being written: it disappears unless it was settled, and a full disk is one clear refusal."""
    try:
        drafts = home() / ".drafts"
        drafts.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=drafts, delete=False) as draft:
            try:
                yield draft
            finally:
                Path(draft.name).unlink(missing_ok=True)
    except OSError as error:
        if error.errno in NO_ROOM:
            raise RuleBroken("disk_is_full", lifted_by=("admin",)) from error
        raise


def _copy(source: IO[bytes], draft: IO[bytes], name: str) -> Stored:
    digest, size, head = hashlib.sha256(), 0, b""
    limit = limit_bytes()
    while chunk := source.read(CHUNK):
        size += len(chunk)
        if size > limit:
            raise RuleBroken("file_too_large", limit_mb=limit // CHUNK)
        head = head or chunk[: rules.HEAD_BYTES]
        digest.update(chunk)
        draft.write(chunk)
    if not size:
        raise RuleBroken("file_is_empty", file=name or "—")
    draft.flush()
    return Stored(digest.hexdigest(), size, rules.media_type(head, size), clean_name(name))


def _settle(draft: IO[bytes], digest: str) -> None:
    """Made durable, then given its name in one step: nobody ever sees half a file."""
    final = path_of(digest)
    draft.flush()
    os.fsync(draft.fileno())
    final.parent.mkdir(parents=True, exist_ok=True)
    Path(draft.name).chmod(0o440)
    Path(draft.name).replace(final)
    for folder in (final.parent, final.parent.parent, home()):
        _fsync_folder(folder)


def _fsync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def clean_name(name: str) -> str:
    """The last part of the name, without what could deceive a browser or a file system."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(c for c in last if c.isprintable() and c not in '<>:"|?*').strip(". ")[:200]


def digest_of(path: Path) -> str:
    """The digest of what a file holds now."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()
