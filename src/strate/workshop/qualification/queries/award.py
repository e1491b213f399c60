"""Certificates: what was issued, what was withdrawn, what one would say."""

from datetime import date
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.db.models import Max

from strate.workshop.journal import clock
from strate.workshop.journal.refusals import NotFound, Reason
from strate.workshop.people import queries as people
from strate.workshop.qualification import issuing
from strate.workshop.qualification.credentials import withdrawn_list
from strate.workshop.qualification.models import Award, BlockInReference, CandidateFile, Case, Reference
from strate.workshop.qualification.models.jury import CLOSED
from strate.workshop.qualification.queries import centre, files, holding, ruling
from strate.workshop.qualification.rules import award as rules
from strate.workshop.site import queries as site

# Said in French in what travels: the certificate is French, whoever prints it.
INTERNAL_WARNING = "Attestation interne, sans valeur de CQPM"
LIST_ADDRESS_KEY = "withdrawn.address"


def award(number: str) -> Award:
    """A certificate by its number or reference."""
    found = Award.objects.select_related("file__reference").filter(number=number.removeprefix("certificate:"))
    one = found.first()
    if one is None:
        raise NotFound("no_such_certificate", certificate=number)
    return one


def awards() -> list[Award]:
    return list(Award.objects.select_related("file__reference")[:500])


def one_of(of: CandidateFile, kind: str, scope: str) -> Award | None:
    """The certificate of this kind already issued for a file, and not withdrawn."""
    return Award.objects.filter(file=of, kind=kind, scope=scope, revoked_on=None).first()


def last_case(of: CandidateFile) -> Case | None:
    """The last case in which a jury decided for this file, its minutes signed by all."""
    found = Case.objects.select_related("jury__minutes").filter(file=of, jury__state=CLOSED)
    return found.exclude(decided_at=None).order_by("-decided_at").first()


def blocks(of: CandidateFile) -> list[BlockInReference]:
    """The blocks a file is for."""
    names = {each.block for each in files.scope(of)}
    return [use for use in of.reference.blocks.select_related("block") if use.name in names]


def needed(of: CandidateFile, use: BlockInReference) -> list[str]:
    """The competences of one block, as far as the file is for them."""
    return [each.id for each in files.scope(of) if each.block == use.name]


def block_stands(of: CandidateFile, use: BlockInReference, *, on: date) -> tuple[list[Reason], date | None]:
    """Why the certificate of a block may not be issued after the jury of this day; else until when it counts."""
    asked, kept = needed(of, use), holding.held_by(of, on=on)
    completed_on = max((kept[each].on for each in asked if each in kept), default=on)
    registered = ruling.registered(of.reference.code)
    reasons = rules.block(
        use.block.title,
        code=use.block.code,
        needed=asked,
        kept=kept,
        registered=registered,
        on=completed_on,
    )
    years = int(ruling.one("retention_block_years").value)
    return reasons, rules.block_kept_until(completed_on, years=years, registered=registered)


def next_position() -> int:
    """The place of the next certificate in the list of those withdrawn; two at once: the database refuses one."""
    return int(Award.objects.aggregate(last=Max("position"))["last"] or 0) + 1


def factory_name() -> str:
    return str(site.value("name"))


def admissibility(reference: Reference) -> str:
    """What the reference itself says of how it is awarded."""
    return str(reference.content.get("admissibilite", {}).get("texte", reference.title))


def list_address(did: str) -> str:
    """Where the list of what was withdrawn is read: where the centre publishes it, else a name of its own."""
    told = centre.plain_value(LIST_ADDRESS_KEY)
    return str(told) if told else f"urn:uuid:{uuid5(NAMESPACE_URL, f'{did}/withdrawn')}"


def withdrawn(did: str, pem: bytes) -> dict[str, Any]:
    """The signed list of an issuer, as of now."""
    positions = Award.objects.filter(issuer=did).exclude(revoked_on=None).values_list("position", flat=True)
    return withdrawn_list(pem, address=list_address(did), withdrawn=list(positions), at=clock.now())


def lists() -> dict[str, dict[str, Any]]:
    """Both lists, by issuer: the centre's (when it has a key) and the factory's."""
    did, pem = issuing.factory_key()
    found = {"factory": withdrawn(did, pem)}
    if issuing.has_centre_key():
        did, _centre, pem = issuing.centre_key()
        found["centre"] = withdrawn(did, pem)
    return found


def known_elsewhere(made: Award) -> list[Any]:
    """What the people room keeps of a certificate awarded here."""
    return people.awarded(made.number)
