"""The list of certificates withdrawn: a static file, one bit for each certificate (Bitstring Status List 1.0)."""

import base64
import gzip
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from strate.workshop.qualification.credentials.multikey import did_of
from strate.workshop.qualification.credentials.proof import moment, signed
from strate.workshop.qualification.credentials.terms import VC2

# The least the standard allows: one certificate hides among so many.
BITS = 131_072
PURPOSE = "revocation"
MOST_BYTES = BITS


def entry(address: str, position: int) -> dict[str, str]:
    """What a certificate says of where its withdrawal would be read."""
    return {
        "id": f"{address}#{position}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": PURPOSE,
        "statusListIndex": str(position),
        "statusListCredential": address,
    }


def withdrawn_list(
    private_pem: bytes, *, address: str, withdrawn: Iterable[int], at: datetime
) -> dict[str, Any]:
    """The signed list, to be laid where certificates say it lies."""
    unsigned = {
        "@context": [VC2],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": did_of(private_pem),
        "validFrom": moment(at),
        "credentialSubject": {
            "id": f"{address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": PURPOSE,
            "encodedList": encoded(withdrawn),
        },
    }
    return signed(unsigned, private_pem, at=at)


def encoded(withdrawn: Iterable[int]) -> str:
    """The bits, the first one leftmost, compressed and written as multibase base64url."""
    bits = bytearray(BITS // 8)
    for position in withdrawn:
        bits[position // 8] |= 0x80 >> (position % 8)
    packed = gzip.compress(bytes(bits), mtime=0)
    return "u" + base64.urlsafe_b64encode(packed).decode().rstrip("=")


def is_withdrawn(listed: Mapping[str, Any], position: int) -> bool:
    """Whether the list (its proof checked before) says that this certificate was withdrawn."""
    text = str(listed["credentialSubject"]["encodedList"]).removeprefix("u")
    bits = gzip.decompress(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    return bool(bits[position // 8] & (0x80 >> (position % 8)))
