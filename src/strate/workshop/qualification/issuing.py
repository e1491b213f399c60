"""The keys certificates are signed with: the centre's; the factory's signs internal attestations only."""

import os
from functools import cache
from pathlib import Path

from django.conf import settings

from strate.kernels.sealing.keys import generate_key
from strate.workshop.journal import checkpoints
from strate.workshop.journal.refusals import RuleBroken
from strate.workshop.qualification.credentials import did_of
from strate.workshop.qualification.models import IssuerKey


def _path(did: str) -> Path:
    """Where the private half of a centre's key lies."""
    path: Path = settings.STRATE.home / "keys" / f"centre-{did.removeprefix('did:key:')}.ed25519.pem"
    return path


def keep(pem: bytes) -> str:
    """Lay a private key where the service alone reads it; returns its public name."""
    did = did_of(pem)
    path = _path(did)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(f".{os.getpid()}")
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(pem)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    return did


def made() -> bytes:
    """A new private key."""
    return generate_key()


def has_centre_key() -> bool:
    return IssuerKey.objects.filter(until=None).exists()


def centre_key() -> tuple[str, str, bytes]:
    """The centre's key in use: its public name, whose it is, its private half; refused while there is none."""
    used = IssuerKey.objects.filter(until=None).first()
    if used is None:
        raise RuleBroken("issuer_key_missing", lifted_by=("centre",))
    return used.did, used.centre, _read(used.did)


@cache
def _read(did: str) -> bytes:
    path = _path(did)
    if not path.exists():
        raise RuleBroken("issuer_key_lost", did=did, lifted_by=("centre",))
    return path.read_bytes()


def factory_key() -> tuple[str, bytes]:
    """The factory's own key: it signs internal attestations and nothing else."""
    pem = checkpoints.site_key()
    return did_of(pem), pem
