"""The site's signing key, and the fingerprint by which people recognise it."""

import base64
import binascii
import hashlib
from typing import Any

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from strate.kernels.sealing.canonical import NotCanonical, canonical, read_canonical


class BadSignature(ValueError):
    """A signed text was altered, or was not signed by the key expected."""


def generate_key() -> bytes:
    """A new Ed25519 private key, as PEM; it is the caller's duty to keep it readable by the service alone."""
    return Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def public_key(private_pem: bytes) -> str:
    """The public half, as PEM, free to give to anyone."""
    key = _private(private_pem).public_key()
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode("ascii")


def fingerprint(public_pem: str) -> str:
    """SHA-256 of the DER public key: what `openssl pkey -pubin -outform DER | sha256sum` prints."""
    der = _public(public_pem).public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return hashlib.sha256(der).hexdigest()


def same_fingerprint(given: str, key_id: str) -> bool:
    """Whether a fingerprint typed by a person (spaces, colons, capitals) is this key's, in full."""
    return "".join(c for c in given.lower() if c in "0123456789abcdefghijklmnopqrstuvwxyz") == key_id


def sign(payload: Any, private_pem: bytes, *, kind: str) -> str:
    """A compact JWS (RFC 7515, EdDSA) over the canonical payload; `kind` says what it is."""
    key = _private(private_pem)
    head = canonical({"alg": "EdDSA", "kid": fingerprint(public_key(private_pem)), "typ": kind})
    signed = f"{_to_base64(head)}.{_to_base64(canonical(payload))}"
    return f"{signed}.{_to_base64(key.sign(signed.encode('ascii')))}"


def verify(jws: str, public_pem: str, *, kind: str) -> Any:
    """The payload of a JWS signed by this key, or BadSignature."""
    expected_head = {"alg": "EdDSA", "kid": fingerprint(public_pem), "typ": kind}
    try:
        head, payload, signature = jws.split(".")
        _public(public_pem).verify(_from_base64(signature), f"{head}.{payload}".encode("ascii"))
        if read_canonical(_from_base64(head)) != expected_head:
            raise BadSignature("signed by another key or for another purpose")
        return read_canonical(_from_base64(payload))
    except (InvalidSignature, NotCanonical, ValueError) as error:
        raise BadSignature(str(error) or "the signature does not match") from error


def _private(pem: bytes) -> Ed25519PrivateKey:
    key = load_pem_private_key(pem, password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise BadSignature("not an Ed25519 private key")
    return key


def _public(pem: str) -> Ed25519PublicKey:
    try:
        key = load_pem_public_key(pem.encode("utf-8"))
    except (ValueError, UnsupportedAlgorithm) as error:
        raise BadSignature("not a public key") from error
    if not isinstance(key, Ed25519PublicKey):
        raise BadSignature("not an Ed25519 public key")
    return key


def _to_base64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def _from_base64(text: str) -> bytes:
    try:
        data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError) as error:
        raise BadSignature("not base64url") from error
    # Base64 leaves spare bits in its last letter: a flip there must be seen as well.
    if _to_base64(data) != text:
        raise BadSignature("not base64url in its one form")
    return data
