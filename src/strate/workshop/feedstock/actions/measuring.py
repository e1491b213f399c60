"""What becomes known of a lot: read from its certificate, or measured here on a sample."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from django.utils import timezone

from strate.workshop.doors.texts import Paragraph, Title, Word
from strate.workshop.feedstock import queries
from strate.workshop.feedstock.models import Lot, LotProperty, PowderSample
from strate.workshop.feedstock.rules import properties
from strate.workshop.feedstock.rules.properties import CERTIFICATE, MEASURED, Known, NotRead
from strate.workshop.feedstock.rules.typed import Digest, Reading
from strate.workshop.journal import clock
from strate.workshop.journal.actions import Done, act
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Reason, Refused, RuleBroken
from strate.workshop.journal.rows import insert
from strate.workshop.notices import actions as notices
from strate.workshop.people import roles
from strate.workshop.people.roles import permit

Type = Literal["", "2.1", "2.2", "3.1", "3.2", "coa", "coc"]


@dataclass(frozen=True)
class Told:
    """How these values are known."""

    basis: str
    on: date
    # Whether the day was said: an entry made late never passes before a younger one.
    dated: bool
    sample: str = ""
    instrument: str = ""


def measure(
    *,
    by: Actor,
    lot: Word,
    readings: list[Reading],
    sample: Word = "",
    instrument: Word = "",
    measured_on: date | None = None,
    note: Paragraph = "",
) -> Lot:
    """Write down what was measured on a lot, on a sample of it if there is one; nothing known before is lost.

    An instrument the house knows measures only while its calibration holds; that of a laboratory is taken as typed.
    """
    permit(by, "feedstock.measure")
    each = queries.lot(lot)
    found = read_all(each, readings)
    _sample_must_be_of(each, sample)
    told = Told(MEASURED, day(measured_on), measured_on is not None, sample, instrument)
    if wrong := queries.instrument_reasons(instrument, told.on):
        raise Refused(wrong)
    with act("feedstock.measured", by=by, reason=note) as done:
        write(done, each, found, told)
        done.tell(each, sample, **_as_known(each, found, told))
        _alert(by, each, found)
    return each


def certify(
    *,
    by: Actor,
    lot: Word,
    readings: list[Reading],
    number: Title = "",
    type: Type = "",
    certificate: Digest = "",
    issued_on: date | None = None,
) -> Lot:
    """Write down what the certificate of a lot says, with its number, its type (EN 10204) and its file."""
    permit(by, "feedstock.certify")
    each = queries.lot(lot)
    found = read_all(each, readings)
    told = Told(CERTIFICATE, day(issued_on), issued_on is not None)
    with act("feedstock.certified", by=by) as done:
        write(done, each, found, told)
        kept = {"certificate_number": number, "certificate_type": type, "certificate": certificate}
        Lot.objects.filter(pk=each.pk).update(**{name: value for name, value in kept.items() if value})
        each.refresh_from_db()
        done.tell(each, **_as_known(each, found, told), number=number, type=type, certificate=certificate)
        _alert(by, each, found)
    return each


def day(asked: date | None) -> date:
    """The day said, or today; never a day that has not come yet."""
    today = timezone.localdate(clock.now())
    if asked is not None and asked > today:
        raise RuleBroken("day_not_come", on=asked)
    return asked or today


def read_all(each: Lot, readings: Sequence[Reading | dict[str, Any]]) -> dict[str, Known]:
    """Every reading understood, or every reason why not, at once."""
    found, reasons = read_some(each.material.family, readings)
    if not readings:
        reasons.append(Reason("nothing_measured"))
    for small, large in properties.disordered(found):
        values = {"small": small, "large": large, "value": found[small].value, "other": found[large].value}
        reasons.append(Reason("properties_contradict", values))
    if reasons:
        raise Refused(reasons)
    return found


def read_some(
    family: str, readings: Sequence[Reading | dict[str, Any]]
) -> tuple[dict[str, Known], list[Reason]]:
    """What could be understood, and the reasons for what could not."""
    found: dict[str, Known] = {}
    reasons: list[Reason] = []
    for reading in (Reading.model_validate(each) for each in readings):
        try:
            code = _fitting(reading.property, family)
            value, bound, word = properties.read_value(code, reading.value, unit=reading.unit)
        except NotRead as unread:
            reasons.append(Reason(unread.code, {"property": reading.property, **unread.values}))
            continue
        if code in found:
            reasons.append(Reason("property_twice", {"property": code}))
        written = f"{reading.value} {reading.unit}".strip()
        found[code] = Known(code, value, bound, word, method=reading.method, written=written[:80])
    return found, reasons


def _fitting(code: str, family: str) -> str:
    each = properties.word(code)
    if each.kind == "lifetime" or family not in each.families:
        raise NotRead("property_of_other_family", property=code, family=family)
    return code


def _sample_must_be_of(each: Lot, sample: str) -> None:
    """A sample that was taken here belongs to one lot; the label of a laboratory is taken as it is."""
    taken = PowderSample.objects.select_related("lot").filter(code=sample.removeprefix("sample:")).first()
    if taken and taken.lot_id != each.pk:
        raise RuleBroken("sample_of_other_lot", sample=sample, lot=each.ref, other=taken.lot.ref)


def write(done: Done, each: Lot, found: dict[str, Known], told: Told) -> None:
    """Add the rows; the newest counts, the others stay to be read."""
    for code, known in found.items():
        row = LotProperty(
            lot=each,
            code=code,
            value=known.value,
            bound=known.bound,
            text=known.word,
            written=known.written,
            method=known.method,
            instrument=told.instrument,
            sample=told.sample,
            basis=told.basis,
            known_on=told.on,
            recorded_at=clock.now(),
            by=done.by.person,
            event=done.event,
        )
        before = queries.counting(each, code, told.basis)
        if before and told.dated and before.known_on > told.on:
            row.superseded_by = before
        insert(row)
        if row.superseded_by is None:
            LotProperty.objects.filter(
                lot=each, code=code, basis=told.basis, superseded_by__isnull=True, pk__lt=row.pk
            ).update(superseded_by=row)


def _as_known(each: Lot, found: dict[str, Known], told: Told) -> dict[str, Any]:
    """What the fact keeps: each value as it was written and as it was understood."""
    return {
        "lot": each.ref,
        "properties": {code: as_said(known) for code, known in found.items()},
        "known": list(found),
        "written": {code: known.written for code, known in found.items() if known.written},
        "on": told.on,
        "sample": told.sample,
        "instrument": told.instrument,
        "out": [r.values["property"] for r in out_of_limits(each)],
        "cmr": properties.is_cmr(found),
    }


def as_said(known: Known) -> str:
    """A value in a fact: exact, in its unit."""
    number = format(known.value, "f") if known.value is not None else known.word
    return f"{known.bound}{number} {known.unit}".strip() if known.value is not None else number


def out_of_limits(each: Lot) -> list[Reason]:
    """Every reason why what is known of a lot is outside the specification of its material."""
    limits = queries.limits_for(each.material.code)
    return properties.judge(queries.known_properties(each), limits, lot=each.code)


def _alert(by: Actor, each: Lot, found: dict[str, Known]) -> None:
    """Quality is told of a value outside its limit, HSE of cobalt that the list of materials does not know."""
    for reason in out_of_limits(each):
        if reason.values["property"] in found:
            notices.notify(
                by=by,
                to=f"role:{roles.QUALITY}",
                about=each.ref,
                code="property_out",
                property=reason.values["property"],
                value=as_said(found[reason.values["property"]]),
            )
    if properties.is_cmr(found) and each.material.cmr != "yes":
        cobalt: Decimal | None = found["Co"].value
        notices.notify(
            by=by, to=f"role:{roles.HSE}", about=each.ref, code="cobalt_found", value_percent=cobalt
        )
