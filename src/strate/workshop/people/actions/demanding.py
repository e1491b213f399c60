"""What the site demands of whoever does an act, and the teams whose skills are looked at together."""

from datetime import date

from django.utils.timezone import localdate

from strate.workshop.doors.texts import Code, Number, Sentence, Title, Word
from strate.workshop.journal.actions import act
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Reason, Refused, RuleBroken
from strate.workshop.people import queries, registry, rules
from strate.workshop.people.models import Demand, Team, TeamMember
from strate.workshop.people.roles import AUTHORISATIONS, permit


def demand(
    *,
    by: Actor,
    asked_for: Word,
    record: Word,
    source: Sentence,
    machine: Title = "",
    material: Code = "",
    kind: Word = "",
    scope: Title = "",
    ability: Word = "",
    since: date | None = None,
) -> Demand:
    """Demand a record of whoever does an act from now on, with where that is written; signed.

    `asked_for` is the act (`builds.launch`), `machine` a code or a model, `record` one of authorisation (with its
    `kind` and `scope`), qualification (with an `ability`), certification (`scope` is its reference).
    """
    permit(by, "people.demand")
    with act("people.demanded", by=by, meaning="demanded") as done:
        if reasons := _faults(asked_for, record, kind, scope, ability, source):
            raise Refused(reasons)
        values = {
            "act": asked_for,
            "machine": rules.bare(machine.strip()),
            "material": rules.bare(material.strip()),
            "record": record,
            "kind": kind,
            "scope": scope.strip(),
            "ability": ability,
        }
        if Demand.objects.filter(retired=False, **values).exists():
            raise RuleBroken("already_demanded")
        made = Demand.objects.create(
            **values, source=source.strip(), since=since or localdate(done.happened_at), set_by=by.person
        )
        told = {"asked_for" if name == "act" else name: value for name, value in values.items()}
        done.tell(made, **told, source=made.source)
    return made


def _faults(act_: str, record: str, kind: str, scope: str, ability: str, source: str) -> list[Reason]:
    found = []
    if act_ not in registry.acts():
        found.append(Reason("no_such_gated_act", {"act": act_}))
    if record not in (queries.AUTHORISATION, queries.QUALIFICATION, queries.CERTIFICATION):
        found.append(Reason("no_such_record", {"record": record}))
    if record == queries.AUTHORISATION and kind not in AUTHORISATIONS:
        found.append(Reason("no_such_authorisation_kind", {"kind": kind}))
    if record == queries.QUALIFICATION and ability and ability not in registry.abilities():
        found.append(Reason("no_such_ability", {"ability": ability}))
    if record == queries.CERTIFICATION and not scope.strip():
        found.append(Reason("field_missing", {"field": "scope"}))
    if not source.strip():
        found.append(Reason("demand_needs_its_source"))
    return found


def lift_demand(*, by: Actor, demand: Number, reason: Sentence) -> Demand:
    """Demand it no more; signed, with the reason."""
    permit(by, "people.demand")
    known = queries.demand(demand)
    if not reason.strip():
        raise RuleBroken("reason_missing")
    with act("people.demand_lifted", by=by, meaning="demanded", reason=reason) as done:
        known.retired = True
        known.save(update_fields=["retired"])
        done.tell(known, asked_for=known.act, record=known.record, scope=known.scope)
    return known


def new_team(*, by: Actor, code: Code, title: Title) -> Team:
    """Name a team: the people who work the same shift."""
    permit(by, "people.team")
    code, title = code.strip(), title.strip()
    for name, value in (("code", code), ("title", title)):
        if not value:
            raise RuleBroken("field_missing", field=name)
    with act("people.team_named", by=by) as done:
        if Team.objects.filter(code__iexact=code).exists():
            raise RuleBroken("team_exists", team=code)
        made = Team.objects.create(code=code, title=title)
        done.tell(made, title=title)
    return made


def join_team(*, by: Actor, person: Code, team: Code = "") -> None:
    """Put somebody in a team, or in none; one team at a time."""
    permit(by, "people.team")
    who = queries.person(person)
    into = queries.team(team) if team else None
    with act("people.team_joined", by=by) as done:
        before = TeamMember.objects.select_related("team").filter(person=who).first()
        if before:
            before.delete()
        if into:
            TeamMember.objects.create(person=who, team=into)
        done.tell(who, into, team=into.title if into else "", left=before.team.title if before else "")
