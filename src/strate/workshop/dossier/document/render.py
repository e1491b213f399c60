"""The printed dossier: the pages that a customer reads, with the data that prove them inside."""

import io
import json
import sys
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

import segno
import typst
from PIL import Image

from strate.workshop.dossier.document import strata
from strate.workshop.dossier.document.labels import labels

FONTS = ("Atkinson Hyperlegible Next", "Atkinson Hyperlegible", "IBM Plex Sans", "Libertinus Serif")
TEMPLATE = ("dossier.typ", "look.typ", "cover.typ", "making.typ", "proof.typ")
MOMENTS = ("at", "due")
MOST_MARKS = 9
# Signs that turn the reading direction can make a line say something else than the data.
BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class CannotPrint(ValueError):
    """The pages cannot be made from this dossier; the message names what is wrong."""


@dataclass(frozen=True)
class Attached:
    """A file that travels inside the PDF; `relationship` is `data`, `source` or `supplement`."""

    name: str
    media_type: str
    content: bytes = field(repr=False)
    description: str = ""
    relationship: str = "data"


def render_pdf(
    dossier: Mapping[str, Any],
    *,
    lang: str = "fr",
    attachments: Sequence[Attached] = (),
    photos: Mapping[str, bytes] | None = None,
    font_paths: Sequence[Path] = (),
    timezone: str = "Europe/Paris",
) -> bytes:
    """A tagged PDF/A-3a and PDF/UA-1. `photos` gives the bytes of each inspection photo by its digest."""
    told = _in_words(dict(dossier), lang, ZoneInfo(timezone))
    told |= {"lang": lang, "fonts": list(FONTS)}
    sources = _template() | _drawings(told, lang)
    _put_photos(told, photos or {}, sources)
    told["attached"] = []
    for number, file in enumerate(attachments):
        path = str(number)
        sources[f"attached/{path}"] = file.content
        told["attached"].append(
            {
                "name": file.name,
                "path": path,
                "media_type": file.media_type,
                "relationship": file.relationship,
                "description": file.description or labels(lang)["data_attached"],
            }
        )
    sources["labels.json"] = json.dumps(labels(lang), ensure_ascii=False).encode()
    return _print(told, sources, font_paths, _moment(dossier["seal"]["at"]).replace(microsecond=0))


def _print(
    told: dict[str, Any], sources: dict[str, bytes], font_paths: Sequence[Path], at: datetime
) -> bytes:
    """An archive may show no empty box: a sign that no font can draw is printed as its Unicode number."""
    for beyond in (sys.maxunicode, 0x24FF, 0x17F):
        text = json.dumps(spelt_out(told, beyond), ensure_ascii=False)
        sources["dossier.json"] = text.encode("utf-8", "replace")
        try:
            return _compile(sources, font_paths, at)
        except CannotPrint as error:
            if "could not be displayed" not in str(error):
                raise
            refused = error
    raise refused


def spelt_out(value: Any, beyond: int) -> Any:
    """The same, with every sign numbered above `beyond` (and every control) written as [U+1F600]."""
    if isinstance(value, dict):
        return {key: spelt_out(item, beyond) for key, item in value.items()}
    if isinstance(value, list):
        return [spelt_out(item, beyond) for item in value]
    if isinstance(value, str) and not (value.isascii() and value.isprintable()):
        return "".join(c if _printable(c, beyond) else f"[U+{ord(c):04X}]" for c in value)
    return value


def _printable(sign: str, beyond: int) -> bool:
    if sign == "\n" or 0x2000 <= ord(sign) <= 0x206F:
        return sign not in BIDI
    return ord(sign) <= beyond and unicodedata.category(sign) not in ("Cc", "Cs", "Co", "Cn")


def _compile(sources: dict[str, bytes], font_paths: Sequence[Path], at: datetime) -> bytes:
    """Typst reads files: they are laid in a folder that lives for the time of the print."""
    with TemporaryDirectory(prefix="strate-dossier-") as folder:
        for name, content in sources.items():
            path = Path(folder, name)
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)
        try:
            made = typst.compile(
                str(Path(folder, "dossier.typ")),
                root=folder,
                format="pdf",
                pdf_standards=["a-3a", "ua-1"],
                font_paths=[str(path) for path in font_paths],
                ignore_system_fonts=True,
                timestamp=at,
            )
        except typst.TypstError as error:
            raise CannotPrint(f"{error.message} {' '.join(error.hints)}".strip()) from error
    if not isinstance(made, bytes):
        raise CannotPrint("the pages came out in several files")
    return made


