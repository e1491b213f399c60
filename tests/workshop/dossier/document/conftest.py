"""A dossier sealed, printed and signed once for all the tests of this folder."""

from pathlib import Path
from typing import NamedTuple

import pytest

from strate.kernels.sealing import generate_key, sign_checkpoint
from strate.kernels.sealing.manifest import Attachment, Sealed, Site, seal_dossier
from strate.kernels.sealing.pdf import certificate_fingerprint
from strate.workshop.dossier.document import Attached, make_site_certificate, render_pdf, sign_pdf
from tests.workshop.dossier.document import sample


class Issued(NamedTuple):
    """What the shop hands over."""

    site: Site
    sealed: Sealed
    pages: bytes
    pdf: bytes
    key_pem: bytes
    cert_pem: bytes


def issue(*, fact_count: int = 40, lang: str = "fr", layer_count: int = 2000) -> Issued:
    key_pem, cert_pem = make_site_certificate("Atelier Nord")
    site = Site("Atelier Nord", generate_key(), document_certificate=certificate_fingerprint(cert_pem))
    facts = sample.facts(fact_count)
    told = sample.dossier(facts, layer_count=layer_count)
    checkpoint = sign_checkpoint(
        chain=sample.CHAIN,
        count=fact_count,
        head=facts[-1].link,
        at=told["seal"]["at"],
        private_pem=site.private_pem,
    )
    photos = [Attachment.of(f"photo-{d[:8]}.png", "image/png", c) for d, c in sample.PHOTOS.items()]
    sealed = seal_dossier(
        told, site=site, chain=sample.CHAIN, facts=facts, sealing=checkpoint, attachments=photos
    )
    told["seal"]["key_id"] = sealed.key_id
    inside = [
        Attached("dossier.json", "application/json", sealed.manifest),
        Attached("signature.jws", "application/jose", sealed.signature.encode()),
    ]
    pages = render_pdf(told, lang=lang, attachments=inside, photos=sample.PHOTOS)
    pdf = sign_pdf(pages, key_pem=key_pem, cert_pem=cert_pem, reason=told["title"])
    return Issued(site, sealed, pages, pdf, key_pem, cert_pem)


@pytest.fixture(scope="session")
def issued() -> Issued:
    return issue()


@pytest.fixture
def pdf_file(issued: Issued, tmp_path: Path) -> Path:
    path = tmp_path / "DF-0042.pdf"
    path.write_bytes(issued.pdf)
    return path
