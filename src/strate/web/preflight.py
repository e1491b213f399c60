"""What must be true before the house opens; each thing that is not is told in one clear sentence."""

import contextlib
import errno
import fcntl
import os
import random
import shutil
import socket
import sqlite3
from pathlib import Path

# Below this, a build's signals and photos may not fit any more, however large the disk.
DISK_WARNING_BYTES = 1024**3
DISK_WARNING_PERCENT = 90
WAL_RESET_FIXED = (3, 51, 3)


class CannotStart(Exception):
    """The sentence to print."""


def check_settings() -> Path:
    """The variables that would break the settings themselves are read here first; returns the folder of the data."""
    port = os.environ.get("STRATE_PORT") or "8000"
    if not port.isdecimal() or not 0 < int(port) < 65536:
        raise CannotStart(f"STRATE_PORT is « {port} »: a port is a number from 1 to 65535.")
    url = os.environ.get("STRATE_DATABASE_URL", "")
    if url and not url.startswith(("postgresql://", "postgres://")):
        raise CannotStart(
            "STRATE_DATABASE_URL is not the address of a PostgreSQL database (docs/settings.md)."
        )
    return Path(os.environ.get("STRATE_HOME") or "var").resolve()


def check_home(home: Path) -> None:
    """The folder of the data exists and can be written to."""
    try:
        home.mkdir(parents=True, exist_ok=True)
        probe = home / f".write-test-{os.getpid()}"
        probe.write_bytes(b"1")
        probe.unlink()
    except OSError as error:
        why = {
            errno.ENOSPC: "the disk is full: free some space",
            errno.EROFS: "it is on a read-only disk: set STRATE_HOME to a folder that can be written to",
        }.get(error.errno or 0, "it cannot be written to: set STRATE_HOME to a folder of yours")
        raise CannotStart(f"The data folder {home} cannot be used: {why}.") from error


def open_once(home: Path, port: int) -> None:
    """A site is opened once: two houses in one folder would both drive its machines. Held until this process ends."""
    holder = os.open(home / "open.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(holder, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        there = os.read(holder, 8).decode("ascii", "replace").strip()
        os.close(holder)
        raise CannotStart(
            f"This site is open already, on port {there}: go there, or stop it first (its data: {home})."
        ) from error
    os.ftruncate(holder, 0)
    os.pwrite(holder, str(port).encode(), 0)


def check_site(home: Path) -> None:
    """There is a site to look at: an empty folder is told, and nothing is made in it."""
    if os.environ.get("STRATE_DATABASE_URL"):
        return
    path = home / "strate.sqlite3"
    if not path.is_file():
        raise CannotStart(f"There is no site in {home}: set STRATE_HOME to the folder of its data.")
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        database.execute("SELECT 1 FROM strate_fact LIMIT 1")
    except sqlite3.Error as error:
        raise CannotStart(f"The database {path} is not one of Strate that can be read: {error}.") from error
    finally:
        database.close()


def nothing_to_upgrade(home: Path) -> bool:
    """Whether the embedded database already is of this version: then the pages may open while the rest is read."""
    path = home / "strate.sqlite3"
    if os.environ.get("STRATE_DATABASE_URL") or not path.exists():
        return False
    wanted = {file.stem for file in (Path(__file__).parents[1] / "migrations").glob("[0-9]*.py")}
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        rows = database.execute("SELECT name FROM django_migrations WHERE app = 'strate'")
        return {name for (name,) in rows} == wanted
    except sqlite3.Error:
        return False
    finally:
        database.close()


def check_port(address: str, port: int) -> None:
    """Nobody else listens on our port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise CannotStart(
                    f"Port {port} is taken: another program (another Strate?) listens there. "
                    f"Stop it, or choose another port: STRATE_PORT={port + 1} make run"
                ) from error
            raise CannotStart(f"Cannot listen on {address}:{port}: {error.strerror}.") from error


def is_taken(address: str, port: int) -> bool:
    """Whether another program listens there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as error:
            return error.errno == errno.EADDRINUSE
        return False


def free_port() -> int:
    """A port nobody uses, outside those the system gives by itself: nobody else is given it before it is used."""
    chance = random.SystemRandom()
    for _try in range(1000):
        port = chance.randint(12_000, 31_999)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise CannotStart("No port of this computer is free.")


def is_almost_full(home: Path, above_percent: int = DISK_WARNING_PERCENT) -> bool:
    """Whether the disk of the data is fuller than the site accepts, or holds little more."""
    usage = shutil.disk_usage(home)
    return usage.free < DISK_WARNING_BYTES or usage.free * 100 < usage.total * (100 - above_percent)


def embedded_is_sound() -> bool:
    """Whether the embedded database is of a version without the WAL-reset bug."""
    return sqlite3.sqlite_version_info >= WAL_RESET_FIXED


def warnings(home: Path, embedded: bool, above_percent: int = DISK_WARNING_PERCENT) -> list[str]:
    """What does not prevent the start but must be known."""
    told = []
    if is_almost_full(home, above_percent):
        free = shutil.disk_usage(home).free
        told.append(f"The disk is almost full: {free // 1024**2} MB left for the data.")
    if embedded and not embedded_is_sound():
        told.append(
            f"SQLite {sqlite3.sqlite_version} has the WAL-reset bug fixed in 3.51.3; Strate's writer lock keeps "
            "clear of it as long as no other program writes to the database."
        )
    return told
