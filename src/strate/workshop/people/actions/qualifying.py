"""Qualifying: somebody was tested on a machine model with a material, until when, and what ends it early."""

from dataclasses import asdict, dataclass
from datetime import date

from django.utils.timezone import localdate

from strate.workshop.doors.texts import Code, Number, Sentence, Title, Word
from strate.workshop.journal.actions import act
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Refused, RuleBroken
from strate.workshop.people import queries, registry, rules
from strate.workshop.people.models import Certification, OperatorQualification
from strate.workshop.people.roles import permit


def qualify(
    *,
    by: Actor,
    person: Code,
    machine_model: Title,
    material: Code,
    abilities: list[Word],
    theory_on: date | None = None,
    theory_examiner: Title = "",
    practice_on: date | None = None,
    practice_examiner: Title = "",
    vision_on: date | None = None,
    scheme: Word = "ISO/ASTM 52942",
    edition: Word = "2020",
    process: Word = "PBF-LB/M",
    issued_on: date | None = None,
    expires_on: date | None = None,
) -> OperatorQualification:
    """Qualify somebody for a machine model and a material, for two years by default; signed, never for oneself.

    A qualification for the same model and material that is still there is renewed by this one, and stays readable.
    """
    permit(by, "people.qualify")
    who = queries.person(person)
    with act("people.qualified", by=by, meaning="qualified") as done:
        today = localdate(done.happened_at)
        begins = issued_on or today
        ends = expires_on or rules.last_day(begins)
        days = {"theory_on": theory_on, "practice_on": practice_on, "vision_on": vision_on}
        found = [rules.own_business(by.person, who.pk), rules.dates_in_disorder(begins, ends)]
        reasons = [r for r in found if r] + rules.tested_in_disorder(**days, issued_on=begins, today=today)
        if reasons:
            raise Refused(reasons)
        _must_be_known(abilities)
        scope = {"machine_model": machine_model.strip(), "material": rules.bare(material.strip())}
        _must_be_written(**scope)
        before = OperatorQualification.objects.filter(person=who, renewals=None, **scope).last()
        given = OperatorQualification.objects.create(
            person=who,
            scheme=scheme,
            edition=edition,
            process=process,
            abilities=sorted(set(abilities)),
            theory_examiner=theory_examiner,
            practice_examiner=practice_examiner,
            issued_on=begins,
            expires_on=ends,
            renews=before,
            granted_by=by.person,
            **scope,
            **days,
        )
        told = {"scheme": scheme, "abilities": given.abilities, "issued_on": begins, "expires_on": ends}
        done.tell(who, **scope, **told, **days, renews=before is not None)
    return given


def disqualify(*, by: Actor, qualification: Number, reason: Sentence) -> OperatorQualification:
    """Take a qualification away today: long absence, repeated faults, a test that was not honest (ISO/ASTM 52942)."""
    permit(by, "people.qualify")
    given = queries.qualification(qualification)
    if not reason.strip():
        raise RuleBroken("reason_missing")
    with act("people.disqualified", by=by, reason=reason) as done:
        if given.disqualified_on:
            raise RuleBroken("already_disqualified", on=given.disqualified_on)
        given.disqualified_on, given.reason = localdate(done.happened_at), reason[:200]
        given.save(update_fields=["disqualified_on", "reason"])
        done.tell(given, machine_model=given.machine_model, material=given.material)
    return given


@dataclass(frozen=True)
class Certificate:
    """What a certificate says of itself."""

    reference: str
    title: str
    body: str
    awarded_on: date
    block: str = ""
    number: str = ""
    expires_on: date | None = None
    proof: str = ""


def record_certification(
    *,
    by: Actor,
    person: Code,
    reference: Word,
    title: Title,
    body: Title,
    awarded_on: date,
    block: Word = "",
    number: Word = "",
    expires_on: date | None = None,
    proof: Word = "",
) -> Certification:
    """Write down a certificate somebody brings from elsewhere, with the digest of its proof; never one's own."""
    permit(by, "people.qualify")
    told = Certificate(reference, title, body, awarded_on, block, number, expires_on, proof)
    return _certify(by, "people.certification_recorded", person, told, here=False)


def award_certification(*, by: Actor, person: str, certificate: Certificate) -> Certification:
    """Keep a certificate a jury has awarded here; called inside the act of the room that awards."""
    return _certify(by, "people.certification_awarded", person, certificate, here=True)


def _certify(by: Actor, what: str, person: str, told: Certificate, *, here: bool) -> Certification:
    who = queries.person(person)
    _must_be_written(reference=told.reference, title=told.title, body=told.body)
    if reason := rules.own_business(by.person, who.pk):
        raise Refused([reason])
    with act(what, by=by) as done:
        values = asdict(told)
        given = Certification.objects.create(person=who, awarded_here=here, granted_by=by.person, **values)
        done.tell(who, **values)
    return given


def withdraw_certification(*, by: Actor, certification: Number, reason: Sentence) -> Certification:
    """A certificate turned out to be false or was withdrawn by who awarded it: it counts no more."""
    permit(by, "people.qualify")
    given = queries.certification(certification)
    if not reason.strip():
        raise RuleBroken("reason_missing")
    with act("people.certification_withdrawn", by=by, reason=reason) as done:
        given.withdrawn, given.reason = True, reason[:200]
        given.save(update_fields=["withdrawn", "reason"])
        done.tell(f"person:{given.person_id}", reference=given.reference, title=given.title)
    return given


def _must_be_known(abilities: list[str]) -> None:
    if not abilities:
        raise RuleBroken("ability_missing")
    for each in abilities:
        if each not in registry.abilities():
            raise RuleBroken("no_such_ability", ability=each)


def _must_be_written(**values: str) -> None:
    for name, value in values.items():
        if not value.strip():
            raise RuleBroken("field_missing", field=name)
