"""Reads untrusted files at arm's length: in a child with bounded memory and time; its death is a refusal."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from base64 import b64decode
from collections import deque
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from threading import Thread
from typing import Any

import strate
from strate.kernels.geometry.compare.asked import PROGRESS, Comparison, Heard
from strate.kernels.geometry.deep.thresholds import Thresholds
from strate.kernels.geometry.guarding.slots import a_slot
from strate.kernels.geometry.judging.verdicts import AnyVerdict, verdict_from
from strate.kernels.geometry.refusal import FileRefused, Limits, Point

# How long a reading waits for its turn before it says that too many are under way.
LONGEST_WAIT_S = 60.0
CHILD = "strate.kernels.geometry.guarding.child"
_HOME = str(Path(strate.__file__).parent.parent)
_KEPT = ("PATH", "LANG", "LC_ALL", "TMPDIR", "SYSTEMROOT", "HOME")


def verify_in_child(
    path: Path | str,
    *,
    machine_volume_mm: Point | None = None,
    margins_mm: Point = (0.0, 0.0, 0.0),
    layer_um: int | None = None,
    deep: Thresholds | None = None,
    name: str | None = None,
    limits: Limits = Limits(),
) -> AnyVerdict:
    """The verdict on a file; FileRefused when it cannot be read, or when reading it cost too much.

    `name` is what people call the file, when it does not lie under that name.
    With `deep` the slow checks are made too: thin walls, overhangs, trapped powder, islands, sudden layers.
    """
    asked = {
        "machine_volume_mm": machine_volume_mm,
        "margins_mm": margins_mm,
        "layer_um": layer_um,
        "deep": None if deep is None else deep.to_dict(),
        "name": name or Path(path).name,
    }
    return verdict_from(ask("verify", path, asked, limits))


def areas_in_child(
    path: Path | str,
    *,
    layer_um: int | None,
    limits: Limits = Limits(),
) -> dict[str, Any]:
    """sha256, layer_um, layers, bottom_mm, top_mm, volume_mm3, areas_mm2 (one per layer)."""
    return ask("areas", path, {"layer_um": layer_um, "name": Path(path).name}, limits)


def contours_in_child(
    path: Path | str,
    *,
    layer_um: int | None,
    layers: Iterable[int] | None = None,
    limits: Limits = Limits(),
) -> dict[str, Any]:
    """sha256, layer_um, layers, cuts: for each wanted layer (from 1; all when None) its outlines in µm."""
    wanted = None if layers is None else list(layers)
    return ask("contours", path, {"layer_um": layer_um, "wanted": wanted, "name": Path(path).name}, limits)


def parameters_in_child(path: Path | str, limits: Limits = Limits()) -> dict[str, Any]:
    """sha256, format, parameters (name, value, unit, line), findings: what lies in a parameter file."""
    return ask("parameters", path, {}, limits)


def levels_in_child(path: Path | str, limits: Limits = Limits()) -> list[bytes]:
    """The mesh as screens show it, from the coarsest level to the finest (viewing/mesh_stream.py)."""
    return [b64decode(level) for level in ask("view_levels", path, {}, limits)["levels"]]


def layer_index_in_child(path: Path | str, *, layer_um: int, limits: Limits = Limits()) -> bytes:
    """All the layers at a glance (viewing/layer_stream.py)."""
    return b64decode(ask("view_index", path, {"layer_um": layer_um}, limits)["index"])


def layer_blocks_in_child(
    path: Path | str,
    *,
    layer_um: int,
    block: int,
    limits: Limits = Limits(),
) -> tuple[bytes, dict[int, bytes]]:
    """The index, and the chapter of blocks of layers around this one; no such block: not in the answer."""
    found = ask("view_blocks", path, {"layer_um": layer_um, "block": block}, limits)
    return b64decode(found["index"]), {int(n): b64decode(each) for n, each in found["blocks"].items()}


def compare_in_child(
    nominal: Path | str,
    other: Path | str,
    *,
    asked: Comparison = Comparison(),
    heard: Heard | None = None,
    limits: Limits = Limits(),
) -> dict[str, Any]:
    """Two revisions, or a scan and its nominal (kind: revision or scan); see compare/asked.py.

    `heard` is told the progress: what is being done, and how much of the whole is behind.
    """
    names = [asked.nominal_name or Path(nominal).name, asked.other_name or Path(other).name]
    plain = asked.to_dict() | {"other": os.fspath(Path(other).absolute()), "names": names}
    return ask("compare", nominal, plain, limits, heard)


def ask(
    task: str, path: Path | str, asked: dict[str, Any], limits: Limits, heard: Heard | None = None
) -> dict[str, Any]:
    """What the child answers to one task; its refusal, its death or its lateness is a FileRefused."""
    request = {
        "task": task,
        "path": os.fspath(Path(path).absolute()),
        "asked": asked,
        "limits": asdict(limits),
    }
    with a_slot(max(limits.wall_s, LONGEST_WAIT_S)):
        return _asked(json.dumps(request).encode(), limits, heard)


def _asked(request: bytes, limits: Limits, heard: Heard | None) -> dict[str, Any]:
    """One child, from its birth to its end."""
    child = subprocess.Popen(
        [sys.executable, "-P", "-X", "utf8", "-m", CHILD],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=_environment(),
        start_new_session=True,
    )
    errors: deque[bytes] = deque(maxlen=200)
    said: list[bytes] = []
    threads = [
        Thread(target=_tell, args=(child.stdin, request), daemon=True),
        Thread(target=_hear, args=(child, said, limits.max_answer_bytes), daemon=True),
        Thread(target=_listen, args=(child.stderr, errors, heard), daemon=True),
    ]
    for thread in threads:
        thread.start()
    try:
        child.wait(limits.wall_s)
    except subprocess.TimeoutExpired as late:
        raise FileRefused("took_too_long", seconds=limits.wall_s) from late
    finally:
        child.kill()
        child.wait()
        for thread in threads:
            thread.join()
    if len(said) and said[-1] == _TOO_LONG:
        raise FileRefused("answer_too_long", limit_bytes=limits.max_answer_bytes)
    return _understand(child.returncode, b"".join(said), b"\n".join(errors), limits)


_TOO_LONG = b"\0"
_PIECE = 1 << 20


def _tell(pipe: Any, request: bytes) -> None:
    """The question; a child that died before it heard it out says so by its death."""
    with suppress(BrokenPipeError), pipe:
        pipe.write(request)


def _hear(child: subprocess.Popen[bytes], said: list[bytes], most: int) -> None:
    """The answer, as long as it is allowed to be; a child that talks on is stopped."""
    left = most
    assert child.stdout is not None
    with child.stdout as pipe:
        while piece := os.read(pipe.fileno(), _PIECE):
            left -= len(piece)
            if left < 0:
                said.append(_TOO_LONG)
                child.kill()
                return
            said.append(piece)


def _listen(pipe: Any, errors: deque[bytes], heard: Heard | None) -> None:
    """Keeps the last of what the child complains of; its progress goes to who asked for it."""
    with pipe:
        while line := pipe.readline(10_000):
            words = line.decode("utf-8", "replace").split()
            if len(words) != 3 or words[0] != PROGRESS:
                errors.append(line.rstrip())
            elif heard is not None:
                heard(words[2], float(words[1]))


def _understand(code: int, out: bytes, err: bytes, limits: Limits) -> dict[str, Any]:
    if code == 0:
        return _answer(out)
    if code == -signal.SIGXCPU:
        raise FileRefused("took_too_long", seconds=limits.cpu_s)
    if b"MemoryError" in err:
        raise FileRefused("needs_too_much_memory", memory_mb=limits.memory_mb)
    if code < 0:
        raise FileRefused("reader_died", signal=signal.Signals(-code).name)
    last = err.decode("utf-8", "replace").strip().splitlines()[-1:]
    raise FileRefused("reader_failed", reason=last[0] if last else f"exit {code}")


def _answer(out: bytes) -> dict[str, Any]:
    """What the child said, which must be an answer or a refusal."""
    try:
        said = json.loads(out)
        refused, answer = said.get("refused"), said.get("answer")
    except (ValueError, AttributeError) as error:
        raise FileRefused("reader_failed", reason="unreadable answer") from error
    if refused is not None:
        raise FileRefused(refused["code"], **refused["values"])
    if not isinstance(answer, dict):
        raise FileRefused("reader_failed", reason="no answer")
    return answer


def _environment() -> dict[str, str]:
    """Little of ours goes to the child: no secrets, one thread."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return kept | {"PYTHONPATH": _HOME, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
