"""Two exchange files of a part side by side: what moved, where, by how much; worked out once and kept as a cache."""

import io
import json
from base64 import b64decode
from dataclasses import dataclass
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Path, Router, Status
from PIL import Image

from strate.kernels.geometry.compare.asked import Comparison
from strate.kernels.geometry.compare.picture import map_of, picture
from strate.kernels.geometry.compare.report import word
from strate.kernels.geometry.guarding import guard
from strate.kernels.geometry.refusal import FileRefused
from strate.workshop.attachments import store
from strate.workshop.doors.speech import NARROW, number
from strate.workshop.journal.refusals import RuleBroken
from strate.workshop.parts import queries, said, shown, views
from strate.workshop.parts.models import ExchangeFile
from strate.workshop.parts.showing import ASK_AGAIN_S, Wait
from strate.workshop.parts.shown import Found

router = Router(tags=["parts"])
Digest = Annotated[str, Path(pattern="^[0-9a-f]{64}$")]
CHIPS = {"identical": "fine", "same": "fine", "changed": "to_check"}


@dataclass(frozen=True)
class Compared:
    """A comparison as the page shows it."""

    state: str
    word: str
    rows: list[tuple[Any, str, str]]
    pieces: list[tuple[str, str]]
    findings: list[Found]
    differs: bool

    @property
    def alike(self) -> list[shown.Alike]:
        return shown.gathered(self.findings)


def answer(before: ExchangeFile, after: ExchangeFile) -> dict[str, Any]:
    """What the kernel says of the two (kernels/geometry/compare); raises StillWorking while somebody waits for it."""
    told: dict[str, Any] = json.loads(_kept(before, after, "answer"))
    return told


def deviations(before: ExchangeFile, after: ExchangeFile) -> bytes:
    """Points of both skins with their deviation: little-endian float32 x, y, z, deviation, in mm."""
    return _kept(before, after, "map")


def _kept(before: ExchangeFile, after: ExchangeFile, what: str) -> bytes:
    name = f"beside-{after.digest}"

    def work() -> dict[str, bytes]:
        asked = Comparison(with_map=True, nominal_name=before.name, other_name=after.name)
        paths = store.path_of(before.digest), store.path_of(after.digest)
        told = guard.compare_in_child(*paths, asked=asked, limits=views.LIMITS)
        rows = b64decode(told.pop("map", ""))
        return {f"{name}-map": rows, f"{name}-answer": json.dumps(told).encode()}

    found = views.seen_once(before.digest, name[:40], f"{name}-{what}", "", work)
    assert found is not None, "the work gives both"
    return found.plain


def compared(told: dict[str, Any]) -> Compared:
    """The answer in words: the figures of both, what became of the shells, what was found and where."""
    lang, before, after = said.lang(), told["before"], told["after"]
    rows = [
        (_("Box"), _box(before), _box(after)),
        (_("Volume"), _volume(before), _volume(after)),
        (_("Surface"), _area(before), _area(after)),
        (_("Shells"), str(before["shells"]), str(after["shells"])),
        (_("Triangles"), _short(before["triangles"]), _short(after["triangles"])),
    ]
    return Compared(
        state=CHIPS[told["state"]],
        word=_capital(word(told["code"], lang)),
        rows=rows,
        pieces=[(_capital(_piece(each, lang)), _place(each["centre_mm"])) for each in told["pieces"] or ()],
        findings=shown.findings_shown(told),
        differs=bool(told["regions"]),
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _piece(piece: dict[str, Any], lang: Any) -> str:
    return word("changed_piece" if piece["what"] == "changed" else piece["what"], lang)


def _box(sums: dict[str, Any]) -> str:
    sides = [high - low for low, high in zip(sums["low_mm"], sums["high_mm"], strict=True)]
    return f"{' × '.join(map(_short, sides))}{NARROW}mm"


def _volume(sums: dict[str, Any]) -> str:
    return f"{_short(sums['volume_mm3'] / 1000)}{NARROW}cm³"


def _area(sums: dict[str, Any]) -> str:
    return f"{_short(sums['area_mm2'] / 100)}{NARROW}cm²"


def _place(point: list[float]) -> str:
    x, y, z = map(_short, point)
    return f"x {x} · y {y} · z {z}{NARROW}mm"


def _short(value: float) -> str:
    return number(f"{value + 0.0:.3f}".rstrip("0").rstrip("."))


def png(raw: bytes, side: str, full_mm: float | None = None) -> bytes:
    """The deviations as a picture a page can show."""
    out = io.BytesIO()
    Image.fromarray(picture(map_of(raw), side, full_mm=full_mm).pixels).save(out, "PNG", optimize=True)
    return out.getvalue()


@router.get("/files/{before}/beside/{after}", operation_id="parts.beside", response={200: dict, 202: Wait})
def beside(request: HttpRequest, before: Digest, after: Digest) -> Any:
    """What changed from one exchange file to another; 202 while it is being worked out."""
    return _told(lambda: answer(queries.file(before), queries.file(after)))


@router.get(
    "/files/{before}/beside/{after}/deviations", operation_id="parts.deviations", response={202: Wait}
)
def beside_deviations(request: HttpRequest, before: Digest, after: Digest) -> Any:
    """Where: little-endian float32, four a point: x, y, z, deviation, in mm, in the frame of the second file."""
    found = _told(lambda: deviations(queries.file(before), queries.file(after)))
    return HttpResponse(found, content_type="application/octet-stream") if isinstance(found, bytes) else found


def _told(find: Any) -> Any:
    try:
        return find()
    except views.StillWorking:
        return Status(202, Wait(wait_s=ASK_AGAIN_S))
    except FileRefused as refused:
        raise RuleBroken("files_cannot_be_compared", why=shown.refusal_said(refused)) from refused
