"""The three records that let a person act, how each stands today, and the one gate that reads them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from strate.workshop.journal import witnesses
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.questions import Question
from strate.workshop.journal.refusals import NotFound, Reason
from strate.workshop.people import registry, rules
from strate.workshop.people.models import Authorisation, Certification, Demand, OperatorQualification, Person
from strate.workshop.people.queries.who import person_or_gone
from strate.workshop.people.roles import AUTHORISATIONS
from strate.workshop.people.rules import Asked, Certified, Held, Qualified
from strate.workshop.site import queries as site

AUTHORISATION, QUALIFICATION, CERTIFICATION = "authorisation", "qualification", "certification"
_AUTHORISATIONS = Question(lambda who: Authorisation.objects.filter(person_id=who))
_QUALIFICATIONS = Question(lambda who: OperatorQualification.objects.filter(person_id=who))
_CERTIFICATIONS = Question(lambda who: Certification.objects.filter(person_id=who))
_DEMANDS = Question(lambda act: Demand.objects.filter(act=act, retired=False))


@dataclass(frozen=True)
class Stands:
    """A record, how it stands today, what it is for as people call it, and whose it is."""

    record: Authorisation | OperatorQualification | Certification
    state: str
    kind: str
    sort: str = AUTHORISATION

    @property
    def scope(self) -> str:
        """Which machine, material, zone or certificate it is for."""
        record = self.record
        if isinstance(record, OperatorQualification):
            return f"{record.machine_model} · {record.material}"
        return record.reference if isinstance(record, Certification) else record.scope

    @property
    def shown(self) -> list[str]:
        """What a qualification says somebody can do, as people call it."""
        held = self.record.abilities if isinstance(self.record, OperatorQualification) else []
        return [registry.ability(code) for code in held]


def authorisation(number: int) -> Authorisation:
    found = Authorisation.objects.select_related("person").filter(pk=number).first()
    if not found:
        raise NotFound("no_such_authorisation", authorisation=number)
    return found


def authorisation_for_update(number: int) -> Authorisation:
    """The same inside an act: whoever comes second waits, then reads what the first one wrote."""
    return Authorisation.objects.select_for_update(of=("self",)).get(pk=authorisation(number).pk)


def authorised(kind: str, scope: str, *, on: date) -> list[str]:
    """Who holds a valid authorisation of this kind by themselves, for this very scope or for all: by pseudonym."""
    found = Authorisation.objects.filter(
        kind=kind, suspended=False, withdrawn=False, under=None, granted_on__lte=on, person__is_active=True
    )
    held = found.exclude(expires_on__lt=on).values_list("person_id", "scope")
    return list(dict.fromkeys(who for who, what in held if rules.bare(what) in ("", rules.bare(scope))))


def teachers() -> list[Person]:
    """Who may watch somebody learn: those here who hold, by themselves, what is learnt under somebody's eyes."""
    own = Authorisation.objects.filter(kind__in=rules.LEARNT, under=None, suspended=False, withdrawn=False)
    found = Person.objects.filter(is_active=True, authorisations__in=own)
    return list(found.distinct().order_by("name", "pk"))


def qualification(number: int) -> OperatorQualification:
    found = OperatorQualification.objects.select_related("person").filter(pk=number).first()
    if not found:
        raise NotFound("no_such_qualification", qualification=number)
    return found


def certification(number: int) -> Certification:
    found = Certification.objects.select_related("person").filter(pk=number).first()
    if not found:
        raise NotFound("no_such_certification", certification=number)
    return found


def awarded(number: str) -> list[Certification]:
    """The certificates awarded here under this number that still stand."""
    return list(Certification.objects.filter(number=number, awarded_here=True, withdrawn=False))


def demand(number: int) -> Demand:
    found = Demand.objects.filter(pk=number).first()
    if not found:
        raise NotFound("no_such_demand", demand=number)
    return found


def demands() -> list[Demand]:
    """What the site asks of whoever does an act, by act."""
    return list(Demand.objects.filter(retired=False))


def authorisations_of(pseudonym: str, *, on: date) -> list[Stands]:
    """Somebody's authorisations with how each stands that day; those that need attention first."""
    records = Authorisation.objects.filter(person_id=pseudonym).select_related("under")
    records = records.order_by("kind", "scope", "-granted_on")
    return _urgent_first(stands(a, on) for a in records)


def qualifications_of(pseudonym: str, *, on: date) -> list[Stands]:
    """Somebody's qualifications with how each stands that day; those that need attention first."""
    return _urgent_first(stands(q, on) for q in _QUALIFICATIONS.all(pseudonym))


def certifications_of(pseudonym: str, *, on: date) -> list[Stands]:
    """The certificates somebody holds, with how each stands that day."""
    return _urgent_first(stands(c, on) for c in _CERTIFICATIONS.all(pseudonym))


def _urgent_first(found: Iterable[Stands]) -> list[Stands]:
    order = {"expired": 0, "suspended": 1, "withdrawn": 1, "soon": 2, "coming": 3, "valid": 3}
    return sorted(found, key=lambda s: order[s.state])


