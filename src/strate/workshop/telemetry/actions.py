"""Taking in what the machines say: kept once, in order, then told to whom it concerns."""

import hashlib
import json
import zlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from strate.workshop.journal import clock
from strate.workshop.journal.actor import machine_actor
from strate.workshop.machines import queries as machines
from strate.workshop.machines.rules import keepable
from strate.workshop.site import queries as site
from strate.workshop.telemetry import registry, rules
from strate.workshop.telemetry.models import SignalBatch, SignalNow, SpoolMark
from strate.workshop.telemetry.rules import Sample

# Batches made of blocks of a minute, and where they keep the digests of the raw ones.
THINNED, RAW_DIGESTS = "thinned", "raw_digests"
# A few hours of a machine at a time: the tables are never held for long.
HOURS_AT_ONCE = 24


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


def thin() -> int:
    """Make the oldest raw signals light: an hour of a machine becomes one batch of blocks of a minute.

    What a person did is not touched, it is in the journal; nor is what is younger than the site keeps raw.
    """
    before = clock.now() - timedelta(days=int(site.value("raw_signal_days")))
    done = 0
    for _hour in range(HOURS_AT_ONCE):
        oldest = (
            SignalBatch.objects.exclude(source=THINNED).filter(to_at__lt=before).order_by("from_at").first()
        )
        if oldest is None:
            break
        done += _thin_hour(oldest.machine, oldest.from_at.replace(minute=0, second=0, microsecond=0), before)
    return done


def _thin_hour(machine: str, start: datetime, before: datetime) -> int:
    """The digests of the raw batches stay with the blocks: a fact that names one of them is still understood."""
    with transaction.atomic():
        raw = SignalBatch.objects.select_for_update().exclude(source=THINNED).filter(machine=machine)
        raw = raw.filter(from_at__lt=min(start + timedelta(hours=1), before), to_at__lt=before)
        found = list(raw.order_by("from_at", "pk"))
        again = SignalBatch.objects.filter(source=THINNED, machine=machine, first=int(start.timestamp()))
        signals = [each for batch in [*again, *found] for each in json.loads(zlib.decompress(batch.body))]
        digests = {
            "name": RAW_DIGESTS,
            "value": [b.sha256 for b in found],
            "at": found[0].from_at.isoformat(),
        }
        blocks = [digests, *rules.minutes(signals)]
        body = json.dumps(blocks, sort_keys=True).encode()
        every = [*again, *found]
        span = {"from_at": min(b.from_at for b in every), "to_at": max(b.to_at for b in every)}
        again.delete()
        SignalBatch.objects.filter(pk__in=[batch.pk for batch in found]).delete()
        SignalBatch.objects.create(
            machine=machine,
            source=THINNED,
            first=int(start.timestamp()),
            count=len(blocks),
            body=zlib.compress(body, 6),
            sha256=hashlib.sha256(body).hexdigest(),
            **span,
        )
    return len(found)


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
