"""The verbs of routings: write, submit, send back, approve, retire."""

from typing import Any

from strate.workshop.doors.texts import Code, Paragraph, Title, Word
from strate.workshop.feedstock import queries as feedstock
from strate.workshop.journal.actions import act
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Refused, RuleBroken
from strate.workshop.people.roles import permit
from strate.workshop.routings import queries, rules
from strate.workshop.routings.models import Routing, RoutingVersion
from strate.workshop.routings.rules.content import Number
from strate.workshop.routings.wording import OPERATION_KINDS


def new_routing(
    *, by: Actor, code: Code, title: Title, content: dict[str, Any] | None = None
) -> RoutingVersion:
    """Start a routing: its first version is a draft."""
    permit(by, "routings.write")
    code = code.strip()
    if not code or not title.strip():
        raise RuleBroken("field_missing", field="title" if code else "code")
    if "/" in code:
        raise RuleBroken("field_not_understood", field="code", value=code)
    if Routing.objects.filter(code__iexact=code).exists():
        raise RuleBroken("routing_exists", routing=code)
    said = rules.kept(
        rules.read(content or rules.blank({k: str(word) for k, word in OPERATION_KINDS.items()}))
    )
    with act("routings.started", by=by) as done:
        made = Routing.objects.create(code=code, title=title.strip())
        first = _draft(made, 1, said, by)
        done.tell(made, first, routing=made.ref, title=made.title, digest=first.digest)
    return first


def new_version(*, by: Actor, routing: Word, why: Paragraph) -> RoutingVersion:
    """Start the next version of a routing from what the last one says."""
    permit(by, "routings.write")
    last = queries.latest(queries.routing(routing).code)
    if not why.strip():
        raise RuleBroken("why_needed_for_a_version")
    if last.state in {rules.DRAFT, rules.SUBMITTED}:
        raise RuleBroken("version_still_open", version=last.name)
    with act("routings.version_started", by=by, reason=why) as done:
        made = _draft(last.routing, last.number + 1, last.content, by, why)
        done.tell(last.routing, made, routing=last.routing.ref, version=made.name, digest=made.digest)
    return made


def edit(
    *,
    by: Actor,
    routing: Word,
    number: Number,
    content: dict[str, Any],
    seen_digest: Title = "",
    title: Title = "",
) -> RoutingVersion:
    """Write in a draft. An approved version is never written in; two writers do not overwrite each other."""
    permit(by, "routings.write")
    each = queries.version(routing, number)
    if each.state != rules.DRAFT:
        raise RuleBroken("only_drafts_are_written", version=each.name)
    if seen_digest and seen_digest != each.digest:
        raise RuleBroken("draft_changed_meanwhile", version=each.name, person=each.authors[-1])
    said = rules.kept(rules.read(content))
    found = rules.changes(each.content, said)
    if not found and title.strip() in ("", each.routing.title):
        raise RuleBroken("nothing_changed_in_draft", version=each.name)
    with act("routings.edited", by=by) as done:
        authors = [a for a in each.authors if a != by.person] + [by.person]
        digest = queries.digest_of(said)
        rows = RoutingVersion.objects.filter(pk=each.pk, state=rules.DRAFT, digest=each.digest)
        if not rows.update(content=said, digest=digest, authors=authors):
            raise RuleBroken("draft_changed_meanwhile", version=each.name, person=each.authors[-1])
        if title.strip():
            Routing.objects.filter(pk=each.routing_id).update(title=title.strip())
        done.tell(each.routing, each, version=each.name, digest=digest, changed=[c.path for c in found])
    return queries.version(routing, number)


def submit(*, by: Actor, routing: Word, number: Number) -> RoutingVersion:
    """Submit a draft for approval, when nothing it needs is missing."""
    permit(by, "routings.write")
    each = queries.version(routing, number)
    content = rules.read(each.content)
    reasons = rules.check_move(each.name, each.state, rules.SUBMITTED) + rules.check_complete(content)
    if reasons:
        raise Refused(reasons)
    material = feedstock.material(content.material)
    with act("routings.submitted", by=by) as done:
        _pass_to(each, rules.SUBMITTED, submitted_by=by.person, submitted_at=done.happened_at)
        done.tell(each.routing, each, material, version=each.name, digest=each.digest)
    return each


def send_back(*, by: Actor, routing: Word, number: Number, reason: Paragraph) -> RoutingVersion:
    """Send a submitted version back to its authors, saying what is to be changed."""
    permit(by, "routings.approve")
    each = queries.version(routing, number)
    if not reason.strip():
        raise RuleBroken("why_needed_to_send_back")
    if each.state != rules.SUBMITTED:
        raise RuleBroken("routing_version_not_in_state", version=each.name)
    with act("routings.sent_back", by=by, reason=reason) as done:
        _pass_to(each, rules.DRAFT)
        done.tell(each.routing, each, version=each.name, reason=reason)
    return each


def approve(*, by: Actor, routing: Word, number: Number) -> RoutingVersion:
    """Approve a submitted version: signed, by someone who wrote nothing in it; the one before is retired."""
    permit(by, "routings.approve")
    each = queries.version(routing, number)
    reasons = rules.check_move(each.name, each.state, rules.APPROVED)
    reasons += rules.check_approval(
        by=by.person, authors=[*each.authors, each.submitted_by], version=each.name
    )
    if reasons:
        raise Refused(reasons)
    with act("routings.approved", by=by, meaning="approved_routing") as done:
        former = queries.find_released(each.routing.code)
        if former:
            _pass_to(former, rules.RETIRED)
        _pass_to(each, rules.APPROVED, approved_by=by.person, approved_at=done.happened_at)
        done.tell(
            each.routing,
            each,
            former,
            routing=each.routing.ref,
            version=each.name,
            digest=each.digest,
            authors=each.authors,
            replaces=former.name if former else "",
        )
    return each


def retire(*, by: Actor, routing: Word, number: Number, reason: Paragraph) -> RoutingVersion:
    """Take a version out of use; orders already opened with it keep it."""
    permit(by, "routings.approve")
    each = queries.version(routing, number)
    if not reason.strip():
        raise RuleBroken("why_needed_to_retire")
    if reasons := rules.check_move(each.name, each.state, rules.RETIRED):
        raise Refused(reasons)
    with act("routings.retired", by=by, reason=reason) as done:
        _pass_to(each, rules.RETIRED)
        done.tell(each.routing, each, version=each.name)
    return each


def _draft(of: Routing, number: int, content: dict[str, Any], by: Actor, why: str = "") -> RoutingVersion:
    return RoutingVersion.objects.create(
        routing=of,
        number=number,
        content=content,
        digest=queries.digest_of(content),
        authors=[by.person],
        why=why.strip(),
    )


def _pass_to(each: RoutingVersion, state: str, **fields: Any) -> None:
    """Write the new state, if nobody changed it meanwhile."""
    if not RoutingVersion.objects.filter(pk=each.pk, state=each.state, digest=each.digest).update(
        state=state, **fields
    ):
        raise RuleBroken("routing_changed_meanwhile", version=each.name)
    each.state = state
    for name, value in fields.items():
        setattr(each, name, value)
