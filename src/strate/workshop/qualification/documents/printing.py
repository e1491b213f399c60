"""From a paper to its pages: our layout, or the one the centre put in its place; the data travel inside."""

import json
from datetime import datetime
from importlib.resources import files
from typing import Any

from strate.kernels.printing import FONTS, Attached, press, press_apart
from strate.workshop.doors import fonts
from strate.workshop.qualification.documents.papers import CERTIFICATES, Paper
from strate.workshop.qualification.models import Layout

SHARED = "look.typ"
DATA = "paper.json"


def printed(paper: Paper, *, at: datetime, layout: str | None = None) -> bytes:
    """The paper as tagged pages (PDF/A-3a, PDF/UA-1) with its data attached; `layout` tries one not in force yet."""
    own = layout if layout is not None else in_force(paper.kind)
    files_ = _ours()
    name = ours_for(paper.kind)
    if own:
        name = "centre.typ"
        files_[name] = own.encode()
    told = _told(paper, ours=not own)
    for number, file in enumerate(paper.attached):
        files_[f"attached/{number}"] = file.content
        told["attached"].append(_named(file, number))
    return press(
        told,
        sources=files_,
        main=name,
        data=DATA,
        at=at.replace(microsecond=0),
        font_paths=fonts.folders(),
        compiler=press_apart if own else None,
    )


def _told(paper: Paper, *, ours: bool) -> dict[str, Any]:
    told = json.loads(json.dumps(paper.told(), ensure_ascii=False, default=str))
    return {**told, "fonts": list(FONTS), "attached": [], "ours": ours}


def _named(file: Attached, number: int) -> dict[str, str]:
    return {
        "name": file.name,
        "path": f"attached/{number}",
        "media_type": file.media_type,
        "relationship": file.relationship,
        "description": file.description or file.name,
    }


def in_force(kind: str) -> str:
    """The centre's own layout for a kind of paper; empty where ours is used."""
    found = Layout.objects.filter(kind=kind, in_force=True).values_list("text", flat=True).first()
    return found or ""


def ours_for(kind: str) -> str:
    """Which of our layouts prints this kind of paper."""
    return "certificate.typ" if kind in CERTIFICATES else "paper.typ"


def ours(name: str) -> str:
    """The text of one of our layouts, to start one's own from."""
    return _ours()[name].decode()


def _ours() -> dict[str, bytes]:
    folder = files("strate.workshop.qualification.documents") / "template"
    return {name: (folder / name).read_bytes() for name in (SHARED, "paper.typ", "certificate.typ")}
