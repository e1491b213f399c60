"""The printed dossier: the pages that a customer reads, with the data that prove them inside."""

import io
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import segno
from PIL import Image

from strate.kernels.printing import FONTS, Attached, CannotPrint, press
from strate.workshop.dossier.document import strata
from strate.workshop.dossier.document.labels import labels

TEMPLATE = ("dossier.typ", "look.typ", "cover.typ", "making.typ", "proof.typ")
MOMENTS = ("at", "due")
MOST_MARKS = 9


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
    at = _moment(dossier["seal"]["at"]).replace(microsecond=0)
    return press(told, sources=sources, main="dossier.typ", data="dossier.json", at=at, font_paths=font_paths)


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
