"""The site's own signature on the pages (PAdES), which any PDF reader shows."""

import io
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from pyhanko.keys import load_certs_from_pemder_data, load_private_key_from_pemder_data
from pyhanko.pdf_utils.extensions import DeveloperExtension
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

LIFETIME = timedelta(days=365 * 25)
FIELD = "Strate"


class ArchiveWriter(IncrementalPdfFileWriter):
    """Adds the signature and nothing else: an archive (PDF/A-3) stays PDF 1.7, described as printed.

    pyHanko would write the description again in a form that PDF/A does not know, and declare PDF 2.0 for the
    curve P-256, which readers of PDF 1.7 have long accepted.
    """

    def _update_meta(self) -> None:
        self._meta.last_modified = None

    def ensure_output_version(self, version: tuple[int, int]) -> None:
        super().ensure_output_version(min(version, (1, 7)))

    def register_extension(self, ext: DeveloperExtension) -> None:
        if str(ext.base_version) != "/2.0":
            super().register_extension(ext)


def make_site_certificate(name: str, *, at: datetime) -> tuple[bytes, bytes]:
    """A new EC P-256 key and its self-signed certificate, both PEM: (key_pem, cert_pem)."""
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name[:64] or "Strate")])
    usage = x509.KeyUsage(True, True, *[False] * 7)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - timedelta(hours=1))
        .not_valid_after(at + LIFETIME)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .sign(key, SHA256())
    )
    key_pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return key_pem, certificate.public_bytes(Encoding.PEM)


def sign_pdf(pdf: bytes, *, key_pem: bytes, cert_pem: bytes, reason: str, location: str = "") -> bytes:
    """The PDF with a PAdES signature covering all of it; nothing may be added afterwards."""
    signer = signers.SimpleSigner(
        signing_cert=next(iter(load_certs_from_pemder_data(cert_pem))),
        signing_key=load_private_key_from_pemder_data(key_pem, passphrase=None),
        cert_registry=SimpleCertificateStore(),
    )
    settings = signers.PdfSignatureMetadata(
        field_name=FIELD,
        reason=reason,
        location=location or None,
        subfilter=fields.SigSeedSubFilter.PADES,
        md_algorithm="sha256",
        certify=True,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
    )
    out = io.BytesIO()
    signers.sign_pdf(ArchiveWriter(io.BytesIO(pdf)), settings, signer=signer, output=out)
    return out.getvalue()
