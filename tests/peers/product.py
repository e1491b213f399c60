"""A small product on loopback that keeps the gateway's contract in memory: a real HTTP server."""

from __future__ import annotations

import contextlib
import hashlib
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlparse


class Product:
    """Takes signals once each, gives commands until answered, serves files by digest."""

    def __init__(self) -> None:
        self.token = "only-for-tests"
        self.signals: dict[tuple[str, str, int], dict[str, Any]] = {}
        self.repeated = 0
        self.commands: list[dict[str, Any]] = []
        self.results: dict[str, dict[str, Any]] = {}
        self.results_heard = 0
        self.files: dict[str, bytes] = {}
        self.machines: list[dict[str, str]] = []
        self.lists_given = 0
        self.hated: set[str] = set()
        self.answer_with = 0
        self.slow_files: threading.Event | None = None
        self.lock = threading.Lock()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.product = self
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    def __enter__(self) -> Product:
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()

    # -- what tests ask --------------------------------------------------------------------------------

    def said(self, name: str) -> list[Any]:
        with self.lock:
            return [s["value"] for s in self.signals.values() if s["name"] == name]

    def last(self, name: str) -> Any:
        return next(reversed(self.said(name)), None)

    def numbers(self) -> list[int]:
        """The numbers of what has come, each at its first coming."""
        with self.lock:
            return [number for _source, _machine, number in self.signals]

    def give_file(self, content: bytes) -> str:
        sha256 = hashlib.sha256(content).hexdigest()
        self.files[sha256] = content
        return sha256

    def command(self, command_id: str, verb: str, **args: Any) -> None:
        with self.lock:
            self.commands.append({"id": command_id, "verb": verb, "args": args})

    # -- the contract ----------------------------------------------------------------------------------

    def take(self, batch: dict[str, Any]) -> int:
        with self.lock:
            if any(signal["name"] in self.hated for signal in batch["signals"]):
                return 422
            for number, signal in enumerate(batch["signals"], batch["first"]):
                key = (batch["source"], batch["machine"], number)
                self.repeated += key in self.signals
                self.signals.setdefault(key, signal)
        return 200

    def open_commands(self) -> list[dict[str, Any]]:
        with self.lock:
            return [one for one in self.commands if one["id"] not in self.results]

    def answer(self, command_id: str, result: dict[str, Any]) -> None:
        with self.lock:
            self.results_heard += 1
            self.results[command_id] = result


class Handler(BaseHTTPRequestHandler):
    """The four doors of the contract."""

    protocol_version = "HTTP/1.1"

    @property
    def product(self) -> Product:
        return self.server.product

    def log_message(self, *_: object) -> None:
        """Quiet."""

    def handle(self) -> None:
        """A gateway that is killed leaves its connection broken: that is what the tests are about."""
        with contextlib.suppress(ConnectionError):
            super().handle()

    def _send(self, status: int, body: bytes = b"{}") -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _allowed(self) -> bool:
        wrong = self.headers.get("Authorization") != f"Bearer {self.product.token}"
        refused = self.product.answer_with or (401 if wrong else 0)
        if refused:
            self._send(refused)
        return not refused

    def do_GET(self) -> None:
        if not self._allowed():
            return
        path = urlparse(self.path)
        if path.path == "/api/gateway/commands":
            assert parse_qs(path.query)["machine"]
            self._send(200, json.dumps(self.product.open_commands()).encode())
        elif path.path == "/api/gateway/machines":
            self._send(200, json.dumps(self.product.machines).encode())
            self.product.lists_given += 1
        else:
            self._file(path.path.removeprefix("/api/gateway/files/"))

    def _file(self, sha256: str) -> None:
        if self.product.slow_files:
            self.product.slow_files.wait(300)
        content = self.product.files.get(sha256)
        self._send(404 if content is None else 200, content or b"")

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if not self._allowed():
            return
        assert self.headers["Idempotency-Key"]
        parts = self.path.split("/")
        if self.path == "/api/gateway/signals":
            self._send(self.product.take(body))
        elif parts[3] == "commands" and parts[5] == "result":
            self.product.answer(unquote(parts[4]), body)
            self._send(200)
        else:
            self._send(404)
