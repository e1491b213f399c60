"""Saving the whole site into one file, and bringing it back; both are verified to the last fact."""

import hashlib
import json
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

FORMAT = "strate-backup-1"
KEPT = ("files", "keys")


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
        dump = _dump(base)
        facts = _verify_dump(dump)
        manifest = {
            "format": FORMAT,
            "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "database": dump.name,
            "facts": facts,
            "sha256": {name: _sha256(path) for name, path in _members(home, dump)},
        }
        (base / "manifest.json").write_text(json.dumps(manifest, indent=1, sort_keys=True))
        partial = target.with_name(target.name + ".part")
        with tarfile.open(partial, "w:gz", compresslevel=3) as tar:
            tar.add(base / "manifest.json", "manifest.json")
            for name, path in _members(home, dump):
                tar.add(path, name)
        partial.chmod(0o600)
        partial.replace(target)
        return Saved(target, facts, len(manifest["sha256"]) - 1, target.stat().st_size)


def _dump(folder: Path) -> Path:
    if connection.vendor == "sqlite":
        copy = folder / "strate.sqlite3"
        source = sqlite3.connect(f"file:{settings.DATABASES['default']['NAME']}?mode=ro", uri=True)
        with sqlite3.connect(copy) as into:
            # In one step: in steps it starts again at each foreign commit and never ends under load.
            source.backup(into)
        source.close()
        into.close()
        return copy
    copy = folder / "strate.pgdump"
    database = connection.settings_dict
    command = ["pg_dump", "--format=custom", f"--file={copy}", f"--dbname={database['NAME']}"]
    for option, key in (("host", "HOST"), ("port", "PORT"), ("username", "USER")):
        if database[key]:
            command.append(f"--{option}={database[key]}")
    subprocess.run(command, check=True, env={"PGPASSWORD": database["PASSWORD"], "PATH": "/usr/bin:/bin"})  # noqa: S603
    return copy


def _verify_dump(dump: Path) -> int:
    """The number of facts of a copy whose chain holds from the first to the last."""
    from strate.workshop.journal import audit

    if dump.suffix != ".sqlite3":
        return audit.verify_site().facts
    with sqlite3.connect(f"file:{dump}?mode=ro", uri=True) as copy:
        if copy.execute("PRAGMA quick_check").fetchone()[0] != "ok":
            raise BackupBroken("the copy of the database is damaged")
        facts = audit.verify_rows(copy.execute("SELECT chain, seq, link, envelope FROM strate_fact ORDER BY seq"))
    copy.close()
    return facts


def _members(home: Path, dump: Path) -> Iterator[tuple[str, Path]]:
    yield dump.name, dump
    for folder in KEPT:
        for path in sorted((home / folder).rglob("*")):
            if path.is_file():
                yield str(path.relative_to(home)), path
    outside = home / "checkpoints.jsonl"
    if outside.exists():
        yield outside.name, outside


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def restore(source: Path, home: Path) -> dict[str, Any]:
    """Bring a backup back into an empty home; every digest and the chain are verified before anything is put in place."""
    if (home / "strate.sqlite3").exists():
        raise BackupBroken(f"{home} already holds a site: restore into an empty folder (STRATE_HOME=…)")
    home.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=home, prefix=".restore-") as folder:
        base = Path(folder)
        try:
            with tarfile.open(source, "r:gz") as tar:
                tar.extractall(base, filter="data")
            manifest: dict[str, Any] = json.loads((base / "manifest.json").read_text())
        except (tarfile.TarError, OSError, EOFError, KeyError, ValueError) as error:
            raise BackupBroken(f"{source.name} is not a whole backup of Strate: {error}") from error
        _check(base, manifest)
        if not manifest["database"].endswith(".sqlite3"):
            raise BackupBroken("this backup is a PostgreSQL one: load it with pg_restore (docs/running.md)")
        facts = _verify_dump(base / manifest["database"])
        if facts != manifest["facts"]:
            raise BackupBroken(f"the chain holds {facts} facts where the backup announces {manifest['facts']}")
        for name in manifest["sha256"]:
            target = home / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(base / name, target)
    return manifest


def _check(base: Path, manifest: dict[str, Any]) -> None:
    if manifest.get("format") != FORMAT:
        raise BackupBroken("this file is not a backup of this version of Strate")
    for name, digest in manifest["sha256"].items():
        path = base / name
        if not path.is_file():
            raise BackupBroken(f"{name} is missing from the backup")
        if _sha256(path) != digest:
            raise BackupBroken(f"{name} was altered in the backup")