def _template() -> dict[str, bytes]:
    folder = files("strate.workshop.dossier.document") / "template"
    return {name: (folder / name).read_bytes() for name in TEMPLATE}


def _drawings(told: dict[str, Any], lang: str) -> dict[str, bytes]:
    """The strata, their legend and the seal's QR code, as SVG; notes the legend in what is told."""
    made = {"seal.svg": _qr(told)}
    if "layers" in told:
        runs = [strata.Run(state, count) for state, count in told["layers"]["runs"]]
        counts: dict[str, int] = {}
        for run in runs:
            counts[run.state] = counts.get(run.state, 0) + run.many
        total = sum(counts.values())
        told["layers"] = {
            "total": f"{_thousands(total, lang)} {labels(lang)['layers']}",
            "marks": _interruptions(runs, total, lang),
            "legend": [{"state": s, "count": _thousands(n, lang)} for s, n in counts.items()],
        }
        made["strata.svg"] = strata.draw(runs).encode()
        made |= {f"key-{state}.svg": strata.key(state).encode() for state in counts}
    return made


def _interruptions(runs: Sequence[strata.Run], total: int, lang: str) -> list[dict[str, Any]]:
    """Where to write, beside the drawing, the number of each layer at which the build stopped."""
    marks: list[dict[str, Any]] = []
    below = 0
    for state, count in runs:
        below += count
        if state == "interrupted" and len(marks) < MOST_MARKS:
            down = 1 - (below - count / 2) / max(1, total)
            # Kept clear of the words at the top and at the plate.
            marks.append({"layer": _thousands(below, lang), "down": min(max(down, 0.05), 0.93)})
    return marks


def _qr(told: dict[str, Any]) -> bytes:
    seal, out = told["seal"], io.BytesIO()
    text = f"strate-seal:{told['code']}:{seal['chain']}:{seal['count']}:{seal['head']}:{seal['key_id']}"
    segno.make(text, error="m", micro=False).save(out, kind="svg", dark="#23211e", light=None, border=0)
    return out.getvalue()


def _put_photos(told: dict[str, Any], photos: Mapping[str, bytes], sources: dict[str, bytes]) -> None:
    """Every photo is listed; one that cannot be printed is shown by its name and digest alone."""
    told["photos"] = []
    for number, photo in enumerate(told.get("inspection", {}).get("photos", [])):
        content = photos.get(photo["digest"], b"")
        ending = _kind(content)
        path = f"{number}.{ending}" if ending else None
        if path:
            sources[f"photos/{path}"] = content
        told["photos"].append({"path": path, "caption": photo["caption"], "digest": photo["digest"]})


def _kind(content: bytes) -> str | None:
    """`png` or `jpg` when the picture is whole and of a kind that can be printed."""
    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as picture:
            picture.draft("RGB", (64, 64))
            picture.load()
            return "png" if picture.format == "PNG" else "jpg"
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None


def _in_words(value: Any, lang: str, zone: ZoneInfo, name: str = "") -> Any:
    """Moments (ISO 8601, under `at` or `due`) become local time; the rest is printed as given."""
    if isinstance(value, dict):
        return {key: _in_words(item, lang, zone, key) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_in_words(item, lang, zone, name) for item in value]
    if name in MOMENTS and isinstance(value, str) and value:
        return _local(_moment(value).astimezone(zone), lang) if "T" in value else _day(_moment(value), lang)
    return value


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise CannotPrint(f"{text!r} is not a time") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _local(moment: datetime, lang: str) -> str:
    return f"{_day(moment, lang)} {moment:%H:%M}"


def _day(moment: datetime, lang: str) -> str:
    return moment.strftime("%d/%m/%Y" if lang == "fr" else "%d %b %Y")


def _thousands(number: int, lang: str) -> str:
    return f"{number:,}".replace(",", "\u202f") if lang == "fr" else f"{number:,}"
