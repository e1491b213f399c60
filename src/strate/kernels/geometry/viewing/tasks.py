"""What a screen may ask of an untrusted file: its mesh at some levels, the index of its layers, some blocks of them."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from strate.kernels.geometry.cutting.layers import layer_count
from strate.kernels.geometry.cutting.slicing import Slicer
from strate.kernels.geometry.judging.verify import HAIRLINE_UM, read_bytes
from strate.kernels.geometry.readers import FileLayer, LayerReading, Opaque
from strate.kernels.geometry.readers.dispatch import check_is_a_part, read, read_mesh
from strate.kernels.geometry.refusal import FileRefused, Limits
from strate.kernels.geometry.skin.mesh import Mesh
from strate.kernels.geometry.skin.topology import closed_skin
from strate.kernels.geometry.viewing import drawn
from strate.kernels.geometry.viewing.detail import levels_of
from strate.kernels.geometry.viewing.layer_stream import DrawnLayer, LayerIndex, pack_block, pack_index
from strate.kernels.geometry.viewing.mesh_stream import pack_level

Answer = dict[str, Any]
# The file is read once for many blocks.
BLOCKS_TOGETHER = 64


def levels(path: Path, asked: Mapping[str, Any], limits: Limits) -> Answer:
    """The mesh from the coarsest level to the finest."""
    found = levels_of(read_mesh(read_bytes(path, limits), limits).mesh)
    return {"levels": [_text(pack_level(level)) for level in found]}


def index(path: Path, asked: Mapping[str, Any], limits: Limits) -> Answer:
    """How many layers, how high, what area each."""
    return {"index": _text(pack_index(_cuttable(path, asked["layer_um"], limits)[0]))}


def blocks(path: Path, asked: Mapping[str, Any], limits: Limits) -> Answer:
    """The chapter of blocks that holds the block asked for."""
    found, cut = _cuttable(path, asked["layer_um"], limits)
    start = asked["block"] // BLOCKS_TOGETHER * BLOCKS_TOGETHER
    answer: dict[str, str] = {}
    for number in range(start, start + BLOCKS_TOGETHER):
        first, last = number * found.per_block + 1, min((number + 1) * found.per_block, found.layers)
        if first > last:
            break
        answer[str(number)] = _text(pack_block(first, cut(first, last), of_file=found.of_file))
    return {"index": _text(pack_index(found)), "blocks": answer}


Cut = Callable[[int, int], list[DrawnLayer]]


def _cuttable(path: Path, layer_um: int, limits: Limits) -> tuple[LayerIndex, Cut]:
    reading = read(read_bytes(path, limits), limits)
    if isinstance(reading, LayerReading):
        return _of_file(reading.layers)
    if isinstance(reading, Opaque):
        raise FileRefused("opaque_format", format=reading.format)
    check_is_a_part(reading.mesh)
    return _of_mesh(reading.mesh, layer_um)


def _of_file(layers: tuple[FileLayer, ...]) -> tuple[LayerIndex, Cut]:
    return drawn.index_of_file(layers), lambda first, last: drawn.layers_of_file(layers, first, last)


def _of_mesh(mesh: Mesh, layer_um: int) -> tuple[LayerIndex, Cut]:
    height = float(mesh.high[2] - mesh.low[2])
    if layer_count(height, layer_um) == 0:
        raise FileRefused("too_flat_to_slice", height_mm=height, layer_um=layer_um)
    slicer = Slicer(closed_skin(mesh, HAIRLINE_UM / 1000)[0], layer_um)
    return drawn.index_of_mesh(slicer, mesh), lambda first, last: drawn.layers_of_mesh(slicer, first, last)


def _text(data: bytes) -> str:
    """Bytes in an answer that is JSON."""
    return b64encode(data).decode("ascii")


TASKS: dict[str, Callable[[Path, Mapping[str, Any], Limits], Answer]] = {
    "view_levels": levels,
    "view_index": index,
    "view_blocks": blocks,
}
