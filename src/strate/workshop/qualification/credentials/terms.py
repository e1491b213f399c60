"""What each word of a certificate means: the web addresses behind the words we use, and no others.

Whoever checks a certificate reads it with the published contexts (W3C, 1EdTech). We write with these few words of
our own, which say the same of every word we use; a test compares both readings. See docs/decisions/0012.
"""

from typing import Any

VC2 = "https://www.w3.org/ns/credentials/v2"
OB3 = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
SCHEMA, XSD = "https://schema.org/", "http://www.w3.org/2001/XMLSchema#"
# The published context of 1EdTech types some addresses with the other spelling of XSD.
XSD_TLS = "https://www.w3.org/2001/XMLSchema#"
CRED, SEC = "https://www.w3.org/2018/credentials#", "https://w3id.org/security#"
STATUS, OB = "https://www.w3.org/ns/credentials/status#", "https://purl.imsglobal.org/spec/vc/ob/vocab.html#"
COMMON = {"id": "@id", "type": "@type"}


def typed(address: str, kind: str, **more: str) -> dict[str, str]:
    return {"@id": address, "@type": kind, **more}


def several(address: str) -> dict[str, str]:
    return {"@id": address, "@container": "@set"}


def a(address: str, **words: Any) -> dict[str, Any]:
    """A kind of thing, with the words that are only known inside it."""
    return {"@id": address, "@context": {**COMMON, **words}}


def here(vocabulary: str, *words: str) -> dict[str, str]:
    """Words whose address ends with the word itself."""
    return {word: vocabulary + word for word in words}


_PROOF = {
    "created": typed("http://purl.org/dc/terms/created", XSD + "dateTime"),
    "cryptosuite": typed(SEC + "cryptosuite", SEC + "cryptosuiteString"),
    "assertionMethod": SEC + "assertionMethod",
    "proofPurpose": typed(SEC + "proofPurpose", "@vocab"),
    "verificationMethod": typed(SEC + "verificationMethod", "@id"),
}
_CREDENTIAL = {
    **{word: typed(CRED + word, "@id") for word in ("credentialStatus", "credentialSubject")},
    **{word: typed(CRED + word, "@id") for word in ("evidence", "issuer")},
    **{word: typed(CRED + word, XSD + "dateTime") for word in ("validFrom", "validUntil")},
}
_STATUS_ENTRY = {
    **here(STATUS, "statusListIndex", "statusPurpose"),
    "statusListCredential": typed(STATUS + "statusListCredential", "@id"),
}
_STATUS_LIST = {
    **here(STATUS, "statusPurpose"),
    "encodedList": typed(STATUS + "encodedList", SEC + "multibase"),
}
CREDENTIALS = {
    "@context": {
        **COMMON,
        **here(SCHEMA, "name", "description"),
        "digestMultibase": typed(SEC + "digestMultibase", SEC + "multibase"),
        "VerifiableCredential": a(CRED + "VerifiableCredential", **_CREDENTIAL),
        "BitstringStatusListCredential": STATUS + "BitstringStatusListCredential",
        "BitstringStatusList": a(STATUS + "BitstringStatusList", **_STATUS_LIST),
        "BitstringStatusListEntry": a(STATUS + "BitstringStatusListEntry", **_STATUS_ENTRY),
        "DataIntegrityProof": a(SEC + "DataIntegrityProof", **_PROOF),
    }
}
_ACHIEVEMENT = {
    **here(OB, "achievementType", "humanCode"),
    "criteria": typed(OB + "Criteria", "@id"),
    "alignment": several(OB + "alignment"),
    "resultDescription": several(OB + "resultDescription"),
    "inLanguage": SCHEMA + "inLanguage",
}
_ALIGNMENT = {
    **here(SCHEMA, "targetFramework", "targetName"),
    **here(OB, "targetCode", "targetType"),
    "targetUrl": typed(SCHEMA + "targetUrl", XSD_TLS + "anyURI"),
}
_SUBJECT = {
    **here(OB, "achievement"),
    "identifier": several(OB + "identifier"),
    "result": several(OB + "result"),
}
_IDENTITY = {
    **here(OB, "identityHash", "identityType"),
    "hashed": typed(OB + "hashed", XSD_TLS + "boolean"),
}
_RESULT = {
    **here(OB, "status"),
    "resultDescription": typed(OB + "resultDescription", XSD_TLS + "anyURI"),
    "value": SCHEMA + "value",
}
BADGES = {
    "@context": {
        **COMMON,
        **here(SCHEMA, "name", "description"),
        **here(OB, "OpenBadgeCredential", "Evidence", "Profile", "narrative"),
        "Achievement": a(OB + "Achievement", **_ACHIEVEMENT),
        "AchievementSubject": a(OB + "AchievementSubject", **_SUBJECT),
        "Alignment": a(SCHEMA + "AlignmentObject", **_ALIGNMENT),
        "IdentityObject": a(OB + "IdentityObject", **_IDENTITY),
        "Result": a(OB + "Result", **_RESULT),
        "ResultDescription": a(OB + "ResultDescription", **here(OB, "resultType")),
    }
}
KNOWN: dict[str, dict[str, Any]] = {VC2: CREDENTIALS, OB3: BADGES}
