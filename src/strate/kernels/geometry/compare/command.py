"""The `geometry compare` command: two revisions of a file, or a scan beside its nominal."""

from __future__ import annotations

import json
from pathlib import Path

import click

from strate.kernels.geometry.compare.asked import Comparison, Heard
from strate.kernels.geometry.compare.report import comparison_lines, word
from strate.kernels.geometry.compare.tolerances import Tolerance, Zone, zones_from_json
from strate.kernels.geometry.guarding.guard import compare_in_child
from strate.kernels.geometry.refusal import FileRefused, Refused
from strate.kernels.geometry.saying.keyboard import Command
from strate.kernels.geometry.saying.report import lang_of, refusal_dict
from strate.kernels.geometry.saying.words import Lang

FINE, FINDINGS, REFUSED = 0, 1, 2
LARGEST_ZONES = 5_000_000


@click.command(cls=Command)
@click.argument("nominal", type=click.Path(readable=False, path_type=Path))
@click.argument("other", type=click.Path(readable=False, path_type=Path))
@click.option("--scan", is_flag=True, help="OTHER is a scan (a cloud of points always is one).")
@click.option("--tolerance", help="In mm, e.g. -0.1..0.1 or 0.1.")
@click.option(
    "--zones",
    type=click.Path(readable=False, path_type=Path),
    help="JSON list of zones with their tolerances.",
)
@click.option("--as-placed", is_flag=True, help="The scan already lies where the nominal is: do not move it.")
@click.option(
    "--reach-mm", type=click.FloatRange(0, min_open=True), help="Beyond, points are not of the part."
)
@click.option("--alike-um", type=click.FloatRange(0, min_open=True), help="Revisions this near are the same.")
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
@click.option("--lang", type=click.Choice(["fr", "en"]), default=None, help="Language of the sentences.")
@click.pass_context
def compare(
    ctx: click.Context,
    nominal: Path,
    other: Path,
    scan: bool,
    tolerance: str | None,
    zones: Path | None,
    as_placed: bool,
    reach_mm: float | None,
    alike_um: float | None,
    as_json: bool,
    lang: str | None,
) -> None:
    """Say what changed between two files. Exit 0 same or within, 1 changed or out, 2 refused."""
    tongue = lang_of(lang)
    try:
        asked = Comparison(
            scan=scan or tolerance is not None or zones is not None,
            tolerance=None if tolerance is None else Tolerance.parse(tolerance),
            zones=() if zones is None else read_zones(zones),
            as_placed=as_placed,
            reach_mm=reach_mm,
            alike_um=alike_um,
        )
        answer = compare_in_child(nominal, other, asked=asked, heard=_heard(tongue))
    except Refused as refused:
        said = refusal_dict(refused, tongue)
        click.echo(json.dumps(said, ensure_ascii=False, indent=1) if as_json else said["sentence"])
        ctx.exit(REFUSED)
    lines = comparison_lines(answer, tongue)
    click.echo(json.dumps(answer, ensure_ascii=False, indent=1) if as_json else "\n".join(lines))
    ctx.exit(exit_code(answer))


def exit_code(answer: dict[str, object]) -> int:
    """0 only when nothing is left to look at."""
    findings = answer["findings"]
    assert isinstance(findings, list)
    fine = answer["state"] in ("identical", "same", "within", "measured")
    return FINE if fine and not any(f["severity"] != "info" for f in findings) else FINDINGS


def read_zones(path: Path) -> tuple[Zone, ...]:
    try:
        if path.stat().st_size > LARGEST_ZONES:
            raise FileRefused("file_too_big", size_bytes=path.stat().st_size, limit_bytes=LARGEST_ZONES)
        return zones_from_json(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise FileRefused("file_missing", name=path.name) from error
    except UnicodeDecodeError as error:
        raise FileRefused("zones_unreadable", number=0) from error


def _heard(lang: Lang) -> Heard:
    def hear(what: str, share: float) -> None:
        click.echo(f"… {100 * share:3.0f} % {word(what, lang)}", err=True)

    return hear
