"""Taking in what the machines say: kept once, in order, then told to whom it concerns."""

import hashlib
import json
import zlib
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from strate.workshop.journal import clock
from strate.workshop.journal.actor import machine_actor
from strate.workshop.machines import queries as machines
from strate.workshop.machines.rules import keepable
from strate.workshop.telemetry import registry, rules
from strate.workshop.telemetry.models import SignalBatch, SignalNow, SpoolMark
from strate.workshop.telemetry.rules import Sample


def ingest(*, machine: str, source: str, first: int, signals: Sequence[dict[str, Any]]) -> int:
    """Keep a batch of signals of one machine; a batch sent again is recognised and changes nothing.

    Returns how many signals were new. The raw batch is kept compressed with its digest; the latest values are
    what the screens show. Listeners (layers, states of a build) hear only what is new, in the same
    transaction: a batch is kept and understood, or it is sent again.
    """
    found = machines.machine(machine)
    with transaction.atomic():
        fresh = [keepable(each) for each in _unknown_yet(source, found.code, first, signals)]
        if not fresh:
            return 0
        samples = [rules.sample_from(each, now=clock.now()) for each in fresh]
        body = json.dumps(fresh, sort_keys=True).encode()
        SignalBatch.objects.create(
            machine=found.code,
            source=source,
            first=first + len(signals) - len(fresh),
            count=len(fresh),
            from_at=min(s.at for s in samples),
            to_at=max(s.at for s in samples),
            body=zlib.compress(body, 1),
            sha256=hashlib.sha256(body).hexdigest(),
        )
        _keep_latest(found.code, samples)
        registry.tell(machine_actor(found.code), found.code, samples)
    return len(samples)


def _unknown_yet(
    source: str, machine: str, first: int, signals: Sequence[dict[str, Any]]
) -> list[dict[str, Any]]:
    """The part of a batch that was never kept: a batch sent again may have grown meanwhile."""
    mark, _new = SpoolMark.objects.select_for_update().get_or_create(source=source, machine=machine)
    fresh = list(signals)[max(mark.next - first, 0) :]
    if fresh:
        mark.next = first + len(signals)
        mark.save(update_fields=["next"])
    return fresh


def _keep_latest(machine: str, samples: Sequence[Sample]) -> None:
    """One write for all: the newest of each signal in the batch, unless something newer is already known."""
    latest, now = rules.newest(samples), clock.now()
    known = dict(SignalNow.objects.filter(machine=machine, name__in=latest).values_list("name", "at"))
    rows = [
        SignalNow(
            machine=machine,
            name=s.name,
            value=s.value,
            unit=s.unit,
            at=s.at,
            received_at=now,
            quality=s.quality,
        )
        for s in latest.values()
        if rules.supersedes(s.at, known.get(s.name), now=now)
    ]
    SignalNow.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["machine", "name"],
        update_fields=["value", "unit", "at", "received_at", "quality"],
    )
