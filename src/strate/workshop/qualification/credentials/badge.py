"""A certificate as an Open Badge 3.0: what was achieved, by whom (a number), proven by digests alone."""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from strate.workshop.qualification.credentials import revocation
from strate.workshop.qualification.credentials.proof import moment
from strate.workshop.qualification.credentials.terms import OB3, VC2

SHA256 = b"\x12\x20"


@dataclass(frozen=True)
class Outcome:
    """What the jury decided of one competence, in the words of the reference."""

    code: str
    title: str
    word: str


@dataclass(frozen=True)
class Proven:
    """A paper that proves, by its SHA-256: the paper itself never travels in the certificate."""

    name: str
    sha256: str


@dataclass(frozen=True)
class Achieved:
    """Everything a certificate says; `candidate` is a number that says nothing of the person."""

    number: str
    name: str
    description: str
    kind: str
    code: str
    criteria: str
    framework: str
    framework_sha256: str
    candidate: str
    issuer: str
    issuer_name: str
    outcomes: Sequence[Outcome]
    proven: Sequence[Proven]
    since: datetime
    until: datetime | None = None
    list_address: str = ""
    position: int = 0


def open_badge(achieved: Achieved) -> dict[str, Any]:
    """The credential, not signed yet."""
    made: dict[str, Any] = {
        "@context": [VC2, OB3],
        "id": _urn(achieved, "credential"),
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": achieved.name,
        "description": achieved.description,
        "issuer": {"id": achieved.issuer, "type": ["Profile"], "name": achieved.issuer_name},
        "validFrom": moment(achieved.since),
        "credentialSubject": _subject(achieved),
        "evidence": [_evidence(achieved, each) for each in achieved.proven],
    }
    if achieved.until is not None:
        made["validUntil"] = moment(achieved.until)
    if achieved.list_address:
        made["credentialStatus"] = revocation.entry(achieved.list_address, achieved.position)
    return {key: value for key, value in made.items() if value != []}


def _subject(achieved: Achieved) -> dict[str, Any]:
    holder = {
        "type": "IdentityObject",
        "hashed": False,
        "identityHash": achieved.candidate,
        "identityType": "identifier",
    }
    return {
        "id": f"urn:uuid:{uuid5(NAMESPACE_URL, f'candidate/{achieved.issuer}/{achieved.candidate}')}",
        "type": ["AchievementSubject"],
        "identifier": [holder],
        "achievement": _achievement(achieved),
        "result": [_result(achieved, each) for each in achieved.outcomes],
    }


def _achievement(achieved: Achieved) -> dict[str, Any]:
    made: Mapping[str, Any] = {
        "id": _urn(achieved, f"achievement/{achieved.framework_sha256}/{achieved.code}"),
        "type": ["Achievement"],
        "achievementType": achieved.kind,
        "name": achieved.name,
        "description": achieved.description,
        "humanCode": achieved.code,
        "inLanguage": "fr",
        "criteria": {"narrative": achieved.criteria},
        "alignment": [_alignment(achieved, each) for each in achieved.outcomes],
        "resultDescription": [_described(achieved, each) for each in achieved.outcomes],
    }
    return {key: value for key, value in made.items() if value not in ("", [])}


def _alignment(achieved: Achieved, outcome: Outcome) -> dict[str, Any]:
    target = f"competence/{achieved.framework_sha256}/{outcome.code}"
    return {
        "type": ["Alignment"],
        "targetCode": outcome.code,
        "targetName": outcome.title,
        "targetFramework": achieved.framework,
        "targetType": "CFItem",
        "targetUrl": f"urn:uuid:{uuid5(NAMESPACE_URL, target)}",
    }


def _described(achieved: Achieved, outcome: Outcome) -> dict[str, Any]:
    return {
        "id": _urn(achieved, f"result/{outcome.code}"),
        "type": ["ResultDescription"],
        "name": outcome.title,
        "resultType": "Status",
    }


def _result(achieved: Achieved, outcome: Outcome) -> dict[str, Any]:
    return {
        "type": ["Result"],
        "resultDescription": _urn(achieved, f"result/{outcome.code}"),
        "status": "Completed",
        "value": outcome.word,
    }


def _evidence(achieved: Achieved, proven: Proven) -> dict[str, Any]:
    return {
        "id": _urn(achieved, f"evidence/{proven.sha256}"),
        "type": ["Evidence"],
        "name": proven.name,
        "digestMultibase": _multibase(proven.sha256),
    }


def _multibase(sha256: str) -> str:
    return "u" + base64.urlsafe_b64encode(SHA256 + bytes.fromhex(sha256)).decode().rstrip("=")


def _urn(achieved: Achieved, part: str) -> str:
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'{achieved.issuer}/{achieved.number}/{part}')}"
