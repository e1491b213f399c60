"""The doors of anomalies for programs."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from strate.workshop.anomalies import actions, queries, recipients
from strate.workshop.anomalies.models import Anomaly
from strate.workshop.attachments import queries as files
from strate.workshop.doors.texts import Title, Word
from strate.workshop.doors.verbs import Refusal, verbs

router = Router(tags=["anomalies"])
verbs(
    router,
    "anomalies",
    actions.report,
    actions.answer,
    actions.forward,
    actions.close,
    actions.reopen,
    recipients.set_recipient,
    recipients.send_kind_to,
)


class AnomalyOut(Schema):
    anomaly: str
    kind: str
    title: str
    severity: str
    state: str
    recipient: str
    about: list[str]
    text: str
    answer: str
    conclusion: str
    photos: list[str]
    reported_by: str
    reported_at: datetime


class RecipientOut(Schema):
    code: str
    title: str
    roles: list[str]
    external: bool


def _out(anomaly: Anomaly) -> AnomalyOut:
    return AnomalyOut(
        anomaly=anomaly.ref,
        kind=anomaly.kind,
        title=queries.kind_title(anomaly.kind),
        severity=anomaly.severity,
        state=anomaly.state,
        recipient=anomaly.recipient,
        about=queries.things_of(anomaly),
        text=anomaly.text,
        answer=anomaly.answer,
        conclusion=anomaly.conclusion,
        photos=[use.attachment_id for use in files.about(anomaly.ref)],
        reported_by=anomaly.reported_by,
        reported_at=anomaly.reported_at,
    )


@router.get("/", response=list[AnomalyOut], operation_id="anomalies.listed")
def listed(request: HttpRequest, about: Title = "", state: Word = "") -> Any:
    """The anomalies not closed (`state=all` for all), of one thing with `about`."""
    found = queries.on(about, also_closed=state == "all") if about else queries.listed(state=state)
    return [_out(a) for a in found]


@router.get("/recipients", response=list[RecipientOut], operation_id="anomalies.recipients")
def all_recipients(request: HttpRequest) -> Any:
    """Who receives anomalies."""
    return [
        RecipientOut(code=r.code, title=r.title, roles=list(r.roles), external=r.external)
        for r in queries.recipients()
    ]


@router.get("/{number}", response={200: AnomalyOut, 404: Refusal}, operation_id="anomalies.one")
def one(request: HttpRequest, number: Word) -> Any:
    """One anomaly by its number."""
    return _out(queries.one(number))
