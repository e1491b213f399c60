"""Signed heads of the chain, kept in the database and outside it, so that a cut tail shows."""

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from strate.kernels.sealing import keys
from strate.kernels.sealing.checkpoint import sign_checkpoint
from strate.workshop.journal import clock, rules
from strate.workshop.journal.models import ChainHead, Checkpoint

EVERY = 1000


def key_path() -> Path:
    """Where the site's signing key lies; losing it loses no fact, giving it away does harm."""
    path: Path = settings.STRATE.home / "keys" / "site.ed25519.pem"
    return path


@cache
def site_key() -> bytes:
    """The site's private key, made the first time it is needed."""
    path = key_path()
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(f".{os.getpid()}")
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(keys.generate_key())
        # Two processes starting at once must agree on one key: the first link wins.
        try:
            os.link(fresh, path)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_bytes()


def public_key() -> str:
    """The half everybody may have."""
    return keys.public_key(site_key())


def sign_head(head: ChainHead, why: str) -> Checkpoint:
    """Sign the chain as it stands; called inside the act that has just added to it."""
    at = clock.now()
    jws = sign_checkpoint(
        chain=head.chain, count=head.seq, head=head.link, at=rules.stamp(at), private_pem=site_key()
    )
    made = Checkpoint.objects.create(chain=head.chain, seq=head.seq, link=head.link, at=at, why=why, jws=jws)
    transaction.on_commit(lambda: _keep_outside({"seq": head.seq, "why": why, "jws": jws}))
    return made


def outside_path() -> Path:
    """The copy kept beside the database: worth something once it lies elsewhere (another disk, a printed page)."""
    path: Path = settings.STRATE.home / "checkpoints.jsonl"
    return path


def kept_outside() -> list[str]:
    """The signed heads of the copy outside the database, oldest first; a line that cannot be read is kept as it is."""
    path, found = outside_path(), []
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines() if path.exists() else ():
        try:
            found.append(str(json.loads(line)["jws"]))
        except (ValueError, KeyError, TypeError, RecursionError):
            found.append(line)
    return found


def _keep_outside(line: dict[str, Any]) -> None:
    with outside_path().open("a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")
        file.flush()
        os.fsync(file.fileno())