def stands(record: Authorisation | OperatorQualification | Certification, on: date) -> Stands:
    """How one record stands that day."""
    if isinstance(record, OperatorQualification):
        state = rules.qualification_state(_qualified(record), on=on)
        return Stands(record, state, record.scheme, QUALIFICATION)
    if isinstance(record, Certification):
        return Stands(
            record, rules.certification_state(_certified(record), on=on), record.title, CERTIFICATION
        )
    state = rules.authorisation_state(_held(record), on=on)
    return Stands(record, state, str(AUTHORISATIONS.get(record.kind, record.kind)))


def ending_soon(*, on: date, team: str = "", person: str = "") -> list[Stands]:
    """The records of active people that have ended or end within 30 days, of one team or person when asked."""
    who: dict[str, object] = {"person__is_active": True}
    if team:
        who["person__membership__team__code"] = team
    if person:
        who["person_id"] = person
    last = on + rules.SOON
    authorised = Authorisation.objects.filter(
        **who, suspended=False, withdrawn=False, expires_on__lte=last
    ).select_related("under")
    qualified = OperatorQualification.objects.filter(
        **who, disqualified_on=None, expires_on__lte=last, renewals=None
    )
    certified = Certification.objects.filter(**who, withdrawn=False, expires_on__lte=last)
    found = [
        stands(record, on)
        for kept in (authorised, qualified, certified)
        for record in kept.select_related("person").order_by("expires_on")
    ]
    return sorted(found, key=lambda s: (s.record.expires_on or last, s.record.person.name))


def _held(record: Authorisation) -> Held:
    return Held(
        record.kind,
        record.scope,
        record.expires_on,
        record.suspended,
        record.withdrawn,
        record.under_id or "",
        record.granted_on,
    )


def _qualified(record: OperatorQualification) -> Qualified:
    return Qualified(
        record.machine_model,
        record.material,
        tuple(record.abilities),
        record.issued_on,
        record.expires_on,
        record.vision_on,
        record.disqualified_on,
    )


def _certified(record: Certification) -> Certified:
    return Certified(record.reference, record.block, record.awarded_on, record.expires_on, record.withdrawn)


def lacks(
    by: Actor,
    *needs: tuple[str, str],
    on: date,
    act: str = "",
    machine: tuple[str, ...] = (),
    material: str = "",
) -> list[Reason]:
    """Which records this actor lacks on that day; empty when all are held.

    `needs` are authorisations (kind, scope) the act itself asks for; `act` adds what the site demands for it, for
    this machine (its code and its model) and this material. Called inside the act, it is judged in its transaction;
    an authorisation still under somebody's eyes counts while they hold the same, and the act tells both.
    """
    asked = [Asked(AUTHORISATION, kind, scope) for kind, scope in needs]
    if act:
        asked += [_asked(d, machine, material) for d in _DEMANDS.all(act) if _concerns(d, machine, material)]
    sorts = {each.record for each in asked}
    authorised = _begun(by.person, on) if AUTHORISATION in sorts else []
    over = {who: begun_by(who, on=on) for who in {h.under for h in authorised} - {""}}
    qualified = [_qualified(q) for q in _QUALIFICATIONS.all(by.person)] if QUALIFICATION in sorts else []
    certified = [_certified(c) for c in _CERTIFICATIONS.all(by.person)] if CERTIFICATION in sorts else []
    vision_days = int(site.value("sight_test_days")) or None if qualified else None
    found = []
    for each in dict.fromkeys(asked):
        if each.record == QUALIFICATION:
            found.append(rules.qualification_missing(qualified, each, on=on, vision_days=vision_days))
        elif each.record == CERTIFICATION:
            found.append(rules.certification_missing(certified, each, on=on))
        else:
            asked_for = {"kind": each.kind, "scope": each.scope, "on": on, "over": over}
            missing = rules.authorisation_missing(authorised, **asked_for)
            found.append(replace(missing, source=each.source) if missing else None)
            if not missing and over:
                witnesses.relies_on(rules.watched_by(authorised, **asked_for) or "")
    return [worded(reason) for reason in found if reason]


def begun_by(pseudonym: str, *, on: date) -> list[Held]:
    """The authorisations of somebody still here; whoever has left watches nobody."""
    who = person_or_gone(pseudonym)
    return _begun(pseudonym, on) if who and who.is_active else []


def _begun(pseudonym: str, on: date) -> list[Held]:
    return [_held(a) for a in _AUTHORISATIONS.all(pseudonym) if a.granted_on <= on]


def _concerns(asked: Demand, machine: tuple[str, ...], material: str) -> bool:
    codes = {rules.bare(each) for each in machine}
    return asked.machine in ("", *codes) and asked.material in ("", rules.bare(material))


def _asked(demand: Demand, machine: tuple[str, ...], material: str) -> Asked:
    """What a demand asks for in this very act: this model, this material."""
    if demand.record == QUALIFICATION:
        model = demand.scope or (rules.bare(machine[-1]) if machine else "")
        matter = demand.material or rules.bare(material)
        return Asked(QUALIFICATION, "", model, matter, demand.ability, demand.source)
    return Asked(demand.record, demand.kind, demand.scope, source=demand.source)


def worded(reason: Reason) -> Reason:
    """The reason with what is asked for as people call it."""
    if "kind" in reason.values:
        kind = AUTHORISATIONS.get(reason.values["kind"], reason.values["kind"])
        return replace(reason, values={**reason.values, "what": kind})
    if ability := reason.values.get("ability"):
        return replace(reason, values={**reason.values, "ability": registry.ability(ability)})
    return reason
