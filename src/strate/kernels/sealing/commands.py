"""Ask the terminal whether a dossier is still what was sealed: `strate dossier verify FILE`."""

import json
import os
import sys
import unicodedata
from dataclasses import asdict
from pathlib import Path

import click
from click.exceptions import Exit

from strate.kernels.sealing.bundle import verify_bundle
from strate.kernels.sealing.findings import Finding
from strate.kernels.sealing.verdict import NotADossier, Verdict
from strate.kernels.sealing.words import LANGUAGES, word


@click.group("dossier")
def dossier() -> None:
    """What can be done with a dossier that was handed over."""


@dossier.command("verify", help="Check offline that a dossier (archive or PDF) is what was sealed.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--lang", type=click.Choice(LANGUAGES), help="Language of the report.")
@click.option("--key", metavar="FINGERPRINT", help="Fingerprint of the site's key that you trust.")
@click.option("--json", "as_json", is_flag=True, help="Report for a program.")
def verify_command(file: Path, lang: str | None, key: str | None, as_json: bool) -> None:
    """Exit 0 when everything holds, 1 when something does not, 2 when it is not a dossier."""
    lang = lang or _language()
    try:
        verdict = verify_file(file, key=key)
    except NotADossier as error:
        say(_refusal(error, lang, as_json))
        raise Exit(2) from error
    say(_as_json(verdict, lang) if as_json else _as_text(verdict, file, lang))
    raise Exit(0 if verdict.ok else 1)


def verify_file(path: Path, *, key: str | None = None) -> Verdict:
    """The verdict on an archive or a PDF, told apart by their first bytes; NotADossier for anything else."""
    try:
        with path.open("rb") as file:
            start = file.read(5)
        if start.startswith(b"PK"):
            return verify_bundle(path, key=key)
        if start == b"%PDF-":
            # Loading the PDF libraries takes longer than checking an archive: only who needs them waits.
            from strate.kernels.sealing.pdf import verify_pdf

            return verify_pdf(path, key=key)
    except OSError as error:
        raise NotADossier("unreadable_file", reason=error.strerror or str(error)) from error
    raise NotADossier("unknown_file")


def _language() -> str:
    spoken = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "en" if spoken.lower().startswith("en") else "fr"


def _refusal(error: NotADossier, lang: str, as_json: bool) -> str:
    sentence = word(Finding(error.code, None, error.values), lang)
    return json.dumps({"ok": False, "refused": error.code, "says": sentence}) if as_json else sentence


def _as_json(verdict: Verdict, lang: str) -> str:
    def told(findings: list[Finding]) -> list[dict[str, object]]:
        return [{**asdict(finding), "says": word(finding, lang)} for finding in findings]

    report = {"ok": verdict.ok, "title": verdict.title, "key_id": verdict.key_id}
    lists = {
        "holds": told(verdict.holds),
        "findings": told(verdict.findings),
        "remarks": told(verdict.remarks),
    }
    return json.dumps({**report, **lists}, ensure_ascii=False, indent=2)


def _as_text(verdict: Verdict, file: Path, lang: str) -> str:
    def label(code: str, **values: int) -> str:
        return word(Finding(code, None, {**values}), lang)

    lines = [verdict.title or f"{label('untitled')} {file.name}", ""]
    marks = (
        ("holds", "+", verdict.holds),
        ("fails", "✗", verdict.findings),
        ("remark", "?", verdict.remarks),
    )
    for code, mark, findings in marks:
        lines += [f" {mark} {label(code):15}  {word(finding, lang)}" for finding in findings]
    count = len(verdict.findings)
    lines += ["", label("all_holds") if verdict.ok else label("something_fails", count=count)]
    return "\n".join(lines)


def say(text: str) -> None:
    """Print text from a file that may be hostile: control characters never reach the terminal."""
    tame = "".join(c if c == "\n" or unicodedata.category(c)[0] != "C" else "�" for c in text)
    encoding = sys.stdout.encoding or "utf-8"
    click.echo(tame.encode(encoding, "replace").decode(encoding))
