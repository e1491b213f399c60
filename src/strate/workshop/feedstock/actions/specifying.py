"""The specification of a material: lines with their source, approved by somebody else, replaced, withdrawn."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, Any

from django.utils import timezone
from pydantic import Field

from strate.workshop.doors.texts import Code, Paragraph, Sentence, Word
from strate.workshop.feedstock import queries
from strate.workshop.feedstock.models import Material, PowderLimit
from strate.workshop.feedstock.rules import properties
from strate.workshop.feedstock.rules.properties import NotRead
from strate.workshop.journal import clock
from strate.workshop.journal.actions import Done, act
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Reason, Refused, RuleBroken
from strate.workshop.people.roles import permit

LineNumber = Annotated[int, Field(ge=1, le=2**63 - 1)]
DRAFT, APPROVED, RETIRED = "draft", "approved", "retired"


def specify(
    *,
    by: Actor,
    material: Code,
    property: Code,
    source: Sentence,
    low: Word = "",
    high: Word = "",
    unit: Word = "",
    wanted: Word = "",
    machine_model: Word = "",
    routing: Code = "",
    required: bool = False,
) -> PowderLimit:
    """Write a line of a specification; it judges nothing until somebody else has approved it."""
    permit(by, "feedstock.specify")
    of = queries.material(material)
    bounds = read_line(of, property, low=low, high=high, unit=unit, wanted=wanted, source=source)
    where = {"machine_model": machine_model.strip(), "routing": routing.strip().removeprefix("routing:")}
    with act("feedstock.limit_written", by=by) as done:
        made = write_draft(done, of, property, source=source, required=required, **where, **bounds)
        done.tell(of, made, **_said(made))
    return made


def read_line(
    of: Material, code: str, *, low: str, high: str, unit: str, wanted: str, source: str
) -> dict[str, Any]:
    """The bounds of a line in canonical units, or every reason why it cannot be written."""
    reasons = [] if source.strip() else [Reason("specification_without_source", {"property": code})]
    bounds: dict[str, Any] = {"low": None, "high": None, "wanted": wanted.strip()}
    try:
        each = properties.word(code)
        if of.family not in each.families:
            raise NotRead("property_of_other_family", family=of.family)
        if bounds["wanted"] and bounds["wanted"] not in each.words:
            raise NotRead("property_not_word", value=wanted)
        for name, text in (("low", low), ("high", high)):
            bounds[name] = _bound(code, text, unit) if text.strip() else None
    except NotRead as unread:
        reasons.append(Reason(unread.code, {"property": code, **unread.values}))
    else:
        reasons += _sensible(code, bounds["low"], bounds["high"], bounds["wanted"])
    if reasons:
        raise Refused(reasons)
    return bounds


def _bound(code: str, text: str, unit: str) -> Decimal:
    value, sign, word = properties.read_value(code, text, unit=unit)
    if value is None or sign:
        raise NotRead("property_not_number", value=text[:60] or word)
    return value


def _sensible(code: str, low: Decimal | None, high: Decimal | None, wanted: str) -> list[Reason]:
    if low is None and high is None and not wanted:
        return [Reason("limit_says_nothing", {"property": code})]
    if low is not None and high is not None and low > high:
        return [Reason("limit_upside_down", {"property": code, "low": low, "high": high})]
    return []


def write_draft(done: Done, of: Material, code: str, **values: Any) -> PowderLimit:
    """The draft of a line, instead of the one that was waiting for approval."""
    key = {
        "material": of,
        "code": code,
        "machine_model": values["machine_model"],
        "routing": values["routing"],
    }
    PowderLimit.objects.filter(**key, state=DRAFT).update(
        state=RETIRED, retired_by=done.by.person, retired_at=clock.now()
    )
    since = timezone.localdate(clock.now())
    more = {"authored_by": done.by.person, "authored_at": clock.now(), "since": since, "code": code}
    return PowderLimit.objects.create(material=of, **values, **more)


def approve_limits(*, by: Actor, material: Code, limits: list[LineNumber]) -> list[PowderLimit]:
    """Approve lines of a specification, signed, by somebody who wrote none of them; each replaces the line before."""
    permit(by, "feedstock.approve_limits")
    of = queries.material(material)
    lines = [queries.limit(each) for each in dict.fromkeys(limits)]
    if reasons := _not_approvable(by, of, lines):
        raise Refused(reasons)
    with act("feedstock.limits_approved", by=by, meaning="limits_approved") as done:
        for line in lines:
            _approve(done, line)
        done.tell(of, *lines, material=of.ref, count=len(lines), lines=[_said(each) for each in lines])
    return lines


def _not_approvable(by: Actor, of: Material, lines: Sequence[PowderLimit]) -> list[Reason]:
    reasons = [] if lines else [Reason("limit_says_nothing", {"property": ""})]
    for line in lines:
        values = {"property": line.code, "material": of.ref, "person": by.person}
        if line.material_id != of.pk:
            reasons.append(Reason("limit_of_other_material", values))
        if line.state != DRAFT:
            reasons.append(Reason("limit_not_a_draft", values))
        if line.authored_by == by.person:
            reasons.append(Reason("limit_approved_by_another", values))
    return reasons


def _approve(done: Done, line: PowderLimit) -> None:
    now, person = done.happened_at, done.by.person
    before = PowderLimit.objects.filter(
        material=line.material,
        code=line.code,
        machine_model=line.machine_model,
        routing=line.routing,
        state=APPROVED,
    )
    before.update(state=RETIRED, retired_by=person, retired_at=now)
    mine = PowderLimit.objects.filter(pk=line.pk, state=DRAFT)
    if not mine.update(
        state=APPROVED, approved_by=person, approved_at=now, since=timezone.localdate(clock.now())
    ):
        raise RuleBroken("limit_not_a_draft", property=line.code)
    line.refresh_from_db()


def withdraw_limit(*, by: Actor, limit: LineNumber, reason: Paragraph) -> PowderLimit:
    """Withdraw a line of a specification, approved or not; it stays to be read."""
    permit(by, "feedstock.approve_limits")
    line = queries.limit(limit)
    if not reason.strip():
        raise RuleBroken("reason_needed_to_withdraw")
    with act("feedstock.limit_withdrawn", by=by, reason=reason) as done:
        live = PowderLimit.objects.filter(pk=line.pk).exclude(state=RETIRED)
        if not live.update(state=RETIRED, retired_by=by.person, retired_at=done.happened_at):
            raise RuleBroken("limit_already_withdrawn", property=line.code)
        line.refresh_from_db()
        done.tell(line.material, line, **_said(line))
    return line


def import_limits(*, by: Actor, rows: list[dict[str, Any]], file_sha256: str) -> list[PowderLimit]:
    """Bring in a list of limits: each is a draft to approve, all or none, one fact."""
    permit(by, "feedstock.specify")
    read = [(queries.material(row.pop("material")), row) for row in map(dict, rows)]
    with act("feedstock.limits_imported", by=by) as done:
        made = [write_draft(done, of, row.pop("code"), **row) for of, row in read]
        touched = {each.material.ref for each in made}
        done.tell(*sorted(touched), count=len(made), file_sha256=file_sha256)
    return made


def _said(line: PowderLimit) -> dict[str, Any]:
    """A line in a fact: exact bounds in the unit of the property."""
    return {
        "material": line.material.ref,
        "property": line.code,
        "low": line.low,
        "high": line.high,
        "wanted": line.wanted,
        "unit": properties.word(line.code).unit,
        "machine_model": line.machine_model,
        "routing": line.routing,
        "required": line.required,
        "source": line.source,
    }
