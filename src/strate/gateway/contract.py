"""What the gateway and the product say to each other over HTTP.

All requests carry `Authorization: Bearer TOKEN`. Bodies are JSON in UTF-8; times are ISO 8601 with offset.
Ids and codes are percent-encoded in paths and headers.

1.  `POST {url}/api/gateway/signals`, header `Idempotency-Key: SOURCE:MACHINE:FIRST-LAST`, body `Batch`.
    Signal number i of the batch has the sequence `first + i`; (source, machine, sequence) is unique for
    ever, so the product ignores a sequence it already holds. Batches of one machine arrive in order; a
    number can be missing (a batch the product refused, or a spool that overflowed: a `gap` signal tells it).
    Answers: 2xx taken. 400, 409, 413, 422: this batch will never be taken; the gateway halves it until the
    culprit stands alone, sets that aside with the reason, and goes on. Anything else, 401, 403, 404, 408
    and 429 included: try later, nothing is lost. `Retry-After` in seconds is respected.
2.  `GET {url}/api/gateway/commands?machine=CODE` answers a list of `Command`, oldest first, not yet
    answered. The product may repeat a command as often as it likes: the gateway remembers its id.
3.  `POST {url}/api/gateway/commands/{id}/result`, header `Idempotency-Key: result:ID`, body `Result`;
    repeated until 2xx. 404, 409, 410 and 422 end the repetition (the product does not want it any more).
4.  `GET {url}/api/gateway/files/{sha256}` answers the bytes; the gateway hashes them before use.
5.  `GET {url}/api/gateway/machines` answers the machines to follow, when the settings of the gateway name none:
    a list of {"code", "driver", "endpoint", "mapping"}. Asked every few seconds: a machine entered, moved to
    another address or retired is taken up or dropped without a restart. One token opens all of these doors
    for all the machines of a gateway; a network that must not trust one computer with all of them runs
    several gateways, each with its own token and its own list in its settings.

Verbs and their `args`:
    put_file         {"name": str, "sha256": str}          values: {"name", "size_bytes", "sha256"}
    start            {"job": str, "file": str, "sha256": str, "layers_planned": int,
                      "parameters": {name: number}}        values: {"state", "job", "job_state"}
    hold, resume, stop, abort  {"job": str}                values: the same
    prepare, power_on, power_off  {}                       values: the same
    read_parameters  {}                                    values: {name: number}

Result codes: `done`; `already_done` (the wish was true when the gateway looked after being cut off in the
middle); `outcome_unknown` (cut off in the middle, not repeated because repeating could do harm: a person
looks); `machine_unreachable`; `product_unreachable`; `expired`; `withdrawn` (taken back before the machine
was touched: an order is done only while it is still among the commands); `verb_unknown`; `args_invalid`;
`file_missing`; `file_corrupt` (from the product); `hash_not_equal` (what the machine gave back differs);
`protocol_error`; or the machine's own refusal, such as `wrong_state`, `no_file`, `door_open`,
`alarm_active`, `machine_off`.

A `collector` signal is sent at every change and repeated every few seconds as a heartbeat while the product
answers: a machine whose last `collector` is not `live`, or is older than a few heartbeats, has no data.
"""

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypedDict
from urllib.parse import quote

from strate.gateway.signals import Signal

Verb = Literal[
    "put_file",
    "start",
    "hold",
    "resume",
    "stop",
    "abort",
    "read_parameters",
    "prepare",
    "power_on",
    "power_off",
]


class WireSignal(TypedDict):
    name: str
    value: Any
    unit: str
    at: str
    received_at: str
    quality: str


class Batch(TypedDict):
    machine: str
    source: str
    first: int
    signals: list[WireSignal]


class Command(TypedDict):
    id: str
    verb: str
    args: dict[str, Any]
    expires_at: NotRequired[str | None]


class Result(TypedDict):
    ok: bool
    code: str
    values: dict[str, Any]


def to_wire(signal: Signal) -> WireSignal:
    return {
        "name": signal.name,
        "value": signal.value,
        "unit": signal.unit,
        "at": signal.at.isoformat(),
        "received_at": signal.received_at.isoformat(),
        "quality": str(signal.quality),
    }


def batch_key(batch: Batch) -> str:
    last = batch["first"] + len(batch["signals"]) - 1
    return f"{batch['source']}:{quote(batch['machine'], safe='')}:{batch['first']}-{last}"
