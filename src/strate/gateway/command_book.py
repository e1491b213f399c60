"""The commands given to the machines: each remembered from taken to acknowledged, so none is done twice."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from strate.gateway.contract import Command, Result
from strate.gateway.spool import Spool


class Stage(StrEnum):
    TAKEN = "taken"
    STARTED = "started"
    ANSWERED = "answered"
    ACKNOWLEDGED = "acknowledged"


@dataclass(frozen=True, slots=True)
class Entry:
    """One command as the book holds it."""

    id: str
    machine: str
    verb: str
    args: dict[str, Any]
    expires_at: str | None
    stage: Stage
    result: Result | None


class CommandBook:
    """Written in the spool before and after each act, so that a kill between two lines is seen afterwards."""

    def __init__(self, spool: Spool) -> None:
        self.db = spool.db

    def take(self, machine: str, command: Command) -> None:
        """Note a command once; hearing it again changes nothing."""
        self.db.execute(
            "INSERT OR IGNORE INTO commands SELECT ?, coalesce(max(place), 0) + 1, ?, ?, ?, ?, ?, NULL "
            "FROM commands",
            (
                str(command["id"]),
                machine,
                str(command.get("verb", "")),
                json.dumps(command.get("args") or {}),
                command.get("expires_at"),
                Stage.TAKEN,
            ),
        )

    def open_entries(self, machine: str) -> list[Entry]:
        """What is still to be done or answered, in the order it was given."""
        return self._select("machine = ? AND stage IN ('taken', 'started')", machine)

    def unacknowledged(self, machine: str) -> list[Entry]:
        return self._select("machine = ? AND stage = 'answered'", machine)

    def find(self, command_id: str) -> Entry | None:
        found = self._select("id = ?", command_id)
        return found[0] if found else None

    def started(self, command_id: str) -> None:
        self._stage(command_id, Stage.STARTED)

    def answered(self, command_id: str, result: Result) -> None:
        self.db.execute(
            "UPDATE commands SET stage = ?, result = ? WHERE id = ?",
            (Stage.ANSWERED, json.dumps(result, ensure_ascii=False), command_id),
        )

    def acknowledged(self, command_id: str) -> None:
        self._stage(command_id, Stage.ACKNOWLEDGED)

    def _stage(self, command_id: str, stage: Stage) -> None:
        self.db.execute("UPDATE commands SET stage = ? WHERE id = ?", (stage, command_id))

    def _select(self, where: str, value: str) -> list[Entry]:
        rows = self.db.execute(
            "SELECT id, machine, verb, args, expires_at, stage, result FROM commands "
            f"WHERE {where} ORDER BY place",
            (value,),
        ).fetchall()
        return [
            Entry(i, m, v, json.loads(a), e, Stage(s), json.loads(r) if r else None)
            for i, m, v, a, e, s, r in rows
        ]
