"""The `geometry` commands: verify, weigh and slice an exchange file at the keyboard; no database needed."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import click

from strate.kernels.geometry.compare.command import compare
from strate.kernels.geometry.deep.thresholds import Thresholds
from strate.kernels.geometry.guarding.guard import (
    areas_in_child,
    contours_in_child,
    parameters_in_child,
    verify_in_child,
)
from strate.kernels.geometry.guarding.waiting import waiting
from strate.kernels.geometry.judging.layer_verdict import OpaqueVerdict
from strate.kernels.geometry.refusal import FileRefused, Refused
from strate.kernels.geometry.saying.keyboard import Command, Decimals
from strate.kernels.geometry.saying.report import (
    lang_of,
    refusal_dict,
    report_lines,
    weighing_dict,
    weighing_lines,
)
from strate.kernels.geometry.saying.report_layers import parameter_lines
from strate.kernels.geometry.shop.powder import exact_volume_mm3, powder_need
from strate.kernels.geometry.skin.boxes import point_from

SOUND, FINDINGS, REFUSED = 0, 1, 2


def _common(command: Callable[..., int]) -> Callable[..., None]:
    """FILE, --json and --lang; a refusal is a sentence and exit code 2, never a traceback."""

    @click.argument("file", type=click.Path(readable=False, path_type=Path))
    @click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
    @click.option("--lang", type=click.Choice(["fr", "en"]), default=None, help="Language of the sentences.")
    @click.pass_context
    def run(ctx: click.Context, /, file: Path, as_json: bool, lang: str | None, **options: Any) -> None:
        try:
            code = command(file, as_json, lang_of(lang), **options)
        except Refused as refused:
            said = refusal_dict(refused, lang_of(lang))
            _say(said, [said["sentence"]], as_json)
            code = REFUSED
        ctx.exit(code)

    run.__name__, run.__doc__ = command.__name__, command.__doc__
    return run


def _say(plain: Mapping[str, Any], lines: list[str], as_json: bool) -> None:
    click.echo(json.dumps(plain, ensure_ascii=False, indent=1) if as_json else "\n".join(lines))


@click.group()
def geometry() -> None:
    """Exchange files: verify, weigh, slice, compare."""


@geometry.command(cls=Command)
@click.option("--machine-volume", type=Decimals(3), help="Inside of the machine in mm, e.g. 250x250x325.")
@click.option(
    "--margins",
    type=Decimals(3, from_zero=True),
    help="Margins kept free in mm: both sides in x, y; above in z.",
)
@click.option("--layer-um", type=click.IntRange(1, 10_000), help="Layer thickness in micrometres.")
@click.option("--deep", is_flag=True, help="Look for thin walls, overhangs, trapped powder, islands too.")
@_common
def verify(
    file: Path, as_json: bool, lang: Any, machine_volume: Any, margins: Any, layer_um: int | None, deep: bool
) -> int:
    """Say what a file is and what is wrong with it. Exit 0 sound, 1 findings, 2 refused."""
    with waiting(lang):
        verdict = verify_in_child(
            file,
            machine_volume_mm=point_from(machine_volume),
            margins_mm=point_from(margins) or (0.0, 0.0, 0.0),
            layer_um=layer_um,
            deep=Thresholds() if deep else None,
        )
    _say(verdict.to_dict(), report_lines(verdict, lang), as_json)
    return SOUND if verdict.state == "sound" else FINDINGS


@geometry.command(cls=Command)
@click.option("--bed", type=Decimals(2), required=True, help="Bed in mm, e.g. 250x250.")
@click.option("--solid-density", type=Decimals(), required=True, help="Density of the melted part, g/cm³.")
@click.option("--bulk-density", type=Decimals(), required=True, help="Density of the spread powder, g/cm³.")
@click.option(
    "--dosing", type=Decimals(), default="1", show_default=True, help="Powder dosed ÷ powder spread."
)
@click.option("--recovery", type=Decimals(), default="1", show_default=True, help="Share that gets through.")
@_common
def weigh(
    file: Path,
    as_json: bool,
    lang: Any,
    bed: Any,
    solid_density: Any,
    bulk_density: Any,
    dosing: Any,
    recovery: Any,
) -> int:
    """Say how much powder a file needs, with the sums."""
    with waiting(lang):
        verdict = verify_in_child(file)
    if isinstance(verdict, OpaqueVerdict):
        raise FileRefused("opaque_format", format=verdict.format)
    need = powder_need(
        bed_x_mm=bed[0],
        bed_y_mm=bed[1],
        height_mm=Decimal(verdict.height_um) / 1000,
        part_volume_mm3=exact_volume_mm3(verdict.volume_mm3),
        solid_density_g_cm3=solid_density[0],
        bulk_density_g_cm3=bulk_density[0],
        dosing=dosing[0],
        recovery=recovery[0],
    )
    _say(weighing_dict(verdict, need), weighing_lines(verdict, need, lang), as_json)
    return SOUND if verdict.state == "sound" else FINDINGS


@geometry.command(cls=Command)
@_common
def parameters(file: Path, as_json: bool, lang: Any) -> int:
    """Say what a parameter file (JSON or CSV) holds, and what is doubtful in it."""
    plain = parameters_in_child(file)
    _say(plain, parameter_lines(plain, lang), as_json)
    return SOUND if all(found["severity"] == "info" for found in plain["findings"]) else FINDINGS


@geometry.command(name="slice", cls=Command)
@click.option(
    "--layer-um",
    type=click.IntRange(1, 10_000),
    help="Layer thickness, micrometres (layer files have their own).",
)
@click.option(
    "--layer", "wanted", type=click.IntRange(1), multiple=True, help="Outlines of this layer (from 1)."
)
@_common
def slice_(file: Path, as_json: bool, lang: Any, layer_um: int | None, wanted: tuple[int, ...]) -> int:
    """Print the area of every layer, or the outlines of some, always as JSON."""
    with waiting(lang):
        if wanted:
            plain = contours_in_child(file, layer_um=layer_um, layers=wanted)
        else:
            plain = areas_in_child(file, layer_um=layer_um)
    _say(plain, [json.dumps(plain)], as_json)
    return SOUND


geometry.add_command(compare)
