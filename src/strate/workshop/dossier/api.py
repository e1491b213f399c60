"""Dossiers over the API: seal, ask where one stands, fetch its files."""

from datetime import datetime
from typing import Any, Literal

from django.http import HttpRequest, HttpResponseBase
from ninja import Router, Schema

from strate.workshop.doors.verbs import ReasonOut, Refusal, refusal, verbs
from strate.workshop.dossier import actions, completeness, pages, queries, rules
from strate.workshop.journal.refusals import Refused, RuleBroken

router = Router(tags=["dossier"])
verbs(router, "dossier", actions.seal)


class SectionOut(Schema):
    code: str
    state: str


class DossierOut(Schema):
    """Where the dossier of an order stands; `missing` is what keeps it from being sealed."""

    order: str
    code: str
    state: str
    sections: list[SectionOut]
    missing: list[ReasonOut]
    to_review: int
    sealed_at: datetime | None
    sealed_seq: int | None
    pdf_sha256: str
    bundle_sha256: str
    key_id: str


@router.get(
    "/dossiers/{order}",
    response={200: DossierOut, 404: Refusal},
    summary="Where the dossier of an order stands",
)
def one_dossier(request: HttpRequest, order: str) -> Any:
    found = queries.of_order(order)
    gathered = queries.gather(order, until=found.sealed_seq if found else None)
    parts = [] if found else completeness.sections(gathered)
    return {
        "order": gathered.order.code,
        "code": found.code if found else actions.code_of(gathered.order.code),
        "state": found.state if found else queries.OPEN,
        "sections": [{"code": each.code, "state": each.state} for each in parts],
        "missing": refusal(Refused(rules.missing(parts))).reasons,
        "to_review": len(queries.to_review(gathered)),
        "sealed_at": found.sealed_at if found else None,
        "sealed_seq": found.sealed_seq if found else None,
        "pdf_sha256": found.pdf_digest if found else "",
        "bundle_sha256": found.bundle_digest if found else "",
        "key_id": found.key_id if found else "",
    }


@router.get("/dossiers/{order}/{kind}", summary="The PDF or the archive of a filed dossier")
def one_file(request: HttpRequest, order: str, kind: Literal["pdf", "archive"]) -> HttpResponseBase:
    found = queries.of_order(order)
    if found is None or not found.pdf_digest:
        raise RuleBroken("dossier_not_filed_yet", dossier=f"dossier:{actions.code_of(order)}")
    return pages.answer(found, kind)
