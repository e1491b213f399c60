"""Labels on paper: hundreds in one PDF, on a roll (one label a page) or on sheets of label paper."""

import io
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from importlib.resources import files
from pathlib import Path

import segno

from strate.kernels.printing import FONTS, press

MOST = 1000
MASK = 3


@dataclass(frozen=True)
class Label:
    """What a label says: the reference in its square code, a title, lines in plain words, signs of danger."""

    ref: str
    title: str
    lines: tuple[str, ...] = ()
    # What must be seen from afar: « Quarantaine », « Libéré ».
    status: str = ""
    pictograms: tuple[str, ...] = ()
    foot: str = ""


@dataclass(frozen=True)
class Size:
    """A label of paper in millimetres, and how many stand on a page."""

    width_mm: float
    height_mm: float
    columns: int = 1
    rows: int = 1
    page_mm: tuple[float, float] = field(default=(0, 0))

    @property
    def page(self) -> tuple[float, float]:
        return self.page_mm if self.page_mm[0] else (self.width_mm, self.height_mm)

    @property
    def on_a_page(self) -> int:
        return self.columns * self.rows


A4 = (210.0, 297.0)
SIZES: dict[str, Size] = {
    "62x29": Size(62, 29),
    "70x35": Size(70, 35),
    "100x50": Size(100, 50),
    "a4-3x8": Size(70, 37.125, 3, 8, A4),
    "a4-2x7": Size(99.1, 38.1, 2, 7, A4),
    "a4-2x4": Size(105, 74.25, 2, 4, A4),
}


def press_labels(
    labels: Sequence[Label],
    *,
    size: str,
    title: str,
    at: datetime,
    lang: str = "fr",
    font_paths: Sequence[Path] = (),
    skip: int = 0,
) -> bytes:
    """All the labels as one PDF; `skip` leaves the first places of a sheet that was begun."""
    paper = SIZES[size]
    told = {
        **{"lang": lang, "title": title, "fonts": list(FONTS), "skip": skip if paper.on_a_page > 1 else 0},
        **{"width": paper.width_mm, "height": paper.height_mm, "columns": paper.columns, "rows": paper.rows},
        "page": list(paper.page),
        "labels": [asdict(each) for each in labels],
    }
    layout = (files("strate.workshop.things.labels") / "template/labels.typ").read_bytes()
    sources = {"labels.typ": layout, **_codes(labels), **_signs(labels)}
    whole = at.replace(microsecond=0)
    return press(
        told, sources=sources, main="labels.typ", data="labels.json", at=whole, font_paths=font_paths
    )


def _codes(labels: Sequence[Label]) -> dict[str, bytes]:
    return {f"code/{n}.svg": _square(each.ref) for n, each in enumerate(labels)}


def _square(ref: str) -> bytes:
    out = io.BytesIO()
    # Any mask reads as well at this size; looking for the finest of the eight takes five times as long.
    segno.make(ref, error="m", micro=False, mask=MASK).save(
        out, kind="svg", border=0, light=None, xmldecl=False
    )
    return out.getvalue()


def _signs(labels: Sequence[Label]) -> dict[str, bytes]:
    """The drawings of the signs that are used, once each; a sign nobody drew stays out of the print."""
    codes = {code for each in labels for code in each.pictograms}
    folder = files("strate.web") / "static/strate/pictograms"
    return {f"sign/{code}.svg": (folder / f"{code.lower()}.svg").read_bytes() for code in sorted(codes)}
