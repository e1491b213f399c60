"""Doing what the product asks of a machine, once, and telling what came of it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from itertools import takewhile
from typing import Any, get_args

from strate.gateway.command_book import CommandBook, Entry, Stage
from strate.gateway.contract import Result, Verb
from strate.gateway.driver import Driver, JobOrder, MachineRefused, MachineUnreachable, Standing
from strate.gateway.sink import FileProblem, Sink, SinkUnavailable

log = logging.getLogger(__name__)

# Repeating these does no harm: the same file is put again, the same values are read again.
REPEATABLE = frozenset({"put_file", "read_parameters"})
# Pressing these again is the careful side, once the machine was seen not to have obeyed.
CALMING = frozenset({"hold", "stop", "abort"})

LOOK_EVERY_S = 0.1


class Executor:
    """The hands of the gateway for one machine."""

    def __init__(
        self, machine: str, driver: Driver, sink: Sink, book: CommandBook, *, patience_s: float = 30.0
    ) -> None:
        self.machine, self.driver, self.sink, self.book = machine, driver, sink, book
        self.patience_s = patience_s
        self.answering = asyncio.Lock()

    async def run(self, *, every_s: float = 1.0) -> None:
        """Fetch, do, answer, for ever; a hold or an abort never waits behind a long file."""
        async with asyncio.TaskGroup() as lanes:
            lanes.create_task(self._fetch(every_s))
            lanes.create_task(self._work(calming=True))
            lanes.create_task(self._work(calming=False))

    async def _fetch(self, every_s: float) -> None:
        """A silent product changes nothing to what is already noted."""
        while True:
            try:
                wanted = await self.sink.commands(self.machine)
                for command in wanted:
                    self.book.take(self.machine, command)
                self._drop_all_but({str(command["id"]) for command in wanted})
            except SinkUnavailable as no:
                log.info("%s: no commands: %s", self.machine, no)
            await self._answer()
            await asyncio.sleep(every_s)

    def _drop_all_but(self, wanted: set[str]) -> None:
        """What was fetched, not begun, and is wanted no more was taken back by somebody."""
        for entry in self.book.open_entries(self.machine):
            if entry.stage is Stage.TAKEN and entry.id not in wanted:
                log.info("%s: command %s %s was taken back", self.machine, entry.id, entry.verb)
                self.book.answered(entry.id, _no("withdrawn"))

    async def _work(self, *, calming: bool) -> None:
        while True:
            for listed in _lane(self.book.open_entries(self.machine), calming=calming):
                entry = self.book.find(listed.id)
                if entry is not None and entry.stage in (Stage.TAKEN, Stage.STARTED):
                    await self._do(entry)
                    await self._answer()
            await asyncio.sleep(LOOK_EVERY_S)

    async def _answer(self) -> None:
        async with self.answering:
            await self._answer_all()

    async def _answer_all(self) -> None:
        for entry in self.book.unacknowledged(self.machine):
            if entry.result is None:
                continue
            try:
                await self.sink.post_result(entry.id, entry.result)
            except SinkUnavailable as no:
                log.info("%s: result of %s kept: %s", self.machine, entry.id, no)
                return
            self.book.acknowledged(entry.id)

    async def _do(self, entry: Entry) -> None:
        result = _unfit(entry) or await self._attempt(entry)
        log.info("%s: command %s %s -> %s", self.machine, entry.id, entry.verb, result["code"])
        self.book.answered(entry.id, result)

    async def _attempt(self, entry: Entry) -> Result:
        try:
            if entry.stage is Stage.STARTED and entry.verb not in REPEATABLE:
                return await self._look_back(entry)
            self.book.started(entry.id)
            return _ok("done", await self._ask(entry))
        except MachineRefused as no:
            return {"ok": False, "code": no.code, "values": no.values}
        except FileProblem as no:
            return _no(no.code)
        except (KeyError, TypeError, ValueError) as no:
            return {"ok": False, "code": "args_invalid", "values": {"detail": f"{type(no).__name__}: {no}"}}

    async def _ask(self, entry: Entry) -> Mapping[str, Any]:
        loop = asyncio.get_running_loop()
        until = loop.time() + self.patience_s
        while True:
            try:
                return await self._press(entry)
            except SinkUnavailable:
                if loop.time() >= until:
                    raise MachineRefused("product_unreachable") from None
            except MachineUnreachable as no:
                if no.asked and entry.verb not in REPEATABLE:
                    return (await self._look_back(entry, strict=True))["values"]
                if loop.time() >= until:
                    raise MachineRefused("machine_unreachable") from no
            await asyncio.sleep(0.5)

    async def _press(self, entry: Entry) -> Mapping[str, Any]:
        args, driver = entry.args, self.driver
        if entry.verb not in REPEATABLE | CALMING:
            await self._check_wanted(entry)
        if entry.verb == "put_file":
            content = await self.sink.file(str(args["sha256"]))
            receipt = await driver.put_file(str(args["name"]), content)
            return {"name": receipt.name, "size_bytes": receipt.size_bytes, "sha256": receipt.sha256}
        if entry.verb == "read_parameters":
            return await driver.read_parameters()
        if entry.verb == "start":
            await driver.start(_order(args))
        elif entry.verb in ("power_on", "power_off"):
            await driver.power(entry.verb == "power_on")
        elif entry.verb == "prepare":
            await driver.prepare()
        else:
            press = {
                "hold": driver.hold,
                "resume": driver.resume,
                "stop": driver.stop,
                "abort": driver.abort,
            }[entry.verb]
            await press(str(args.get("job", "")))
        return await self._stand()

    async def _check_wanted(self, entry: Entry) -> None:
        """Asked just before a machine is set in motion, for the order may have been taken back meanwhile.

        A product that does not answer means no: whoever takes an order back must be able to count on it.
        """
        if entry.id not in {str(each["id"]) for each in await self.sink.commands(self.machine)}:
            raise MachineRefused("withdrawn")

    async def _stand(self) -> Mapping[str, Any]:
        """The button was pressed and answered; not being able to look afterwards must not press it again."""
        try:
            return _told(await self.driver.standing())
        except MachineUnreachable:
            return {}

    async def _look_back(self, entry: Entry, *, strict: bool = False) -> Result:
        """We were cut off in the middle: look at the machine instead of pressing the button again."""
        now = await self._standing_within(self.patience_s)
        if now is None:
            raise MachineRefused("outcome_unknown")
        if holds(entry.verb, entry.args, now):
            return _ok("already_done", _told(now))
        if entry.verb == "start" and now.job != str(entry.args["job"]) and not strict:
            # The machine never saw this order, and would refuse an order it has seen.
            return _ok("done", await self._ask(entry))
        if entry.verb in CALMING and now.job == str(entry.args.get("job", now.job)):
            return _ok("done", await self._insist(entry))
        raise MachineRefused("outcome_unknown", **_told(now))

    async def _insist(self, entry: Entry) -> Mapping[str, Any]:
        """Pressed again, through a line that may break again, until the machine obeys, refuses or was seen to obey."""
        loop = asyncio.get_running_loop()
        until = loop.time() + self.patience_s
        while loop.time() < until:
            try:
                return await self._press(entry)
            except MachineUnreachable as no:
                log.info("%s: command %s %s lost again: %s", self.machine, entry.id, entry.verb, no)
            await asyncio.sleep(LOOK_EVERY_S)
            now = await self._standing_within(until - loop.time())
            if now is not None and holds(entry.verb, entry.args, now):
                return _told(now)
        raise MachineRefused("outcome_unknown")

    async def _standing_within(self, seconds: float) -> Standing | None:
        loop = asyncio.get_running_loop()
        until = loop.time() + seconds
        while loop.time() < until:
            try:
                return await self.driver.standing()
            except MachineUnreachable:
                await asyncio.sleep(0.5)
        return None


def holds(verb: str, args: Mapping[str, Any], now: Standing) -> bool:
    """Is what the command wished for true of the machine as it stands?"""
    job = str(args.get("job", ""))
    mine = not job or now.job == job
    if verb == "start":
        return now.job == job and (now.job_state != "AllowedToStart" or now.state == "preparing")
    wishes = {
        "hold": mine and now.state == "held",
        "resume": mine and now.state == "running",
        "stop": mine and now.job_state == "Ended",
        "abort": mine and now.job_state == "Aborted",
        "power_on": now.state not in ("off", ""),
        "power_off": now.state == "off",
        "prepare": now.state in ("preparing", "ready"),
    }
    return wishes.get(verb, False)


def _lane(entries: list[Entry], *, calming: bool) -> list[Entry]:
    """What may be done now: a hold never waits; a resume never overtakes the hold that was given before it."""
    if calming:
        return [entry for entry in entries if entry.verb in CALMING]
    return list(takewhile(lambda entry: entry.verb not in CALMING, entries))


def _unfit(entry: Entry) -> Result | None:
    if entry.verb not in get_args(Verb):
        return _no("verb_unknown")
    if entry.stage is Stage.TAKEN and entry.expires_at:
        try:
            late = datetime.fromisoformat(entry.expires_at) < datetime.now(UTC)
        except (TypeError, ValueError):
            return _no("args_invalid")
        if late:
            return _no("expired")
    return None


def _order(args: Mapping[str, Any]) -> JobOrder:
    return JobOrder(
        order=str(args["job"]),
        file=str(args["file"]),
        sha256=str(args["sha256"]),
        layers_planned=int(args["layers_planned"]),
        parameters={str(name): float(value) for name, value in (args.get("parameters") or {}).items()},
    )


def _told(now: Standing) -> dict[str, Any]:
    return {"state": now.state, "job": now.job, "job_state": now.job_state}


def _ok(code: str, values: Mapping[str, Any]) -> Result:
    return {"ok": True, "code": code, "values": dict(values)}


def _no(code: str) -> Result:
    return {"ok": False, "code": code, "values": {}}
