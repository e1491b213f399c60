"""The keys a site signs its dossiers with: made once, readable by the service alone."""

import os
from functools import cache
from pathlib import Path

from django.conf import settings

from strate.workshop.dossier.document import SiteKeys, make_site_certificate
from strate.workshop.journal import checkpoints, clock
from strate.workshop.site import queries as site

CERTIFICATE = b"-----BEGIN CERTIFICATE-----"


def certificate_path() -> Path:
    """Key and certificate in one file, so that a power cut never leaves one without the other."""
    path: Path = settings.STRATE.home / "keys" / "dossier.p256.pem"
    return path


def site_keys() -> SiteKeys:
    """What signs the data (the journal's own key) and the pages (the site's document certificate)."""
    key, certificate = _document_keys()
    return SiteKeys(str(site.value("name")), checkpoints.site_key(), key, certificate)


@cache
def _document_keys() -> tuple[bytes, bytes]:
    path = certificate_path()
    if not path.exists():
        _make(path)
    both = path.read_bytes()
    at = both.index(CERTIFICATE)
    return both[:at], both[at:]


def _make(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    key, certificate = make_site_certificate(str(site.value("name")), at=clock.now())
    fresh = path.with_suffix(f".{os.getpid()}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(key + certificate)
        file.flush()
        os.fsync(file.fileno())
    # The web server and the worker may come here at once: the first link wins, both read the same.
    try:
        os.link(fresh, path)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
