"""A signed milestone of the journal: how many facts there were, and the fingerprint of them all."""

from dataclasses import asdict, dataclass
from typing import Any

from strate.kernels.sealing import keys

KIND = "strate-checkpoint+jws"


@dataclass(frozen=True)
class Checkpoint:
    """`count` facts of `chain` end in the link `head`; `at` is an ISO 8601 UTC time given by the caller."""

    chain: str
    count: int
    head: str
    at: str
    key_id: str


def sign_checkpoint(*, chain: str, count: int, head: str, at: str, private_pem: bytes) -> str:
    """The checkpoint as a compact JWS that any JOSE tool can check."""
    key_id = keys.fingerprint(keys.public_key(private_pem))
    return keys.sign(asdict(Checkpoint(chain, count, head, at, key_id)), private_pem, kind=KIND)


def verify_checkpoint(jws: str, public_pem: str) -> Checkpoint:
    """The checkpoint, or BadSignature."""
    payload: Any = keys.verify(jws, public_pem, kind=KIND)
    try:
        checkpoint = Checkpoint(**payload)
    except TypeError as error:
        raise keys.BadSignature("signed, but not a checkpoint") from error
    texts = (checkpoint.chain, checkpoint.head, checkpoint.at, checkpoint.key_id)
    if not all(isinstance(text, str) for text in texts) or type(checkpoint.count) is not int:
        raise keys.BadSignature("signed, but not a checkpoint")
    if checkpoint.key_id != keys.fingerprint(public_pem):
        raise keys.BadSignature("the checkpoint names another key than the one that signed it")
    return checkpoint
