"""The notebook of the gateway: what was heard and not yet delivered, kept on disk through any crash."""

from __future__ import annotations

import json
import logging
import sqlite3
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from strate.gateway.contract import Batch, to_wire
from strate.gateway.signals import Gap, Signal

log = logging.getLogger(__name__)

SCHEMA = """
CREATE TABLE IF NOT EXISTS signals (
    machine TEXT NOT NULL, sequence INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (machine, sequence)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS cursors (
    machine TEXT PRIMARY KEY, delivered INTEGER NOT NULL, written INTEGER NOT NULL, heard_at TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS aside (
    id INTEGER PRIMARY KEY, machine TEXT NOT NULL, first INTEGER NOT NULL, body TEXT NOT NULL,
    reason TEXT NOT NULL, at TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS commands (
    id TEXT PRIMARY KEY, place INTEGER NOT NULL, machine TEXT NOT NULL, verb TEXT NOT NULL,
    args TEXT NOT NULL, expires_at TEXT, stage TEXT NOT NULL, result TEXT
);
CREATE INDEX IF NOT EXISTS commands_by_stage ON commands (machine, stage);
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class Aside:
    """Something the product would not take, with the reason it gave."""

    machine: str
    first: int
    body: str
    reason: str


class Spool:
    """Append-only store and forward in SQLite; what append() has returned from is on the disk."""

    def __init__(self, path: Path, *, limit: int = 2_000_000) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.limit = limit
        self.db = sqlite3.connect(path, isolation_level=None)
        self.db.execute("PRAGMA journal_mode=WAL")
        self.db.execute("PRAGMA synchronous=FULL")
        self.db.executescript(SCHEMA)
        self.source = self._source()
        self.waiting_rows = self.db.execute("SELECT count(*) FROM signals").fetchone()[0]

    def _source(self) -> str:
        """The name of this notebook for ever; a new notebook begins a new numbering under a new name."""
        self.db.execute("INSERT OR IGNORE INTO facts VALUES ('source', ?)", (f"gw-{uuid.uuid4().hex[:12]}",))
        return str(self.db.execute("SELECT value FROM facts WHERE name = 'source'").fetchone()[0])

    def close(self) -> None:
        self.db.close()

    def keep_machines(self, told: list[dict[str, Any]]) -> None:
        """The machines the product named: known again after a restart, even when the product is away."""
        text = json.dumps(told, ensure_ascii=False)
        if text != self.machines_told():
            self.db.execute("INSERT OR REPLACE INTO facts VALUES ('machines', ?)", (text,))

    def machines_told(self) -> str:
        row = self.db.execute("SELECT value FROM facts WHERE name = 'machines'").fetchone()
        return str(row[0]) if row else "[]"

    # -- signals in ------------------------------------------------------------------------------------

    def append(self, machine: str, signals: Iterable[Signal]) -> int:
        """Write these down, numbered; returns the last number given."""
        signals = list(signals)
        if not signals:
            return 0
        if self.waiting_rows + len(signals) > self.limit:
            signals.insert(0, self._make_room(machine, len(signals)))
        with self.db:
            self.db.execute("BEGIN IMMEDIATE")
            written = self._written(machine)
            rows = [
                (machine, number, json.dumps(to_wire(signal), ensure_ascii=False))
                for number, signal in enumerate(signals, written + 1)
            ]
            self.db.executemany("INSERT INTO signals VALUES (?, ?, ?)", rows)
            heard = max(signal.received_at for signal in signals).isoformat()
            self.db.execute(
                "INSERT INTO cursors VALUES (?, 0, ?, ?) ON CONFLICT(machine) DO UPDATE SET "
                "written = excluded.written, heard_at = excluded.heard_at",
                (machine, written + len(rows), heard),
            )
        self.waiting_rows += len(rows)
        return written + len(rows)

    def _written(self, machine: str) -> int:
        row = self.db.execute("SELECT written FROM cursors WHERE machine = ?", (machine,)).fetchone()
        return int(row[0]) if row else 0

    def _make_room(self, machine: str, needed: int) -> Signal:
        """The notebook is full: the oldest tenth goes, loudly, and a gap says so for ever."""
        many = max(needed, self.limit // 10)
        old = self.db.execute(
            "SELECT machine, sequence, body FROM signals ORDER BY machine = ? DESC, sequence LIMIT ?",
            (machine, many),
        ).fetchall()
        with self.db:
            self.db.execute("BEGIN IMMEDIATE")
            self.db.executemany(
                "DELETE FROM signals WHERE machine = ? AND sequence = ?", [row[:2] for row in old]
            )
        self.waiting_rows -= len(old)
        log.error("spool full: %d signals dropped before they could be delivered", len(old))
        times = [datetime.fromisoformat(json.loads(row[2])["at"]) for row in old] or [datetime.now(UTC)]
        gap = Gap(machine, min(times), max(times), "spool_full")
        return replace(gap.as_signal(), received_at=datetime.now(UTC))

    # -- signals out -----------------------------------------------------------------------------------

    def machines(self) -> list[str]:
        return [row[0] for row in self.db.execute("SELECT machine FROM cursors ORDER BY machine")]

    def heard_at(self, machine: str) -> datetime | None:
        row = self.db.execute("SELECT heard_at FROM cursors WHERE machine = ?", (machine,)).fetchone()
        return datetime.fromisoformat(row[0]) if row else None

    def waiting(self, machine: str) -> int:
        return int(
            self.db.execute("SELECT count(*) FROM signals WHERE machine = ?", (machine,)).fetchone()[0]
        )

    def next_batch(self, machine: str, *, most: int = 500) -> Batch | None:
        """The oldest undelivered signals with unbroken numbers."""
        rows = self.db.execute(
            "SELECT sequence, body FROM signals WHERE machine = ? ORDER BY sequence LIMIT ?", (machine, most)
        ).fetchall()
        if not rows:
            return None
        first = int(rows[0][0])
        unbroken = [body for place, (number, body) in enumerate(rows) if number == first + place]
        return {
            "machine": machine,
            "source": self.source,
            "first": first,
            "signals": [json.loads(body) for body in unbroken],
        }

    def delivered(self, batch: Batch) -> None:
        last = batch["first"] + len(batch["signals"]) - 1
        with self.db:
            self.db.execute("BEGIN IMMEDIATE")
            self._forget(batch["machine"], last)

    def set_aside(self, batch: Batch, reason: str) -> None:
        """The product will never take this batch: keep it with the reason and go on with the next."""
        last = batch["first"] + len(batch["signals"]) - 1
        log.error("set aside %s %d-%d: %s", batch["machine"], batch["first"], last, reason)
        with self.db:
            self.db.execute("BEGIN IMMEDIATE")
            self.db.execute(
                "INSERT INTO aside (machine, first, body, reason, at) VALUES (?, ?, ?, ?, ?)",
                (
                    batch["machine"],
                    batch["first"],
                    json.dumps(batch["signals"], ensure_ascii=False),
                    reason,
                    datetime.now(UTC).isoformat(),
                ),
            )
            self._forget(batch["machine"], last)

    def _forget(self, machine: str, last: int) -> None:
        gone = self.db.execute(
            "DELETE FROM signals WHERE machine = ? AND sequence <= ?", (machine, last)
        ).rowcount
        self.db.execute("UPDATE cursors SET delivered = ? WHERE machine = ?", (last, machine))
        self.waiting_rows -= gone

    def asides(self) -> list[Aside]:
        rows = self.db.execute("SELECT machine, first, body, reason FROM aside ORDER BY id")
        return [Aside(*row) for row in rows]
