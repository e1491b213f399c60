"""Where the signals go and the commands come from: the product, over HTTP."""

from __future__ import annotations

import hashlib
import logging
from typing import Any, Protocol
from urllib.parse import quote

import httpx

from strate.gateway.contract import Batch, Command, Result, batch_key

log = logging.getLogger(__name__)

# The product understood and will never take this; everything else may work later.
HOPELESS = frozenset({400, 409, 413, 422})
UNWANTED_RESULT = frozenset({404, 409, 410, 422})


class SinkRefused(Exception):
    """The product understood the batch and will never take it."""


class SinkUnavailable(Exception):
    """The product cannot be reached, or asks to come back later."""

    def __init__(self, why: str, *, wait_s: float | None = None) -> None:
        super().__init__(why)
        self.wait_s = wait_s


class FileProblem(Exception):
    """The product's file is missing or is not what its digest says."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Sink(Protocol):
    """The other end of the gateway."""

    async def post_signals(self, batch: Batch) -> None: ...

    async def machines(self) -> list[dict[str, Any]]: ...

    async def commands(self, machine: str) -> list[Command]: ...

    async def post_result(self, command_id: str, result: Result) -> None: ...

    async def file(self, sha256: str) -> bytes: ...

    async def close(self) -> None: ...


class HttpSink:
    """The contract of contract.py, spoken over one kept-alive HTTP client."""

    def __init__(self, url: str, token: str, *, timeout_s: float = 15.0) -> None:
        self.http = httpx.AsyncClient(
            base_url=url.rstrip("/"),
            headers={"Authorization": f"Bearer {token}"},
            timeout=httpx.Timeout(timeout_s, connect=5.0),
        )

    async def _ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        try:
            return await self.http.request(method, path, **more)
        except httpx.HTTPError as no:
            raise SinkUnavailable(f"{type(no).__name__}: {no}") from no

    async def post_signals(self, batch: Batch) -> None:
        answer = await self._ask(
            "POST", "/api/gateway/signals", json=batch, headers={"Idempotency-Key": batch_key(batch)}
        )
        if answer.is_success:
            return
        if answer.status_code in HOPELESS:
            raise SinkRefused(f"{answer.status_code} {answer.text[:500]}")
        raise _later(answer)

    async def machines(self) -> list[dict[str, Any]]:
        return await self._listed("/api/gateway/machines", "code")

    async def commands(self, machine: str) -> list[Command]:
        return await self._listed("/api/gateway/commands", "id", machine=machine)

    async def _listed(self, path: str, key: str, **asked: str) -> list[Any]:
        answer = await self._ask("GET", path, params=asked)
        if not answer.is_success:
            raise _later(answer)
        try:
            given = answer.json()
        except ValueError as no:
            raise SinkUnavailable(f"{path} is not JSON") from no
        if not isinstance(given, list) or not all(isinstance(one, dict) and key in one for one in given):
            raise SinkUnavailable(f"{path} is not a list of objects with their {key}")
        return given

    async def post_result(self, command_id: str, result: Result) -> None:
        quoted = quote(command_id, safe="")
        answer = await self._ask(
            "POST",
            f"/api/gateway/commands/{quoted}/result",
            json=result,
            headers={"Idempotency-Key": f"result:{quoted}"},
        )
        if answer.is_success:
            return
        if answer.status_code in UNWANTED_RESULT:
            log.warning("result of command %s not wanted any more: %s", command_id, answer.status_code)
            return
        raise _later(answer)

    async def file(self, sha256: str) -> bytes:
        answer = await self._ask("GET", f"/api/gateway/files/{quote(sha256, safe='')}")
        if answer.status_code in (404, 410):
            raise FileProblem("file_missing")
        if not answer.is_success:
            raise _later(answer)
        if hashlib.sha256(answer.content).hexdigest() != sha256.lower():
            raise FileProblem("file_corrupt")
        return answer.content

    async def close(self) -> None:
        await self.http.aclose()


def _later(answer: httpx.Response) -> SinkUnavailable:
    asked = answer.headers.get("Retry-After", "")
    return SinkUnavailable(
        f"{answer.request.url.path} answered {answer.status_code}",
        wait_s=float(asked) if asked.isdecimal() else None,
    )
