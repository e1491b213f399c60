"""The name of a key: `did:key:z6Mk…`, which anyone turns back into the key without asking anybody."""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key

ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
# Multicodec « ed25519-pub », before the 32 bytes of the key.
ED25519 = b"\xed\x01"
PREFIX = "did:key:"
# A signature takes 88 signs; reading takes the square of the length.
LONGEST = 100


class NotAKey(ValueError):
    """What was given is not an Ed25519 key, or not one written as a did:key."""


def base58(data: bytes) -> str:
    """Bytes as base58 (Bitcoin's alphabet): nothing to confuse when copied by hand."""
    number, text = int.from_bytes(data), ""
    while number:
        number, rest = divmod(number, 58)
        text = ALPHABET[rest] + text
    return "1" * (len(data) - len(data.lstrip(b"\0"))) + text


def from_base58(text: str) -> bytes:
    """The bytes of a base58 text."""
    number = 0
    if len(text) > LONGEST:
        raise NotAKey("too long for a key or a signature")
    for sign in text:
        digit = ALPHABET.find(sign)
        if digit < 0:
            raise NotAKey(f"{sign!r} is not base58")
        number = number * 58 + digit
    body = number.to_bytes((number.bit_length() + 7) // 8)
    return b"\0" * (len(text) - len(text.lstrip("1"))) + body


def read_private(pem: bytes) -> Ed25519PrivateKey:
    """The private key of a PEM, refused when it is of another kind."""
    try:
        key = load_pem_private_key(pem, password=None)
    except (ValueError, TypeError) as error:
        raise NotAKey("not a private key that can be read") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise NotAKey("not an Ed25519 private key")
    return key


def did_of(private_pem: bytes) -> str:
    """The public name of a private key."""
    raw = read_private(private_pem).public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return f"{PREFIX}z{base58(ED25519 + raw)}"


def method_of(did: str) -> str:
    """The verification method that a proof names."""
    return f"{did}#{did.removeprefix(PREFIX)}"


def public_key_of(did: str) -> Ed25519PublicKey:
    """The key that a did:key names."""
    text = did.partition("#")[0]
    if not text.startswith(f"{PREFIX}z"):
        raise NotAKey(f"{did!r} is not a did:key")
    data = from_base58(text.removeprefix(f"{PREFIX}z"))
    if not data.startswith(ED25519) or len(data) != len(ED25519) + 32:
        raise NotAKey(f"{did!r} does not name an Ed25519 key")
    return Ed25519PublicKey.from_public_bytes(data[len(ED25519) :])
