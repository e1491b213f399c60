"""Contamination: everything a container or machine holds is set apart for good, with its cause."""

from strate.workshop.doors.texts import Paragraph, Title
from strate.workshop.feedstock import queries, rules
from strate.workshop.feedstock.actions.ledger import like, move, next_code, pass_to
from strate.workshop.feedstock.models import Contamination, Lot, PowderPortion
from strate.workshop.journal.actions import Done, act
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import RuleBroken
from strate.workshop.notices.actions import notify
from strate.workshop.people.roles import permit

# A lot in one of these states is never poured again: contamination changes nothing for it.
GONE = frozenset({rules.REJECTED, rules.CONTAMINATED, rules.RETURNED})


def contaminate(*, by: Actor, about: Title, cause: Paragraph, origin: Title = "") -> list[Lot]:
    """Say that powder is contaminated: a lot wherever it lies, or all that a container or a machine holds.

    It is never poured again. A lot of which only a part is touched is cut: the part becomes a lot of its own.
    `origin`: what it comes from (`spill:…`, `build:…`), if known.
    """
    permit(by, "feedstock.contaminate")
    if not cause.strip():
        raise RuleBroken("reason_needed_to_contaminate")
    rows = _touched(about)
    if not rows:
        raise RuleBroken("nothing_to_contaminate", about=about)
    with act("feedstock.contaminated", by=by, reason=cause.strip()) as done:
        spoilt = [spoil(done, row, about, cause.strip(), origin) for row in rows]
        lots = list({lot.pk: lot for lot in spoilt}.values())
        places = list(dict.fromkeys(row.place for row in rows))
        mass_mg = sum(row.mass_mg for row in rows)
        told = {"lots": [lot.ref for lot in lots], "mass_mg": mass_mg, "origin": origin, "about": about}
        done.tell(
            about, origin, *lots, *places, *(row.lot.ref for row in rows), because=cause.strip(), **told
        )
        notify(
            by=by,
            to=["role:quality", "role:hse"],
            about=lots[0].ref,
            code="powder_contaminated",
            cause=cause.strip(),
        )
    return lots


def _touched(about: str) -> list[PowderPortion]:
    """What is there: the portions of a lot, of a container, of a machine."""
    text = about.strip()
    kind, _sep, code = text.partition(":")
    found = PowderPortion.objects.filter(mass_mg__gt=0).select_related("lot__material").order_by("pk")
    if kind == "lot" or not code:
        found = found.filter(lot=queries.lot(text))
    else:
        found = found.filter(place=queries.container(code).ref if kind == "container" else text)
    return list(found.exclude(lot__state__in=GONE))


def spoil(done: Done, row: PowderPortion, about: str, cause: str, origin: str) -> Lot:
    """The whole lot when all of it is touched, else its part as another lot."""
    each = queries.lot(row.lot.code)
    elsewhere = queries.portions_of(each.code).exclude(place=row.place).exists()
    if about.removeprefix("lot:") == each.code or not elsewhere:
        if each.state != rules.CONTAMINATED:
            pass_to(each, rules.CONTAMINATED)
        soil(done, each, row.place, row.mass_mg, cause, origin)
        return each
    code = next_code(each.code, "X")
    part = like(each, code, state=rules.CONTAMINATED, origin="split", received_mass_mg=row.mass_mg)
    kind = "contaminated"
    move(done, each, source=row.place, target=row.place, mass_mg=row.mass_mg, kind=kind, becomes=part)
    soil(done, part, row.place, row.mass_mg, cause, origin)
    return part


def soil(done: Done, lot: Lot, place: str, mass_mg: int, cause: str, origin: str = "") -> None:
    """Write why a lot is contaminated, inside an act."""
    Contamination.objects.create(
        lot=lot,
        place=place,
        mass_mg=mass_mg,
        cause=cause[:400],
        origin=origin,
        by=done.by.person,
        at=done.happened_at,
    )
