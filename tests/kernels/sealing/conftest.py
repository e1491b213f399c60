"""A sealed dossier of an invented shop."""

from pathlib import Path

import pytest

from strate.kernels.sealing import generate_key, sign_checkpoint
from strate.kernels.sealing.bundle import write_bundle
from strate.kernels.sealing.manifest import Attachment, Sealed, Site, seal_dossier
from tests.kernels.sealing.shop import CHAIN, journal

FACTS = journal(60, sealed_only=frozenset(range(22, 50, 3)))
PHOTO = Attachment.of("plateau vu de dessus.png", "image/png", bytes(range(256)) * 8)
SUMMARY = {"title": "DF-0042 · Support de carter", "parts": [{"serial": "SC-0042-1"}]}


@pytest.fixture(scope="session")
def site() -> Site:
    return Site("Atelier Nord", generate_key())


def sealed_by(site: Site, **changes) -> Sealed:
    """The dossier of facts 21 to 50; `changes` replace what seal_dossier is given."""

    def checkpoint(count: int) -> str:
        head = FACTS[count - 1].link
        at = "2026-11-22T10:00:00.000000Z"
        return sign_checkpoint(chain=CHAIN, count=count, head=head, at=at, private_pem=site.private_pem)

    told = {
        "chain": CHAIN,
        "facts": FACTS[20:50],
        "opening": checkpoint(20),
        "sealing": checkpoint(50),
        "attachments": [PHOTO],
    }
    return seal_dossier(SUMMARY, site=site, **{**told, **changes})


@pytest.fixture
def bundle(site: Site, tmp_path: Path) -> Path:
    path = tmp_path / "DF-0042.dossier.zip"
    write_bundle(path, sealed_by(site), site=site, document=b"%PDF-1.7 the pages of the dossier")
    return path
