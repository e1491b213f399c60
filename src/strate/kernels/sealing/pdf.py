"""A sealed PDF checked by anyone: the pages are the ones signed, and the data inside tells the same story."""

import io
import logging
import zlib
from hashlib import sha256
from pathlib import Path

import pikepdf
from asn1crypto.cms import ContentInfo  # type: ignore[import-untyped]  # it ships no types
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from strate.kernels.sealing.bundle import LARGEST_MANIFEST, MANIFEST, SIGNATURE
from strate.kernels.sealing.canonical import digest
from strate.kernels.sealing.verdict import Manifest, NotADossier, Verdict, judge, read_manifest

LARGEST_PDF = 1 << 30
MOST_EMBEDDED = 10_000
SHA256 = {"algorithm": "sha256", "parameters": None}


def verify_pdf(path: Path, *, key: str | None = None) -> Verdict:
    """Check a PDF dossier: the data embedded in it, its attachments, and its own signature (PAdES)."""
    if path.stat().st_size > LARGEST_PDF:
        raise NotADossier("too_large", size=path.stat().st_size)
    data = path.read_bytes()
    verdict = Verdict()
    try:
        embedded = _embedded(data)
    # qpdf reads hostile bytes: a broken name or object shows as anything from PdfError to AttributeError.
    except Exception as error:
        if MANIFEST.encode() not in data:
            raise NotADossier("unreadable_pdf", reason=str(error)[:200]) from error
        verdict.found("altered_document")
        return verdict
    if MANIFEST not in embedded:
        raise NotADossier("pdf_without_dossier")
    manifest = read_manifest(embedded[MANIFEST], verdict)
    if manifest is not None:
        contents = {digest(content): len(content) for content in embedded.values()}
        signature = embedded[SIGNATURE].decode("utf-8", "replace") if SIGNATURE in embedded else None
        apart = [entry for entry in manifest.attachments if entry["digest"] not in contents]
        if apart:
            verdict.remarked("attachments_apart", count=len(apart))
            manifest.attachments[:] = [entry for entry in manifest.attachments if entry not in apart]
        judge(manifest, signature, lambda name: (name, contents[name]), key, verdict)
    _judge_pages(data, manifest, verdict)
    return verdict


def _embedded(data: bytes) -> dict[str, bytes]:
    """The embedded files by name, each unpacked no further than the largest dossier allowed."""
    files: dict[str, bytes] = {}
    left = LARGEST_MANIFEST
    with pikepdf.open(io.BytesIO(data)) as document:
        for name, spec in document.attachments.items():
            stream = spec.obj.EF.F
            raw = stream.read_raw_bytes()
            filters = stream.get("/Filter")
            if filters in (pikepdf.Name.FlateDecode, pikepdf.Array([pikepdf.Name.FlateDecode])):
                unpacker = zlib.decompressobj()
                raw = unpacker.decompress(raw, left + 1)
            elif filters is not None:
                raise ValueError(f"embedded file packed with {filters}")
            left -= len(raw)
            if left < 0 or len(files) >= MOST_EMBEDDED:
                raise ValueError("more embedded than a dossier may hold")
            files[name] = raw
    return files


def _judge_pages(data: bytes, manifest: Manifest | None, verdict: Verdict) -> None:
    logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
    logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)
    try:
        status, certificate = _first_signature(data)
        plain = status is not None and _is_plainly_written(data)
    # pyHanko parses hostile bytes and may raise anything; whatever it is, the pages are then not proved.
    except Exception as error:
        verdict.found("altered_document", reason=f"{type(error).__name__}: {error}"[:200])
        return
    if status is None or certificate is None:
        verdict.found("unsigned_document")
    elif not (status.intact and status.valid and plain):
        verdict.found("altered_document")
    elif status.coverage is not SignatureCoverageLevel.ENTIRE_FILE:
        verdict.found("document_changed_after_signature")
    elif manifest is not None and manifest.certificate is not None and manifest.certificate != certificate:
        verdict.found("document_signed_by_another", certificate=certificate)
    else:
        verdict.said("pages_hold", certificate=certificate)
        if manifest is None or manifest.certificate is None:
            verdict.remarked("certificate_to_recognise", certificate=certificate)


def _first_signature(data: bytes) -> tuple[PdfSignatureStatus | None, str | None]:
    """How the site's signature stands, and the SHA-256 of the certificate it was made with."""
    reader = PdfFileReader(io.BytesIO(data))
    signatures = reader.embedded_regular_signatures
    if not signatures:
        return None, None
    signature = signatures[0]
    certificate = signature.signer_cert
    if certificate is None:
        raise PdfError("the signature holds no certificate")
    trust = ValidationContext(trust_roots=[certificate], allow_fetching=False)
    status = validate_pdf_signature(signature, signer_validation_context=trust)
    return status, sha256(certificate.dump()).hexdigest()


def _is_plainly_written(data: bytes) -> bool:
    """Whether the place of the signature, which it cannot cover itself, holds nothing else."""
    signature = PdfFileReader(io.BytesIO(data)).embedded_regular_signatures[0]
    _, before, after, _ = (int(number) for number in signature.byte_range)
    told = signature.signed_data
    (signer,) = told["signer_infos"]
    written = (
        (told["version"].native, signer["version"].native) == ("v1", "v1")
        and told["digest_algorithms"].native == [SHA256]
        and signer["digest_algorithm"].native == SHA256
        and told["encap_content_info"].native == {"content_type": "data", "content": None}
        and told["crls"].native is None
        and signer["unsigned_attrs"].native is None
        and [cert.chosen.issuer.dump() for cert in told["certificates"]]
        == [signer["sid"].chosen["issuer"].dump()]
    )
    content = ContentInfo({"content_type": "signed_data", "content": told}).dump(force=True)
    room = after - before - 2
    return written and data[before:after] == b"<" + content.hex().upper().ljust(room, "0").encode() + b">"


def certificate_fingerprint(certificate_pem: bytes) -> str:
    """What `openssl x509 -outform DER | sha256sum` prints: `Site.document_certificate`."""
    certificate = x509.load_pem_x509_certificate(certificate_pem)
    if not isinstance(certificate.public_key(), ec.EllipticCurvePublicKey):
        raise ValueError("the document certificate of a site is on the curve P-256")
    return digest(certificate.public_bytes(Encoding.DER))
