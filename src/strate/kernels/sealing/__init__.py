"""The seal: what was written down is proved unchanged by anyone, offline, without the shop's database."""

from strate.kernels.sealing.canonical import NotCanonical, canonical, digest
from strate.kernels.sealing.chain import Entry, Mark, genesis, link, seal, verify_chain
from strate.kernels.sealing.checkpoint import Checkpoint, sign_checkpoint, verify_checkpoint
from strate.kernels.sealing.findings import Finding
from strate.kernels.sealing.keys import BadSignature, fingerprint, generate_key, public_key

__all__ = [
    "BadSignature",
    "Checkpoint",
    "Entry",
    "Finding",
    "Mark",
    "NotCanonical",
    "canonical",
    "digest",
    "fingerprint",
    "generate_key",
    "genesis",
    "link",
    "public_key",
    "seal",
    "sign_checkpoint",
    "verify_chain",
    "verify_checkpoint",
]
