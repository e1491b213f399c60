"""All the model parts of a 3MF file: the one that builds, those it leads to, and every lead checked."""

from __future__ import annotations

from dataclasses import dataclass, field

from strate.kernels.geometry.readers.threemf.model import Model, Placed, Thing, read_model
from strate.kernels.geometry.readers.threemf.package import (
    CORE_PROPERTIES,
    MODEL_TYPE,
    PRINT_TICKET,
    START_PART,
    TEXTURE,
    TEXTURE_TYPE,
    THUMBNAIL,
    Package,
    Relation,
    part_key,
)
from strate.kernels.geometry.readers.threemf.slices import Stack
from strate.kernels.geometry.readers.threemf.xml import parse_whole
from strate.kernels.geometry.refusal import FileRefused, Limits

_PICTURES = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff", "image/jpg": b"\xff\xd8\xff"}
_KEYSTORE = "/keystore"
MAX_PARTS = 2_000
"""How many parts may lead to others, and how many models one file may be made of."""
_SOF = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}


@dataclass
class Document:
    """The models by part; `root` is the one whose build counts."""

    package: Package
    root: Model
    models: dict[str, Model] = field(default_factory=dict)

    def thing(self, placed: Placed) -> Thing:
        return self.models[placed.part].things[placed.object]

    def stack(self, part: str, number: int) -> Stack:
        return self.models[part].stacks[number]


def read_document(package: Package, limits: Limits) -> Document:
    """Read the root model, then every model part it refers to; each reference leads to something."""
    relations = {source: package.relations(source) for source in _sources(package)}
    root_part = _start(package, relations["/"])
    _check_pictures(package, relations)
    root = _load(package, root_part, limits)
    root.part = root_part
    document = Document(package, root, {root_part: root})
    related = {r.target for r in relations.get(root_part, ()) if r.type == START_PART}
    waiting = [root]
    while waiting:
        for target in _targets(waiting.pop(), root_part):
            if target in document.models:
                continue
            if target not in package:
                raise FileRefused("3mf_part_missing", part=root.name, name=target[:80])
            if target not in related or package.type_of(target) != MODEL_TYPE:
                raise FileRefused("3mf_not_related", part=root.name, name=target[:80])
            document.models[target] = _load(package, target, limits)
            waiting.append(document.models[target])
            _check_count(len(document.models))
    for model in document.models.values():
        _check_references(document, model, relations.get(model.part, ()))
    _check_uuids(document)
    _check_count(len(related | set(document.models)))
    for target in sorted(related - set(document.models)):
        # Nothing leads there yet: another program may read it all the same.
        _load(package, target, limits)
    return document


def _check_count(count: int) -> None:
    if count > MAX_PARTS:
        raise FileRefused("3mf_too_many_parts", count=count, limit=MAX_PARTS)


def _load(package: Package, part: str, limits: Limits) -> Model:
    return read_model(package.read(part), part, package.shown(part), limits)


def _sources(package: Package) -> list[str]:
    """Every part that leads somewhere; a list of leads that belongs to no part is refused."""
    found = ["/"]
    for name in package.entries:
        folder, rels, file = name.rpartition("/_rels/")
        if not rels or not file.endswith(".rels") or name == "/_rels/.rels":
            continue
        source = f"{folder}/{file.removesuffix('.rels')}"
        if source not in package:
            raise FileRefused("3mf_orphan_relations", part=package.shown(name))
        found.append(source)
    _check_count(len(found))
    return found


def _start(package: Package, relations: tuple[Relation, ...]) -> str:
    """The one part where everything begins."""
    if "/_rels/.rels" not in package:
        raise FileRefused("3mf_no_relations")
    starts = [relation.target for relation in relations if relation.type == START_PART]
    if not starts:
        raise FileRefused("3mf_no_model")
    if len(starts) > 1:
        raise FileRefused("3mf_several_models", count=len(starts))
    if any(relation.type.lower().endswith(_KEYSTORE) for relation in relations):
        raise FileRefused("3mf_encrypted", part=package.shown(starts[0]))
    return starts[0]


