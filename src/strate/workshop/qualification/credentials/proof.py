"""The proof on a certificate: one changed digit and it is refused (W3C Data Integrity, `eddsa-rdfc-2022`)."""

import hashlib
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from pyld import jsonld

from strate.workshop.qualification.credentials import multikey
from strate.workshop.qualification.credentials.terms import KNOWN

SUITE = "eddsa-rdfc-2022"
PROOF = {"type", "cryptosuite", "created", "verificationMethod", "proofPurpose", "proofValue"}

# What the canonical form keeps as a name.
ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s]*$")


class Altered(ValueError):
    """The certificate is not what its issuer signed, or was signed by another key than the one expected."""


def signed(credential: Mapping[str, Any], private_pem: bytes, *, at: datetime) -> dict[str, Any]:
    """The credential with its proof, by the key of its issuer."""
    key = multikey.read_private(private_pem)
    options = {
        "type": "DataIntegrityProof",
        "cryptosuite": SUITE,
        "created": moment(at),
        "verificationMethod": multikey.method_of(multikey.did_of(private_pem)),
        "proofPurpose": "assertionMethod",
    }
    value = multikey.base58(key.sign(_hashed(credential, options)))
    return {**credential, "proof": {**options, "proofValue": f"z{value}"}}


def verify(credential: Mapping[str, Any], *, issuer: str) -> None:
    """Refuse (`Altered`) a credential that this issuer (a did:key) did not sign word for word."""
    proof = credential.get("proof")
    if not isinstance(proof, Mapping) or proof.get("cryptosuite") != SUITE:
        raise Altered("no proof of a kind known here")
    if _issuer_of(credential) != issuer or proof.get("verificationMethod") != multikey.method_of(issuer):
        raise Altered("signed by another key than the one expected")
    unsigned = {key: value for key, value in credential.items() if key != "proof"}
    options = {key: value for key, value in proof.items() if key != "proofValue"}
    text = str(proof.get("proofValue", ""))
    try:
        signature = multikey.from_base58(text.removeprefix("z"))
        multikey.public_key_of(issuer).verify(signature, _hashed(unsigned, options))
        _must_say_nothing_unsigned(unsigned, proof)
    except Altered:
        raise
    # JSON-LD is read from hostile hands: a wrong word shows as anything from JsonLdError to AttributeError.
    except Exception as error:
        raise Altered("what is written is not what was signed") from error


def moment(at: datetime) -> str:
    """A moment as certificates write it: UTC, to the second."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def canonical(document: Mapping[str, Any]) -> str:
    """What is signed: the statements of the document, sorted and spelled out (RDFC-1.0, the name URDNA2015 took)."""
    options = {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": _ours}
    return str(jsonld.normalize(dict(document), options))


def _hashed(document: Mapping[str, Any], options: Mapping[str, Any]) -> bytes:
    """The digest of the options, then that of the document, both read with the document's own words."""
    options = {"@context": document.get("@context"), **options}
    return b"".join(hashlib.sha256(canonical(each).encode()).digest() for each in (options, document))


def _ours(url: str, _options: Any = None) -> dict[str, Any]:
    """The meaning of words comes from here, never from the network."""
    if url not in KNOWN:
        raise Altered(f"words of {url} are not known here")
    return {
        "contentType": "application/ld+json",
        "contextUrl": None,
        "documentUrl": url,
        "document": KNOWN[url],
    }


def _issuer_of(credential: Mapping[str, Any]) -> str:
    issuer = credential.get("issuer")
    return str(issuer.get("id", "") if isinstance(issuer, Mapping) else issuer)


def _must_say_nothing_unsigned(value: Mapping[str, Any], proof: Mapping[str, Any]) -> None:
    """A word without a meaning would be read by people and signed by nobody."""
    shown = jsonld.expand(dict(value), {"documentLoader": _ours})
    words = {key: each for key, each in value.items() if key != "@context"}
    # A context of their own would give our words another meaning; so would the words of the language itself.
    texts = [*_listed(value["@context"]), *proof.values()]
    plain = all(isinstance(each, str) for each in texts) and set(proof) == PROOF and _is_plain(words)
    if not plain or _count(words) != _count_expanded(shown):
        raise Altered("something is written that was not signed")


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _is_plain(value: Any) -> bool:
    if isinstance(value, Mapping):
        return not any(key.startswith("@") for key in value) and _is_plain([*value.values()])
    return not isinstance(value, list) or all(_is_plain(each) for each in value)


def _count(value: Any) -> int:
    """How many values the JSON shows; what is empty is one, for its name is read all the same."""
    if isinstance(value, Mapping | list):
        inside = value.values() if isinstance(value, Mapping) else value
        return sum(_count(each) for each in inside) if value else 1
    return 1


def _count_expanded(value: Any) -> int:
    """How many of them mean something: a name that is no address is left out of what is signed."""
    if isinstance(value, Mapping):
        names = [*_listed(value.get("@type", [])), *_listed(value.get("@id", []))]
        if "@value" not in value and not all(ADDRESS.match(each) for each in names):
            raise Altered("something is written that was not signed")
        return 1 if "@value" in value or not value else sum(_count_expanded(each) for each in value.values())
    if isinstance(value, list):
        return sum(_count_expanded(each) for each in value) if value else 1
    return 1
