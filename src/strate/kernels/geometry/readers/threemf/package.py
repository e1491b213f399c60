"""The package of a 3MF file: its parts, what kind each is, and which part leads to which."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import unquote

from strate.kernels.geometry.readers.threemf.archive import Entry, entries_of, inflate, shown
from strate.kernels.geometry.readers.threemf.xml import parse_whole
from strate.kernels.geometry.refusal import FileRefused, Limits

TYPES_PART = "[content_types].xml"
MAX_NAME = 1024
RELS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"
MODEL_TYPE = "application/vnd.ms-package.3dmanufacturing-3dmodel+xml"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_MICROSOFT = "http://schemas.microsoft.com/3dmanufacturing/2013/01"
START_PART = f"{_MICROSOFT}/3dmodel"
TEXTURE = f"{_MICROSOFT}/3dtexture"
PRINT_TICKET = f"{_MICROSOFT}/printticket"
THUMBNAIL = f"{_RELATIONS}/metadata/thumbnail"
CORE_PROPERTIES = f"{_RELATIONS}/metadata/core-properties"
TEXTURE_TYPE = "application/vnd.ms-package.3dmanufacturing-3dmodeltexture"
_KNOWN = (START_PART, TEXTURE, PRINT_TICKET, THUMBNAIL)
_LOOKS_LIKE = ("3dmodel", "3dtexture", "printticket", "thumbnail")
_NAME = re.compile(r"[\w\u00c0-\uffff][\w.\-\u00b7]*")
_MEDIA = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+/[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_ELSEWHERE = re.compile(r"//|[A-Za-z][A-Za-z0-9+.-]*:")
_WHOLE = f"{_RELATIONS} Relationships"
_PIECE = re.compile(r"/\[\d+\](\.last)?\.piece$")


@dataclass(frozen=True)
class Relation:
    id: str
    type: str
    target: str
    """The part it leads to, as `part_key` writes it."""


@dataclass
class Package:
    """Parts by name: small letters, decoded, from the root («/3d/3dmodel.model»)."""

    data: bytes
    entries: dict[str, tuple[Entry, int]]
    defaults: dict[str, str] = field(default_factory=dict)
    overrides: dict[str, str] = field(default_factory=dict)

    def __contains__(self, part: str) -> bool:
        return part in self.entries

    def read(self, part: str) -> bytes:
        entry, start = self.entries[part]
        return inflate(self.data, entry, start)

    def shown(self, part: str) -> str:
        return shown(self.entries[part][0].name) if part in self.entries else part[:80]

    def type_of(self, part: str) -> str | None:
        if part in self.overrides:
            return self.overrides[part]
        return self.defaults.get(posixpath.basename(part).rpartition(".")[2]) if "." in part else None

    def relations(self, part: str) -> tuple[Relation, ...]:
        """Where a part leads; the package itself is the part `/`."""
        folder, _, name = part.rpartition("/")
        rels = f"{folder}/_rels/{name}.rels"
        return read_relations(self, rels, part) if rels in self.entries else ()


def part_key(path: str, **where: str) -> str:
    """The name of a part as all agree to write it; refused when it could mean another place."""
    plain = unquote(path) if "%" in path else path
    if (
        len(plain) > MAX_NAME
        or "\ufffd" in plain
        or re.search(r"%2f|%5c|%00", path, re.IGNORECASE)
        or "\\" in plain
        or ":" in plain
    ):
        raise FileRefused("3mf_part_name", name=shown(path.encode()), **where)
    parts = plain.removeprefix("/").split("/")
    if any(not part or part[-1] in ". " or not part.isprintable() for part in parts):
        raise FileRefused("3mf_part_name", name=shown(path.encode()), **where)
    return "/" + "/".join(parts).lower()


def open_package(data: bytes, limits: Limits) -> Package:
    """The parts of the archive, no two with one name, and what kind each is."""
    package = Package(data, {})
    for entry, start in entries_of(data, limits):
        text = _decoded(entry)
        key = part_key(text.rstrip("/") if entry.is_folder else text)
        if text.startswith("/"):
            raise FileRefused("3mf_part_name", name=shown(entry.name))
        if _PIECE.search(key):
            raise FileRefused("3mf_interleaved", name=shown(entry.name))
        if entry.is_folder:
            continue
        if key in package.entries:
            raise FileRefused("3mf_duplicate_part", name=shown(entry.name))
        package.entries[key] = (entry, start)
    _check_none_within(package)
    if "/" + TYPES_PART not in package.entries:
        raise FileRefused("3mf_no_content_types")
    _read_types(package)
    return package


def _check_none_within(package: Package) -> None:
    """No part stands inside another part: a file is no folder."""
    for key, (entry, _) in package.entries.items():
        folder = posixpath.dirname(key)
        while folder != "/":
            if folder in package.entries:
                raise FileRefused("3mf_part_name", name=shown(entry.name))
            folder = posixpath.dirname(folder)


def _decoded(entry: Entry) -> str:
    try:
        return entry.name.decode("utf-8")
    except UnicodeDecodeError as error:
        if entry.flags & 0x800:
            raise FileRefused("3mf_part_name", name=shown(entry.name)) from error
        return entry.name.decode("cp437")


def _read_types(package: Package) -> None:
    part = "[Content_Types].xml"

    path: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        path.append(local)
        if space != _TYPES or path not in (["Types"], ["Types", "Default"], ["Types", "Override"]):
            raise FileRefused("3mf_content_types", part=part)
        if local == "Default":
            _add_type(package.defaults, attributes, "Extension", attributes.get("Extension", "").lower())
        elif local == "Override":
            _add_type(package.overrides, attributes, "PartName", attributes.get("PartName", ""))

    def end(_name: str) -> None:
        path.pop()

    parse_whole(package.read("/" + TYPES_PART), part, start, end, _only_blanks(part))


def _add_type(known: dict[str, str], attributes: dict[str, str], named: str, key: str) -> None:
    if set(attributes) != {named, "ContentType"} or not key:
        raise FileRefused("3mf_content_types", part="[Content_Types].xml")
    if named == "PartName":
        if not key.startswith("/"):
            raise FileRefused("3mf_part_name", name=shown(key.encode()))
        key = part_key(key)
    elif "/" in key or key.startswith("."):
        raise FileRefused("3mf_content_types", part="[Content_Types].xml")
    media = attributes["ContentType"].strip().lower()
    if key in known or not _MEDIA.fullmatch(media.partition(";")[0].strip()):
        raise FileRefused("3mf_content_types", part="[Content_Types].xml")
    known[key] = media


def _only_blanks(part: str) -> Callable[[str], None]:
    def text(said: str) -> None:
        if said.strip(" \t\r\n"):
            raise FileRefused("3mf_stray_text", part=part, line=0)

    return text


def read_relations(package: Package, rels: str, source: str) -> tuple[Relation, ...]:
    """The relationships of a part: inside the package, each once, to parts that exist."""
    shown_part = package.shown(rels)
    if package.type_of(rels) != RELS_TYPE:
        raise FileRefused("3mf_content_type", part=shown_part, type=(package.type_of(rels) or "—")[:80])
    found: list[Relation] = []
    path: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        path.append(name)
        if path == [_WHOLE] and not attributes:
            return
        if path != [_WHOLE, f"{_RELATIONS} Relationship"]:
            raise FileRefused("3mf_relation", part=shown_part)
        found.append(_relation(package, attributes, shown_part, source))

    def end(_name: str) -> None:
        path.pop()

    parse_whole(package.read(rels), shown_part, start, end, _only_blanks(shown_part))
    if len({relation.id for relation in found}) != len(found):
        raise FileRefused("3mf_relation_twice", part=shown_part)
    if len({(relation.type, relation.target) for relation in found}) != len(found):
        raise FileRefused("3mf_relation_twice", part=shown_part)
    return tuple(found)


def _relation(package: Package, said: dict[str, str], part: str, source: str) -> Relation:
    if not set(said) <= {"Id", "Type", "Target", "TargetMode"} or not {"Id", "Type", "Target"} <= set(said):
        raise FileRefused("3mf_relation", part=part)
    if said.get("TargetMode", "Internal") == "External" or _ELSEWHERE.match(said["Target"]):
        raise FileRefused("3mf_external", part=part, target=shown(said["Target"].encode()))
    name, kind, target = said["Id"], said["Type"], said["Target"]
    if said.get("TargetMode", "Internal") != "Internal" or not _NAME.fullmatch(name):
        raise FileRefused("3mf_relation", part=part)
    if source == "/" and name[0].isdigit():
        raise FileRefused("3mf_relation", part=part)
    last = kind.rpartition("/")[2].lower()
    misspelt = kind not in _KNOWN and any(word in last for word in _LOOKS_LIKE)
    if misspelt or not kind.strip() or "#" in kind or "?" in kind:
        raise FileRefused("3mf_relation", part=part)
    if not target.startswith("/"):
        target = posixpath.normpath(posixpath.join(posixpath.dirname(source)[1:], target))
        # Climbing above the root is left as it is written, and refused as no name of a part.
        target = target if target.startswith("..") else "/" + target
    key = part_key(target, part=part)
    if any(segment.startswith(".") or segment.endswith(".") for segment in key.split("/")[1:]):
        raise FileRefused("3mf_part_name", part=part, name=shown(target.encode()))
    if key not in package.entries:
        raise FileRefused("3mf_part_missing", part=part, name=shown(said["Target"].encode()))
    return Relation(name, kind, key)
