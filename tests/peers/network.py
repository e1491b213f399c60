"""A bad network: a TCP proxy that cuts, goes down, or stalls without a word."""

from __future__ import annotations

import contextlib
import socket
import threading
import time


class BadNetwork:
    """Listens on its own port and carries bytes to another, as well as it is told to."""

    def __init__(self, port: int) -> None:
        self.target = port
        self.stalled = threading.Event()
        self.down = False
        # The message during which the line breaks, and whether that message still arrives.
        self.fatal, self.fatal_arrives = b"", False
        self.pairs: list[tuple[socket.socket, socket.socket]] = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def endpoint(self) -> str:
        return f"opc.tcp://127.0.0.1:{self.port}/"

    def cut(self) -> None:
        """Every connection breaks now; new ones may be made."""
        pairs, self.pairs = self.pairs, []
        for pair in pairs:
            for end in pair:
                _break(end)

    def go_down(self) -> None:
        self.down = True
        self.cut()

    def come_up(self) -> None:
        self.down = False
        self.stalled.clear()

    def stall(self) -> None:
        """Bytes stop, nobody is told: no FIN, no RST."""
        self.stalled.set()

    def break_at(self, message: bytes, *, arrives: bool) -> None:
        """The line goes down at the message that holds these bytes: just after it arrived, or instead of it."""
        self.fatal, self.fatal_arrives = message, arrives

    def gone(self) -> bool:
        """Whether nobody holds a line any more."""
        return all(near.fileno() < 0 for near, _far in self.pairs)

    def close(self) -> None:
        self.go_down()
        self.listener.close()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self.listener.accept()
            except OSError:
                return
            if self.down:
                _break(near)
                continue
            try:
                far = socket.create_connection(("127.0.0.1", self.target), timeout=2)
            except OSError:
                _break(near)
                continue
            far.settimeout(None)
            self.pairs.append((near, far))
            if self.down:
                # It went down while this line was being made.
                self.cut()
                continue
            for one, other in ((near, far), (far, near)):
                threading.Thread(target=self._carry, args=(one, other), daemon=True).start()

    def _carry(self, one: socket.socket, other: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := one.recv(65536):
                while self.stalled.is_set():
                    time.sleep(0.02)
                if self.fatal and self.fatal in data:
                    self._break_here(one, other, data)
                    break
                other.sendall(data)
        _break(one)
        _break(other)

    def _break_here(self, one: socket.socket, other: socket.socket, data: bytes) -> None:
        """Who spoke is cut off first, so that no answer comes back."""
        self.fatal, self.down = b"", True
        _break(one)
        if self.fatal_arrives:
            other.sendall(data)
            time.sleep(0.5)
        self.cut()


def _break(end: socket.socket) -> None:
    with contextlib.suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
