"""The site's key and its signed checkpoints."""

import base64
import hashlib
import json
import random

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key

from strate.kernels.sealing import BadSignature, fingerprint, generate_key, public_key
from strate.kernels.sealing import sign_checkpoint as sign
from strate.kernels.sealing import verify_checkpoint as verify
from strate.kernels.sealing.keys import same_fingerprint
from strate.kernels.sealing.keys import sign as sign_anything

HEAD = "ab" * 32
KEY = generate_key()
SIGNED = sign(chain="site", count=12, head=HEAD, at="2026-11-22T10:00:00Z", private_pem=KEY)


def test_a_checkpoint_is_read_back_by_whoever_has_the_public_key():
    checkpoint = verify(SIGNED, public_key(KEY))
    assert (checkpoint.chain, checkpoint.count, checkpoint.head) == ("site", 12, HEAD)
    assert checkpoint.key_id == fingerprint(public_key(KEY))


def test_any_tool_that_knows_jws_can_check_it():
    head, payload, signature = SIGNED.split(".")

    def decoded(part: str) -> bytes:
        return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))

    assert json.loads(decoded(head))["alg"] == "EdDSA"
    load_pem_public_key(public_key(KEY).encode()).verify(decoded(signature), f"{head}.{payload}".encode())


def test_the_fingerprint_is_the_one_openssl_prints():
    der = load_pem_public_key(public_key(KEY).encode()).public_bytes(
        Encoding.DER, PublicFormat.SubjectPublicKeyInfo
    )
    assert fingerprint(public_key(KEY)) == hashlib.sha256(der).hexdigest()


def test_every_letter_of_a_checkpoint_matters():
    dice = random.Random(3)
    for at in range(len(SIGNED)):
        other = dice.choice([c for c in "ABCxyz019-_.é" if c != SIGNED[at]])
        with pytest.raises(BadSignature):
            verify(SIGNED[:at] + other + SIGNED[at + 1 :], public_key(KEY))


def test_another_site_s_key_is_refused():
    with pytest.raises(BadSignature):
        verify(SIGNED, public_key(generate_key()))


def test_a_signature_made_for_something_else_is_not_a_checkpoint():
    other = sign_anything({"dossier": HEAD}, KEY, kind="strate-dossier+jws")
    with pytest.raises(BadSignature):
        verify(other, public_key(KEY))


@pytest.mark.parametrize(
    "payload", [{}, [], "x", {"chain": 1, "count": "1", "head": 2, "at": 3, "key_id": 4}]
)
def test_a_signed_text_that_is_no_checkpoint_is_refused(payload):
    with pytest.raises(BadSignature):
        verify(sign_anything(payload, KEY, kind="strate-checkpoint+jws"), public_key(KEY))


def test_a_key_of_another_kind_is_refused():
    pem = generate_private_key(SECP256R1()).public_key()
    text = pem.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    for key in (text, "", "no key", "\ud800"):
        with pytest.raises(BadSignature):
            verify(SIGNED, key)


def test_a_fingerprint_may_be_typed_with_spaces_and_capitals_but_never_in_part():
    known = fingerprint(public_key(KEY))
    typed = ":".join(known[i : i + 2] for i in range(0, 64, 2)).upper()
    assert same_fingerprint(typed, known) and same_fingerprint(f" {known} ", known)
    assert not same_fingerprint(known[:32], known) and not same_fingerprint("", known)
