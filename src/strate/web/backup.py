"""Saving the whole site into one file, and bringing it back; both are verified to the last fact."""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from strate.kernels.sealing import keys
from strate.kernels.sealing.words import word
from strate.web.sqlite.damage import read_as_it_stands
from strate.workshop.journal import audit, checkpoints
from strate.workshop.journal.checkpoints import outside_path

FORMAT = "strate-backup-1"
KEPT = ("files", "keys")
OUTSIDE = "checkpoints.jsonl"
SAID_AT_MOST = 10
# What a damaged backup shows as, from the packing to the words of its list.
UNREADABLE = (
    tarfile.TarError,
    zlib.error,
    OSError,
    EOFError,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    RecursionError,
)


class BackupBroken(Exception):
    """The backup cannot be trusted; the sentence says why."""


@dataclass(frozen=True)
class Saved:
    """What a backup holds."""

    path: Path
    facts: int
    files: int
    size_bytes: int


def save(target: Path) -> Saved:
    """Write the whole site (database, files, keys) into `target`; readers and writers go on meanwhile.

    The database is copied in one step, checked, and its chain verified *in the copy*: a backup that was not read
    back is only a hope. Written beside the target and renamed, so a half-written one never bears the name.
    """
    home: Path = settings.STRATE.home
    with tempfile.TemporaryDirectory(dir=home, prefix=".backup-") as folder:
        base = Path(folder)
        # The signed heads before the facts they promise: taken after, they would promise more than is saved.
        if outside_path().exists():
            shutil.copyfile(outside_path(), base / OUTSIDE)
        dump = _dump(base)
        facts = _verify_dump(dump)
        members = dict(_members(home, base, dump))
        manifest = {
            "format": FORMAT,
            "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "database": dump.name,
            "facts": facts,
            "sha256": {name: _sha256(path) for name, path in members.items()},
        }
        (base / "manifest.json").write_text(json.dumps(manifest, indent=1, sort_keys=True))
        _pack(target, {"manifest.json": base / "manifest.json", **members})
        return Saved(target, facts, len(members) - 1, target.stat().st_size)


def _pack(target: Path, members: dict[str, Path]) -> None:
    """One compressed file, readable by its owner alone (it holds the keys), named only when it is whole."""
    partial = target.with_name(target.name + ".part")
    try:
        descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with (
            os.fdopen(descriptor, "wb") as file,
            tarfile.open(fileobj=file, mode="w:gz", compresslevel=3) as tar,
        ):
            for name, path in members.items():
                tar.add(path, name)
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)


def copy_embedded(target: Path) -> None:
    """Copy the embedded database while it is in use."""
    source = sqlite3.connect(f"file:{connection.settings_dict['NAME']}?mode=ro", uri=True)
    into = sqlite3.connect(target)
    try:
        # In one step: in steps it starts again at each foreign commit and never ends under load.
        source.backup(into)
    finally:
        source.close()
        into.close()


def _dump(folder: Path) -> Path:
    if connection.vendor == "sqlite":
        copy_embedded(folder / "strate.sqlite3")
        return folder / "strate.sqlite3"
    copy = folder / "strate.pgdump"
    database = connection.settings_dict
    command = ["pg_dump", "--format=custom", f"--file={copy}", f"--dbname={database['NAME']}"]
    for option, key in (("host", "HOST"), ("port", "PORT"), ("username", "USER")):
        if database[key]:
            command.append(f"--{option}={database[key]}")
    env = {**os.environ, "PGPASSWORD": str(database["PASSWORD"] or "")}
    done = subprocess.run(command, env=env, capture_output=True, text=True)
    if done.returncode:
        raise BackupBroken(f"pg_dump could not copy the database: {done.stderr.strip()}")
    return copy


def _verify_dump(dump: Path, public: str = "") -> int:
    """The number of facts of a copy whose chain and signed heads hold from the first to the last."""
    try:
        return audit.verify_site().facts if dump.suffix != ".sqlite3" else _read_copy(dump, public)
    except audit.ChainBroken as broken:
        raise BackupBroken(" ".join(word(each, "en") for each in broken.findings[:SAID_AT_MOST])) from broken


def _read_copy(dump: Path, public: str) -> int:
    copy = read_as_it_stands(sqlite3.connect(f"file:{dump}?mode=ro", uri=True))
    try:
        if copy.execute("PRAGMA quick_check").fetchone()[0] != "ok":
            raise BackupBroken("the copy of the database is damaged")
        signed = [row[0] for row in copy.execute("SELECT jws FROM strate_checkpoint ORDER BY seq")]
        rows = copy.execute("SELECT chain, seq, link, envelope FROM strate_fact ORDER BY seq")
        return audit.verify_rows(rows, signed, public or checkpoints.public_key())
    except sqlite3.Error as error:
        raise BackupBroken(f"the copy of the database cannot be read: {error}") from error
    finally:
        copy.close()


def _members(home: Path, base: Path, dump: Path) -> Iterator[tuple[str, Path]]:
    yield dump.name, dump
    for folder in KEPT:
        for path in sorted((home / folder).rglob("*")):
            inside = path.relative_to(home)
            # A name that begins with a dot is a file still being received.
            if path.is_file() and not any(part.startswith(".") for part in inside.parts):
                yield str(inside), path
    if (base / OUTSIDE).exists():
        yield OUTSIDE, base / OUTSIDE


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def restore(source: Path, home: Path) -> dict[str, Any]:
    """Bring a backup back into an empty home; digests and chain are verified before anything is put in place."""
    if any((home / name).exists() for name in ("strate.sqlite3", "files", OUTSIDE)):
        raise BackupBroken(f"{home} already holds a site: restore into an empty folder (STRATE_HOME=…)")
    home.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=home, prefix=".restore-") as folder:
        base = Path(folder)
        try:
            with tarfile.open(source, "r:gz") as tar:
                tar.extractall(base, filter="data")
            manifest: dict[str, Any] = json.loads((base / "manifest.json").read_text(encoding="utf-8"))
            _check(base, manifest)
        except UNREADABLE as error:
            raise BackupBroken(f"{source.name} is not a whole backup of Strate: {error}") from error
        if not manifest["database"].endswith(".sqlite3"):
            raise BackupBroken("this backup is a PostgreSQL one: load it with pg_restore (docs/running.md)")
        facts = _verify_dump(base / manifest["database"], _public_key(base))
        if facts != manifest["facts"]:
            raise BackupBroken(
                f"the chain holds {facts} facts where the backup announces {manifest['facts']}"
            )
        for name in manifest["sha256"]:
            target = home / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(base / name, target)
    return manifest


def _public_key(base: Path) -> str:
    """The key of the site that was saved, to check the signed heads of its journal."""
    path = base / "keys" / "site.ed25519.pem"
    return keys.public_key(path.read_bytes()) if path.is_file() else ""


def _check(base: Path, manifest: dict[str, Any]) -> None:
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise BackupBroken("this file is not a backup of this version of Strate")
    if not isinstance(manifest["facts"], int) or manifest["database"] not in manifest["sha256"]:
        raise ValueError("manifest.json was altered")
    for name, digest in manifest["sha256"].items():
        path = base / name
        if not path.resolve().is_relative_to(base.resolve()):
            raise BackupBroken(f"{name} would be written outside the folder of the data")
        if not path.is_file():
            raise BackupBroken(f"{name} is missing from the backup")
        if _sha256(path) != digest:
            raise BackupBroken(f"{name} was altered in the backup")
