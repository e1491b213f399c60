"""What screens need to show an exchange file: worked out once, at arm's length, outside any act, and kept as a cache.

Nothing of it is a record: it can be thrown away and is made again from the file, so no backup holds it.
"""

import fcntl
import gzip
import json
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from strate.kernels.geometry.guarding import guard
from strate.kernels.geometry.refusal import FileRefused, Limits
from strate.workshop.attachments import store

# Changes when the streams do: what an older version kept is then made again.
VERSION = 1
LIMITS = Limits(cpu_s=90, wall_s=120.0)
# Tablets that all open one large part must not take all the memory of the server.
CHILDREN_AT_ONCE = 2
# A file refused for its cost is tried again later: the machine may have been busy.
REFUSED_FOR_S = 3600
LARGEST_CACHE_BYTES = 4_000_000_000
# Below this gain the tablet's effort to unpack is not worth the bytes.
WORTH_PACKING = 0.9


class StillWorking(Exception):
    """Somebody else is having it worked out: ask again in a moment."""


@dataclass(frozen=True)
class Seen:
    """Bytes as they are kept: packed when that saves something."""

    content: bytes
    packed: bool
    etag: str

    @property
    def plain(self) -> bytes:
        return gzip.decompress(self.content) if self.packed else self.content


def level(digest: str, number: int) -> Seen | None:
    """One level of detail of the mesh, the coarsest first; None when there is no such level."""

    def work() -> dict[str, bytes]:
        found = guard.levels_in_child(store.path_of(digest), LIMITS)
        return {f"level-{n}": each for n, each in enumerate(found)}

    return seen_once(digest, "levels", f"level-{number}", "level-0", work)


def layer_index(digest: str, layer_um: int) -> Seen | None:
    """All the layers at a glance."""

    def work() -> dict[str, bytes]:
        path = store.path_of(digest)
        return {f"{layer_um}-index": guard.layer_index_in_child(path, layer_um=layer_um, limits=LIMITS)}

    return seen_once(digest, f"{layer_um}-index", f"{layer_um}-index", "", work)


def layer_block(digest: str, layer_um: int, block: int) -> Seen | None:
    """Some consecutive layers; None when the part has no such block."""

    def work() -> dict[str, bytes]:
        path = store.path_of(digest)
        index, blocks = guard.layer_blocks_in_child(path, layer_um=layer_um, block=block, limits=LIMITS)
        named = {f"{layer_um}-block-{n}": each for n, each in blocks.items()}
        return {f"{layer_um}-index": index, **named}

    return seen_once(digest, f"{layer_um}-blocks", f"{layer_um}-block-{block}", "", work)


def prepare(digest: str, layer_um: int) -> None:
    """Have everything ready before somebody opens the page; a file that cannot be shown is left as it is."""
    for make in (lambda: level(digest, 0), lambda: layer_block(digest, layer_um, 0)):
        try:
            make()
        except (FileRefused, StillWorking):
            continue


def seen_once(
    digest: str, task: str, name: str, witness: str, work: Callable[[], dict[str, bytes]]
) -> Seen | None:
    """What is kept under this name; else made, with all that comes with it. The witness says all was made."""
    folder = _home() / digest[:2] / digest
    found = _kept(folder, name)
    if found or (witness and _kept(folder, witness)):
        return found
    _say_again(folder, task)
    with _alone(f"{digest[:32]}-{task}"):
        if found := _kept(folder, name):  # made while we waited for the door
            return found
        try:
            made = work()
        except FileRefused as refused:
            _write(
                folder / _file(f"{task}-refused", False), json.dumps([refused.code, refused.values]).encode()
            )
            raise
        for each, content in made.items():
            _keep(folder, each, content)
        return _kept(folder, name)


def _home() -> Path:
    folder: Path = settings.STRATE.home / "cache" / "views"
    return folder


def _file(name: str, packed: bool) -> str:
    return f"v{VERSION}-{name}{'.gz' if packed else ''}"


def _kept(folder: Path, name: str) -> Seen | None:
    for packed in (True, False):
        try:
            content = (folder / _file(name, packed)).read_bytes()
        except OSError:
            continue
        return Seen(content, packed, f"{folder.name[:32]}-{_file(name, False)}")
    return None


def _keep(folder: Path, name: str, content: bytes) -> None:
    small = gzip.compress(content, 6, mtime=0)
    packed = len(small) < WORTH_PACKING * len(content)
    _write(folder / _file(name, packed), small if packed else content)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("wb", dir=path.parent, prefix=".", delete=False) as draft:
        draft.write(content)
    Path(draft.name).replace(path)


def _say_again(folder: Path, task: str) -> None:
    """A refusal that was just given is given again, without reading the file a second time."""
    path = folder / _file(f"{task}-refused", False)
    if path.is_file() and time.time() - path.stat().st_mtime < REFUSED_FOR_S:
        code, values = json.loads(path.read_bytes())
        raise FileRefused(code, **values)


@contextmanager
def _alone(name: str) -> Iterator[None]:
    """One child for one question, and few children for the whole server, whatever number of processes it has."""
    folder = _home() / "doors"
    folder.mkdir(parents=True, exist_ok=True)
    with _held(folder / name) as mine:
        if not mine:
            raise StillWorking
        for slot in range(CHILDREN_AT_ONCE):
            with _held(folder / f"slot-{slot}") as free:
                if free:
                    yield
                    return
        raise StillWorking


@contextmanager
def _held(path: Path) -> Iterator[bool]:
    with path.open("wb") as door:
        try:
            fcntl.flock(door, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
            return
        yield True


def prune(limit_bytes: int = LARGEST_CACHE_BYTES) -> int:
    """Let go of what was made first until the rest fits; how many files went."""
    kept = [(path.stat(), path) for path in _home().rglob("v*") if path.is_file()]
    over, gone = sum(stat.st_size for stat, _path in kept) - limit_bytes, 0
    for stat, path in sorted(kept, key=lambda each: each[0].st_mtime):
        if over <= 0:
            break
        path.unlink(missing_ok=True)
        over, gone = over - stat.st_size, gone + 1
    return gone
