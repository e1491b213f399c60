"""What was reported, on what, to whom, and what became of it."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from strate.workshop.anomalies import rules
from strate.workshop.anomalies.catalogue import CATALOGUE, EVERYWHERE, AnomalyKind
from strate.workshop.anomalies.models import CLOSED, Anomaly, AnomalyThing, Recipient, RecipientRule
from strate.workshop.doors import wording
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import NotFound

# Beyond so many things it is quicker to read all that is open.
MANY = 2_000


def one(anomaly: str) -> Anomaly:
    """An anomaly by its number (« A-12 »), with or without its kind."""
    number = anomaly.removeprefix("anomaly:").upper().removeprefix("A-")
    found = (
        Anomaly.objects.filter(pk=int(number)).first() if number.isdecimal() and len(number) < 18 else None
    )
    if not found:
        raise NotFound("no_such_anomaly", anomaly=anomaly)
    return found


def things_of(anomaly: Anomaly) -> list[str]:
    return list(anomaly.things.order_by("pk").values_list("ref", flat=True))


def kind(code: str) -> AnomalyKind:
    if code not in CATALOGUE:
        raise NotFound("no_such_anomaly_kind", kind=code)
    return CATALOGUE[code]


@dataclass(frozen=True)
class RecipientShown:
    """A recipient as a screen shows it."""

    code: str
    title: str
    roles: tuple[str, ...]
    external: bool
    contact: str
    closed: bool


def recipients(*, also_closed: bool = False) -> list[RecipientShown]:
    """Who receives anomalies: the house's own list, as the site changed or completed it."""
    rows = {r.code: r for r in Recipient.objects.all()}
    shown = [_shown(a.code, a.roles, a.external, rows.pop(a.code, None)) for a in rules.RECIPIENTS]
    shown += [
        _shown(r.code, tuple(r.roles), bool(r.contact), r)
        for r in sorted(rows.values(), key=lambda r: r.code)
    ]
    return [r for r in shown if also_closed or not r.closed]


def _shown(code: str, roles: tuple[str, ...], external: bool, row: Recipient | None) -> RecipientShown:
    title = (row.title if row else "") or recipient_title(code)
    if row is None:
        return RecipientShown(code, title, roles, external, "", False)
    return RecipientShown(
        code, title, tuple(row.roles), external or bool(row.contact), row.contact, row.closed
    )


def recipient(code: str) -> rules.Addressee:
    """A recipient as the rules need it; unknown or closed, refused."""
    for each in recipients():
        if each.code == code:
            return rules.Addressee(each.code, each.roles, each.external)
    raise NotFound("no_such_recipient", recipient=code)


def recipient_for(kind_code: str) -> str:
    """To whom this kind goes: as the site decided, else as the catalogue says."""
    decided = RecipientRule.objects.filter(pk=kind_code).values_list("recipient", flat=True).first()
    return decided or kind(kind_code).recipient


def rules_in_force() -> dict[str, str]:
    """For each kind of the catalogue, its recipient."""
    decided = dict(RecipientRule.objects.values_list("kind", "recipient"))
    return {code: decided.get(code, k.recipient) for code, k in CATALOGUE.items()}


def kinds_sent_to(recipient_code: str) -> list[str]:
    return [k for k, to in rules_in_force().items() if to == recipient_code]


def seen(anomaly: Anomaly) -> rules.Seen:
    """As the rules see it; the roles of a recipient closed since still count for what they were sent."""
    roles = next((r.roles for r in recipients(also_closed=True) if r.code == anomaly.recipient), ())
    return rules.Seen(anomaly.ref, anomaly.state, anomaly.reported_by, frozenset(roles))


def on(*refs: str, also_closed: bool = False) -> list[Anomaly]:
    """The anomalies about any of these things, newest first."""
    found = Anomaly.objects.filter(pk__in=Anomaly.objects.filter(things__ref__in=refs).values("pk"))
    return list(found if also_closed else found.exclude(state=CLOSED))


def unsettled(limit: int = 500) -> list[Anomaly]:
    """Every anomaly not closed, newest first."""
    return list(Anomaly.objects.exclude(state=CLOSED)[:limit])


def listed(
    *,
    state: str = "",
    recipient: str = "",
    severity: str = "",
    mine: str = "",
    text: str = "",
    limit: int = 200,
) -> list[Anomaly]:
    """The anomalies a screen asks for, newest first; `state` empty means not closed, "all" all."""
    found = Anomaly.objects.all()
    if state != "all":
        found = found.filter(state=state) if state else found.exclude(state=CLOSED)
    if recipient:
        found = found.filter(recipient=recipient)
    if severity:
        found = found.filter(severity=severity)
    if mine:
        found = found.filter(reported_by=mine)
    if text:
        found = found.filter(Q(text__icontains=text) | Q(things__ref__icontains=text)).distinct()
    return list(found.prefetch_related("things")[:limit])


def waiting_for(by: Actor) -> list[Anomaly]:
    """What this actor's roles must answer."""
    mine = [r.code for r in recipients(also_closed=True) if set(r.roles) & by.roles]
    return list(Anomaly.objects.filter(state=rules.OPEN, recipient__in=mine))


def kind_title(code: str) -> str:
    return str(wording.vocabulary("ANOMALY_KINDS").get(code, code))


def recipient_title(code: str) -> str:
    return str(wording.vocabulary("RECIPIENTS").get(code, code))


def usual(limit: int = 8) -> list[dict[str, Any]]:
    """The kinds reported most here, one tap away; those every shop knows until there is a history."""
    counted = Counter(Anomaly.objects.order_by("-pk").values_list("kind", flat=True)[:500])
    codes = [code for code, _n in counted.most_common(limit) if code in CATALOGUE]
    codes += [code for code in EVERYWHERE if code not in codes]
    return [{"code": code, "title": kind_title(code)} for code in codes[:limit]]


def catalogue() -> list[dict[str, Any]]:
    """The kinds by family, in the user's language, each with its recipient today."""
    sent = rules_in_force()
    families = wording.vocabulary("ANOMALY_FAMILIES")
    groups: dict[str, list[dict[str, Any]]] = {}
    for code, each in CATALOGUE.items():
        row = {"code": code, "title": kind_title(code), "recipient": sent[code], "kind": each}
        groups.setdefault(each.family, []).append(row)
    return [{"family": f, "title": families[f], "kinds": kinds} for f, kinds in groups.items()]


def reported_on(refs: Collection[str]) -> dict[str, list[Anomaly]]:
    """The anomalies on these things that are not closed, however many things."""
    rows, wanted = AnomalyThing.objects.select_related("anomaly").exclude(anomaly__state=CLOSED), set(refs)
    rows = rows.filter(ref__in=wanted) if len(wanted) <= MANY else rows
    by_thing: dict[str, list[Anomaly]] = {}
    for row in rows.order_by("pk"):
        if row.ref in wanted:
            by_thing.setdefault(row.ref, []).append(row.anomaly)
    return by_thing
