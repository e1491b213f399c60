"""What the air holds: each figure is worked out by the rule in force that day and recorded as a measurement."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field

from strate.workshop.doors.texts import Code, Sentence, Title
from strate.workshop.journal.actions import act
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import RuleBroken
from strate.workshop.notices.actions import notify
from strate.workshop.people.roles import permit
from strate.workshop.safety import queries, rules
from strate.workshop.safety.models import Divisors, Exposure
from strate.workshop.site import queries as site

Figure = Annotated[Decimal, Field(ge=0, le=1_000_000, max_digits=14, decimal_places=6)]
Divisor = Annotated[Decimal, Field(gt=0, le=1000, max_digits=8, decimal_places=4)]


def decide_divisors(
    *,
    by: Actor,
    valid_from: date,
    inhalable: Divisor,
    quartz: Divisor,
    cristobalite: Divisor,
    tridymite: Divisor,
    source: Sentence,
) -> Divisors:
    """Take over new limits of the silica index from a date on; what was measured before keeps its own."""
    permit(by, "safety.measure_exposure")
    if not source.strip():
        raise RuleBroken("limits_need_a_source")
    with act("safety.divisors_decided", by=by, meaning="limits_decided") as done:
        values = {"inhalable": inhalable, "quartz": quartz, "cristobalite": cristobalite}
        values |= {"tridymite": tridymite}
        if Divisors.objects.filter(valid_from=valid_from).exists():
            raise RuleBroken("limits_already_decided", valid_from=valid_from)
        row = Divisors.objects.create(
            valid_from=valid_from, source=source.strip(), decided_by=by.person, **values
        )
        done.tell("exposure:silica", valid_from=valid_from, limits=values, limits_source=row.source)
    return row


def record_silica(
    *,
    by: Actor,
    measured_on: date,
    inhalable: Figure,
    quartz: Figure = Decimal(0),
    cristobalite: Figure = Decimal(0),
    tridymite: Figure = Decimal(0),
    place: Code = "",
    about: Title = "",
    source: Sentence = "",
) -> Exposure:
    """Work out the silica index of a sampling (mg/m³) and record it; above 1, HSE is told."""
    limits = queries.silica_limits(measured_on)
    inputs = {"inhalable": inhalable, "quartz": quartz, "cristobalite": cristobalite, "tridymite": tridymite}
    index = rules.silica_index(limits=limits, **inputs)
    told = {name: str(getattr(limits, name)) for name in inputs} | {"from": str(limits.valid_from)}
    verdict = rules.CONFORM if index <= 1 else rules.NOT_CONFORM
    return _record(
        by,
        "silica",
        place=place,
        about=about,
        inputs=inputs,
        limits=told,
        result=_shown(index),
        verdict=verdict,
        source=source or limits.source,
        measured_on=measured_on,
    )


def record_room_oxygen(
    *, by: Actor, measured_on: date, room_m3: Figure, gas_m3: Figure, place: Code = "", about: Title = ""
) -> Exposure:
    """Estimate the oxygen left in a room after a release of inert gas; the lower figure decides."""
    simple = rules.room_oxygen(room_m3=room_m3, gas_m3=gas_m3)
    mixed = rules.room_oxygen_mixed(room_m3=room_m3, gas_m3=gas_m3)
    verdict = rules.CONFORM if simple >= rules.OXYGEN_PREALARM_PERCENT else rules.NOT_CONFORM
    limits = {
        "prealarm_percent": str(rules.OXYGEN_PREALARM_PERCENT),
        "alarm_percent": str(rules.OXYGEN_ALARM_PERCENT),
        "mixed_percent": _shown(mixed),
    }
    return _record(
        by,
        "room_oxygen",
        place=place,
        about=about,
        inputs={"room_m3": room_m3, "gas_m3": gas_m3},
        limits=limits,
        result=_shown(simple),
        verdict=verdict,
        source="OSHA 19,5 % ; INRS",
        measured_on=measured_on,
    )


def record_dust_class(
    *, by: Actor, measured_on: date, kst_bar_m_s: Figure, about: Title, source: Sentence = ""
) -> Exposure:
    """Record the explosion class of a dust from its Kst (bar·m/s)."""
    found = rules.dust_class(kst_bar_m_s)
    return _record(
        by,
        "dust_class",
        place="",
        about=about,
        inputs={"kst_bar_m_s": kst_bar_m_s},
        limits={"St1": "200", "St2": "300"},
        result=found,
        verdict=found,
        source=source,
        measured_on=measured_on,
    )


def _record(by: Actor, kind: str, **values: Any) -> Exposure:
    permit(by, "safety.measure_exposure")
    if values["place"]:
        site.place(values["place"])
    values["inputs"] = {name: str(each) for name, each in values["inputs"].items()}
    place = f"place:{values['place']}" if values["place"] else ""
    with act("safety.exposure_recorded", by=by) as done:
        row = Exposure.objects.create(kind=kind, by=by.person, event=done.event, **values)
        if row.verdict == rules.NOT_CONFORM:
            about = place or values["about"] or f"exposure:{kind}"
            notify(by=by, to="role:hse", about=about, code="exposure_too_high", exposure_kind=kind)
        told = {name: values[name] for name in ("inputs", "limits", "result", "measured_on")}
        done.tell(
            place,
            values["about"],
            exposure_kind=kind,
            exposure_verdict=row.verdict,
            limits_source=row.source,
            **told,
        )
    return row


def _shown(value: Decimal) -> str:
    """At most four decimals, without the noughts at the end."""
    return f"{value.quantize(Decimal('0.0001')).normalize():f}"