def _check_pictures(package: Package, relations: dict[str, tuple[Relation, ...]]) -> None:
    """Thumbnails and textures are pictures; a model has one print ticket, a package one set of properties."""
    seen: set[tuple[str, str]] = set()
    for source, leads in relations.items():
        for relation in leads:
            if relation.type in (THUMBNAIL, TEXTURE) and (relation.type, relation.target) not in seen:
                seen.add((relation.type, relation.target))
                _check_picture(package, relation)
            elif relation.type == START_PART and package.type_of(relation.target) != MODEL_TYPE:
                said = (package.type_of(relation.target) or "—")[:80]
                raise FileRefused("3mf_content_type", part=package.shown(relation.target), type=said)
        if sum(relation.type == PRINT_TICKET for relation in leads) > 1:
            raise FileRefused("3mf_several_tickets", part=package.shown(source))
        properties = [relation.target for relation in leads if relation.type == CORE_PROPERTIES]
        if len(properties) > 1:
            raise FileRefused("3mf_relation_twice", part="_rels/.rels")
        for part in properties:
            if (CORE_PROPERTIES, part) in seen:
                continue
            seen.add((CORE_PROPERTIES, part))
            parse_whole(package.read(part), package.shown(part), lambda *_: None, lambda _: None)


def _check_picture(package: Package, relation: Relation) -> None:
    kind = (package.type_of(relation.target) or "").partition(";")[0].strip()
    if relation.type == TEXTURE and kind == TEXTURE_TYPE:
        return
    begins = _PICTURES.get(kind)
    content = package.read(relation.target) if begins else b""
    if begins is None or not content.startswith(begins) or _is_cmyk(content):
        raise FileRefused("3mf_picture", part=package.shown(relation.target))


def _is_cmyk(picture: bytes) -> bool:
    """A JPEG of four inks, read from the header of its frame."""
    at = 2
    while picture[:2] == b"\xff\xd8" and at + 9 < len(picture) and picture[at] == 0xFF:
        marker = picture[at + 1]
        if marker in _SOF:
            return picture[at + 9] == 4
        if marker in (0xD8, 0xD9, 0xDA) or 0xD0 <= marker <= 0xD7:
            return False
        at += 2 + int.from_bytes(picture[at + 2 : at + 4], "big")
    return False


def _targets(model: Model, root_part: str) -> list[str]:
    """The other parts a model refers to, as parts are named; only the root may refer to objects elsewhere."""
    found = []
    for thing in model.things.values():
        for component in thing.components:
            found.append(_resolve(model, component, root_part))
        if thing.stack is not None and thing.stack[0]:
            thing.stack = (part_key(thing.stack[0], part=model.name), thing.stack[1])
            found.append(thing.stack[0])
        elif thing.stack is not None:
            thing.stack = (model.part, thing.stack[1])
    if model.part == root_part:
        found += [_resolve(model, item, root_part) for item in model.items]
    for stack in model.stacks.values():
        stack.elsewhere = [(part_key(path, part=model.name), number) for path, number in stack.elsewhere]
        if any(path == model.part for path, _ in stack.elsewhere):
            raise model.markup.refused("3mf_slice_reference", stack.at)
        found += [path for path, _ in stack.elsewhere]
    return [part for part in found if part != model.part]


def _resolve(model: Model, placed: Placed, root_part: str) -> str:
    if placed.part != model.part:
        placed.part = part_key(placed.part, part=model.name)
        if model.part != root_part or placed.part == root_part:
            raise model.markup.refused("3mf_path_elsewhere", placed.at)
    return placed.part


def _check_references(document: Document, model: Model, relations: tuple[Relation, ...]) -> None:
    """What a model refers to exists: objects, slices, textures, thumbnails."""
    pictures = {r.target for r in relations if r.type in (TEXTURE, THUMBNAIL)}
    textures = {r.target for r in relations if r.type == TEXTURE}
    placed = [component for thing in model.things.values() for component in thing.components]
    placed += model.items if model is document.root else []
    for one in placed:
        if one.object not in document.models[one.part].things:
            raise model.markup.refused("3mf_object_missing", one.at, id=one.object)
    for thing in model.things.values():
        if thing.stack is not None and thing.stack[1] not in document.models[thing.stack[0]].stacks:
            raise model.markup.refused("3mf_slice_reference", thing.at)
        if thing.thumbnail is not None:
            _check_lead(model, thing.thumbnail, pictures)
    for path in model.library.textures.values():
        _check_lead(model, path, textures)
    for stack in model.stacks.values():
        for path, number in stack.elsewhere:
            other = document.models[path].stacks.get(number)
            if other is None or other.elsewhere:
                raise model.markup.refused("3mf_slice_reference", stack.at)


def _check_lead(model: Model, path: str, related: set[str]) -> None:
    if part_key(path, part=model.name) not in related:
        raise FileRefused("3mf_not_related", part=model.name, name=path[:80])


def _check_uuids(document: Document) -> None:
    """An identifier names one thing only, or following parts by it would lead astray."""
    seen: set[str] = set()
    for model in document.models.values():
        for said in model.uuids:
            if said in seen:
                raise FileRefused("3mf_duplicate_uuid", part=model.name, uuid=said)
            seen.add(said)
