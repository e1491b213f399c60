"""A dossier sealed, printed and signed once for all the tests of this folder."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from strate.kernels.sealing import generate_key, sign_checkpoint
from strate.kernels.sealing.manifest import Attachment
from strate.workshop.dossier.document import Issued, SiteKeys, issue_dossier, make_site_certificate
from tests.workshop.dossier.document import sample

FOUNDED = datetime(2026, 1, 5, 8, tzinfo=UTC)


def site_keys() -> SiteKeys:
    return SiteKeys("Atelier Nord", generate_key(), *make_site_certificate("Atelier Nord", at=FOUNDED))


def issue(
    folder: Path, keys: SiteKeys, *, fact_count: int = 40, layer_count: int = 2000, lang: str = "fr"
) -> Issued:
    """What the shop hands over for a production of `fact_count` facts."""
    facts = sample.facts(fact_count)
    told = sample.dossier(facts, layer_count=layer_count)
    sealing = sign_checkpoint(
        chain=sample.CHAIN,
        count=fact_count,
        head=facts[-1].link,
        at=told["seal"]["at"],
        private_pem=keys.private_pem,
    )
    photos = [Attachment.of(f"photo-{d[:8]}.png", "image/png", c) for d, c in sample.PHOTOS.items()]
    return issue_dossier(
        told,
        folder=folder,
        keys=keys,
        chain=sample.CHAIN,
        facts=facts,
        sealing=sealing,
        attachments=photos,
        lang=lang,
    )


@pytest.fixture(scope="session")
def keys() -> SiteKeys:
    return site_keys()


@pytest.fixture(scope="session")
def issued(keys: SiteKeys, tmp_path_factory: pytest.TempPathFactory) -> Issued:
    return issue(tmp_path_factory.mktemp("dossier"), keys)


@pytest.fixture
def pdf(issued: Issued) -> bytes:
    return issued.pdf.read_bytes()


@pytest.fixture
def pdf_file(pdf: bytes, tmp_path: Path) -> Path:
    """A copy of the PDF, free to be spoilt."""
    path = tmp_path / "DF-0042.pdf"
    path.write_bytes(pdf)
    return path
