"""Reads a CLI layer file, written or binary: contours and hatches by layer, power and speed where they are said."""

from __future__ import annotations

from strate.kernels.geometry.readers import FileLayer, LayerReading
from strate.kernels.geometry.readers.cli_binary import read_binary
from strate.kernels.geometry.readers.cli_header import Header, read_header
from strate.kernels.geometry.readers.cli_text import read_text
from strate.kernels.geometry.readers.layering import Layering, box_of_lines
from strate.kernels.geometry.refusal import FileRefused, Finding, Limits

# What a DIMENSION may differ from the lines before somebody should look, besides one unit of the file.
_ROUNDING_MM = 0.002


def read_cli(data: bytes, limits: Limits = Limits()) -> LayerReading:
    """The layers of a CLI; every byte is read or the file is refused."""
    header = read_header(data)
    layering, findings, not_understood = body_of(data, header, limits)
    if not len(layering):
        raise FileRefused("no_layers")
    layers = layering.layers()
    findings += [*layering.findings(), *announced(header, layers)]
    if header.unknown:
        findings.append(Finding("cli_words_not_read", "warn", {"words": ", ".join(header.unknown[:10])}))
    return LayerReading(
        "cli-binary" if header.binary else "cli-ascii",
        layers,
        "mm",
        tuple(header.labels[number] for number in sorted(header.labels))[:100],
        tuple(findings),
        tuple(header.said[:50]),
        tuple(not_understood),
    )


def body_of(data: bytes, header: Header, limits: Limits) -> tuple[Layering, list[Finding], list[str]]:
    """The layers behind the header, what was seen on the way, the words that were not understood."""
    if not header.binary:
        layering = Layering(limits, header.unit_mm)
        left, unknown, focus = read_text(data, header.body, layering)
        findings = (
            [Finding("cli_words_not_read", "warn", {"words": ", ".join(unknown[:10])})] if unknown else []
        )
        if focus:
            header.said.append(("focus_mm", ", ".join(f"{each:g}" for each in sorted(focus)[:20])))
        return layering, findings + _left(left), unknown
    layering, stop, high = _binary(data, header, limits)
    findings = _left(len(data) - stop)
    if header.signed and high:
        findings.append(Finding("short_numbers_signed", "info"))
    elif high and header.dimension is None:
        findings.append(Finding("short_numbers_doubtful", "warn"))
    return layering, findings, []


def _binary(data: bytes, header: Header, limits: Limits) -> tuple[Layering, int, bool]:
    """The binary body; a line end behind the header is no data, and an announced alignment is not always kept."""
    at = header.body
    for blank in (b"\r\n", b"\n", b"\r"):
        if data.startswith(blank, at):
            at += len(blank)
            break
    # With an announced size that is positive no short number can be negative.
    watched = header.signed or header.dimension is None
    refused: FileRefused | None = None
    for aligned in (True, False) if header.aligned else (False,):
        layering = Layering(limits, header.unit_mm)
        try:
            stop, high = read_binary(
                data, at, layering, signed=header.signed, aligned=aligned, watched=watched
            )
            return layering, stop, high
        except FileRefused as error:
            refused = refused or error
    raise refused or FileRefused("no_layers")


def _left(count: int) -> list[Finding]:
    return [Finding("trailing_bytes_in_layers", "warn", {"count": count})] if count else []


def within(header: Header, layers: tuple[FileLayer, ...]) -> bool:
    """Do the lines stay inside the size the header announces, by a little more than its rounding?"""
    box = box_of_lines(layers)
    if header.dimension is None or box is None:
        return True
    near = _ROUNDING_MM + 1.01 * header.unit_mm
    low, high = header.dimension[:2], header.dimension[3:5]
    return all(box[0][k] >= low[k] - near and box[1][k] <= high[k] + near for k in range(2))


def announced(header: Header, layers: tuple[FileLayer, ...]) -> list[Finding]:
    """Where the header says something else than the lines: fewer layers than announced is a part cut short."""
    found = []
    box, count = box_of_lines(layers), len(layers)
    if header.layers is not None and header.layers != count:
        values = {"announced": header.layers, "present": count}
        grave = count < header.layers
        found.append(
            Finding("fewer_layers" if grave else "more_layers", "refuse" if grave else "warn", values)
        )
    if header.dimension is not None and box is not None:
        said, (low, high) = header.dimension, box
        off = max(
            abs(said[0] - low[0]), abs(said[1] - low[1]), abs(said[3] - high[0]), abs(said[4] - high[1])
        )
        # The height is sometimes that of the lines, sometimes that of the last layer, drawn or not.
        off = max(off, min(abs(said[5] - high[2]), abs(said[5] - layers[-1].top_mm)))
        if off > _ROUNDING_MM + 1.01 * header.unit_mm:
            found.append(Finding("dimension_differs", "warn", {"off_mm": round(off, 4)}, low))
    return found
