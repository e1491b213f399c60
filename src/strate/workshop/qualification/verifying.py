"""A candidate's folder, read again by anyone, without the product's database: `strate qualification verify FOLDER`."""

import hashlib
import json
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click
from click.exceptions import Exit

from strate.kernels.sealing import container, keys
from strate.kernels.sealing.commands import say
from strate.workshop.qualification.credentials import Altered, verify

FORMAT = "strate-candidate-folder/1"
MANIFEST, SIGNATURE = "manifest.json", "manifest.jws"
KIND = "strate-candidate-folder"
MOST_BYTES = 2 * 1024**3
WORDS = {
    "whole": ("%d fichiers sont ceux qui ont été archivés", "%d files are those that were archived"),
    "missing": ("fichier absent : %s", "file missing: %s"),
    "altered": ("fichier modifié : %s", "file altered: %s"),
    "stranger": ("fichier en trop : %s", "file that was not archived: %s"),
    "signed": ("liste signée par la clé %s", "list signed by key %s"),
    "unsigned": ("la liste n’est pas celle qui a été signée", "the list is not the one that was signed"),
    "other_key": ("la clé n’est pas celle que vous attendez", "the key is not the one you trust"),
    "certificate": ("certificat authentique : %s", "certificate authentic: %s"),
    "forged": ("certificat modifié : %s", "certificate altered: %s"),
    "not_a_folder": ("ceci n’est pas un dossier de candidat", "this is not a candidate's folder"),
}


class NotAFolder(ValueError):
    """What was given is not a candidate's folder."""


@dataclass
class Report:
    """What holds and what does not, each as a code with its value."""

    holds: list[tuple[str, Any]] = field(default_factory=list)
    fails: list[tuple[str, Any]] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return not self.fails


@click.group("qualification")
def qualification() -> None:
    """What can be done with a candidate's folder that was archived."""


@qualification.command(
    "verify", help="Check offline that a candidate's folder (or its ZIP) is what was archived."
)
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--lang", type=click.Choice(["fr", "en"]), default="fr", help="Language of the report.")
@click.option("--key", metavar="FINGERPRINT", help="Fingerprint of the site's key that you trust.")
def verify_command(folder: Path, lang: str, key: str | None) -> None:
    """Exit 0 when everything holds, 1 when something does not, 2 when it is not a candidate's folder."""
    try:
        report = verified(folder, key=key)
    except NotAFolder as error:
        say(_said("not_a_folder", None, lang))
        raise Exit(2) from error
    for mark, told in (("+", report.holds), ("✗", report.fails)):
        for code, value in told:
            say(f" {mark} {_said(code, value, lang)}")
    raise Exit(0 if report.ok else 1)


def _said(code: str, value: Any, lang: str) -> str:
    sentence = WORDS[code][0 if lang == "fr" else 1]
    # What a folder holds may be hostile: no control sign reaches the terminal.
    shown = "".join(c for c in value if c.isprintable()) if isinstance(value, str) else value
    return sentence % shown if "%" in sentence else sentence


def verified(path: Path, *, key: str | None = None) -> Report:
    """The report on a folder, or on the ZIP of one."""
    if path.is_dir():
        return _read(path, key)
    with TemporaryDirectory(prefix="strate-verify-") as folder:
        _unpack(path, Path(folder))
        return _read(Path(folder), key)


def _unpack(path: Path, into: Path) -> None:
    try:
        with zipfile.ZipFile(path) as packed:
            if sum(each.file_size for each in packed.infolist()) > MOST_BYTES:
                raise NotAFolder(str(path))
            for each in packed.infolist():
                _take_out(packed, each, into)
    except container.UNREADABLE as error:
        raise NotAFolder(str(path)) from error


def _take_out(packed: zipfile.ZipFile, member: zipfile.ZipInfo, into: Path) -> None:
    try:
        packed.extract(member, into)
    # One wrong byte shows as anything from zlib.error to RuntimeError; the list names what did not come out whole.
    except Exception:
        return


def _read(folder: Path, key: str | None) -> Report:
    text = _bytes(folder / MANIFEST)
    try:
        manifest = json.loads(text)
        files = {str(each["name"]): str(each["sha256"]) for each in manifest["files"]}
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise NotAFolder(str(folder)) from error
    if manifest.get("format") != FORMAT:
        raise NotAFolder(str(folder))
    report = Report()
    _check_signature(folder, text, manifest, key, report)
    _check_files(folder, files, report)
    _check_certificates(folder, files, report)
    return report


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise NotAFolder(str(path)) from error


def _check_signature(folder: Path, text: bytes, manifest: Any, key: str | None, report: Report) -> None:
    public = str(manifest.get("key", ""))
    try:
        told = keys.verify((folder / SIGNATURE).read_text(encoding="utf-8").strip(), public, kind=KIND)
    except (keys.BadSignature, OSError, UnicodeDecodeError):
        report.fails.append(("unsigned", None))
        return
    if told != {"sha256": hashlib.sha256(text).hexdigest()}:
        report.fails.append(("unsigned", None))
        return
    name = keys.fingerprint(public)
    if key and not keys.same_fingerprint(key, name):
        report.fails.append(("other_key", None))
    report.holds.append(("signed", name[:16]))


def _check_files(folder: Path, files: dict[str, str], report: Report) -> None:
    found = {str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file()} - {MANIFEST, SIGNATURE}
    whole = 0
    for name, expected in sorted(files.items()):
        if name not in found:
            report.fails.append(("missing", name))
        elif hashlib.sha256((folder / name).read_bytes()).hexdigest() != expected:
            report.fails.append(("altered", name))
        else:
            whole += 1
    report.fails += [("stranger", name) for name in sorted(found - set(files))]
    report.holds.append(("whole", whole))


def _check_certificates(folder: Path, files: dict[str, str], report: Report) -> None:
    """A certificate proves itself: its own issuer signed it word for word."""
    for name in sorted(files):
        if not (name.startswith("certificates/") and name.endswith(".json")) or not (folder / name).is_file():
            continue
        try:
            credential = json.loads((folder / name).read_bytes())
            verify(credential, issuer=str(credential["issuer"]["id"]))
        except (Altered, ValueError, KeyError, TypeError, RecursionError):
            report.fails.append(("forged", name))
        else:
            report.holds.append(("certificate", name))
