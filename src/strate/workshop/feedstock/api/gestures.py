"""What happens to powder over the API: the same verbs as the pages, the blend proposed, the ledger added up again."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from ninja import Query, Schema

from strate.workshop.doors import wording
from strate.workshop.doors.texts import Word
from strate.workshop.doors.verbs import verbs
from strate.workshop.feedstock import actions, queries
from strate.workshop.feedstock.api.life import router
from strate.workshop.feedstock.models import PowderSample
from strate.workshop.feedstock.queries.proposing import asked, proposal
from strate.workshop.journal.refusals import Reason

verbs(
    router,
    "feedstock",
    actions.put_in_oven,
    actions.take_out_of_oven,
    actions.sample,
    actions.transfer,
    actions.blend,
    actions.blend_by_share,
    actions.contaminate,
    actions.return_to_supplier,
    actions.waste,
    actions.clear_for,
)


class WhyOut(Schema):
    code: str
    why: str
    source: str


class PourOut(Schema):
    lot: str
    mass_mg: int


class AsideOut(Schema):
    lot: str
    reasons: list[WhyOut]


class ProposalOut(Schema):
    """A legal blend, or why there is none."""

    material: str
    machine: str
    need_mg: int
    policy: str
    pours: list[PourOut]
    reasons: list[WhyOut]
    aside: list[AsideOut]
    doubts: list[WhyOut]


class GapOut(Schema):
    place: str
    lot: str
    stored_mg: int
    ledger_mg: int


class AuditOut(Schema):
    lines: int
    balances: int
    stock_mg: int
    gaps: list[GapOut]


class SampleOut(Schema):
    code: str
    lot: str
    mass_mg: int
    purpose: str
    taken_at: str


def _why(reasons: Iterable[Reason]) -> list[dict[str, str]]:
    return [
        {"code": each.code, "why": wording.refusal(each), "source": wording.source(each)} for each in reasons
    ]


@router.get("/proposal", response=ProposalOut, summary="A legal blend from the stock, or why there is none")
def blend_proposed(
    request: HttpRequest,
    machine: Word = "",
    material: Word = "",
    need_mg: int | None = Query(None, ge=0, le=10**12),
    policy: Word = "",
    step_mg: int = Query(1, ge=1, le=10**9),
) -> Any:
    wanted = asked(material=material, machine=machine, need_mg=need_mg, policy=policy)
    _seen, found = proposal(wanted, step_mg=step_mg)
    return {
        "material": wanted.material,
        "machine": wanted.machine,
        "need_mg": wanted.need_mg,
        "policy": wanted.policy,
        "pours": [{"lot": pour.lot.code, "mass_mg": pour.mass_mg} for pour in found.pours],
        "reasons": _why(found.reasons),
        "doubts": _why(found.doubts),
        "aside": [{"lot": lot.code, "reasons": _why(reasons)} for lot, reasons in found.aside],
    }


@router.get("/audit", response=AuditOut, summary="The balances beside the ledger, added up again")
def ledger_audit(request: HttpRequest) -> Any:
    found = queries.audit()
    return {
        "lines": found.lines,
        "balances": found.balances,
        "stock_mg": found.stock_mg,
        "gaps": [
            {"place": place, "lot": lot, "stored_mg": stored, "ledger_mg": ledger}
            for (place, lot), (stored, ledger) in found.gaps.items()
        ],
    }


@router.get("/lots/{code}/samples", response=list[SampleOut], summary="The samples taken of a lot")
def lot_samples(request: HttpRequest, code: Word) -> Any:
    known = queries.lot(code)
    return [
        {
            "code": each.code,
            "lot": known.code,
            "mass_mg": each.mass_mg,
            "purpose": each.purpose,
            "taken_at": each.taken_at.isoformat(),
        }
        for each in PowderSample.objects.filter(lot=known)
    ]
