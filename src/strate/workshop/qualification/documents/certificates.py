"""What the certificates say: the whole, a block of it, or an attestation that is worth no certificate."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from strate.workshop.people.queries import name_of
from strate.workshop.qualification.credentials import Outcome
from strate.workshop.qualification.documents.papers import Paper, Part, data, day, in_house_words
from strate.workshop.qualification.models import CandidateFile, Jury


@in_house_words
def certificate(
    kind: str,
    of: CandidateFile,
    *,
    number: str,
    name: str,
    code: str,
    issuer: str,
    outcomes: Sequence[Outcome],
    jury: Jury | None,
    minutes_sha256: str,
    issued_on: date,
    until: date | None,
    credential: dict[str, Any],
) -> Paper:
    """A certificate of one page, its Open Badge inside."""
    internal = kind == "attestation"
    facts = [(_("Certificate"), name), *([(_("Code"), code)] if code else [])]
    facts += [(_("Candidate number"), of.number)]
    facts += [(_("Reference"), f"{of.reference.code} · {of.reference.version}")]
    facts += _decided(jury, minutes_sha256)
    facts.append((_("Certificate issued on"), day(issued_on)))
    if until is not None:
        facts.append((_("Kept until"), day(until)))
    rows = [[f"{each.code} · {each.title}", each.word] for each in outcomes]
    parts = [
        Part("facts", "", facts),
        Part("table", _("Competences"), rows, [_("Competence"), _("Decision")]),
    ]
    if internal:
        parts.insert(0, Part("text", "", [_("Internal attestation, worth no CQPM.")]))
    parts.append(
        Part("text", "", [_("The signed certificate (Open Badge 3.0) travels inside this document.")])
    )
    mark = _("Internal attestation, worth no CQPM") if internal else ""
    attached = [data("credential.json", credential)]
    return Paper(kind, number, _title(kind), name_of(of.person), issuer, parts, mark, attached)


def _decided(jury: Jury | None, minutes_sha256: str) -> list[tuple[str, str]]:
    if jury is None:
        return []
    return [(_("Decided by the jury of"), day(jury.held_on)), (_("Digest of the minutes"), minutes_sha256)]


def _title(kind: str) -> str:
    if kind == "attestation":
        return _("Internal attestation")
    if kind == "block_certificate":
        return _("Certificate of a block of competences")
    return _("Certificate of professional qualification")
