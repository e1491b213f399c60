"""Reads the markup of one 3MF model part into a small tree; corners and triangles go to arrays, not to the tree."""

from __future__ import annotations

from typing import Any
from xml.parsers import expat

from strate.kernels.geometry.readers.threemf.blocks import NAMES
from strate.kernels.geometry.readers.threemf.packed import PACKED, Packed
from strate.kernels.geometry.readers.threemf.schema import (
    ALIASES,
    CHOICE,
    CORE,
    ELSEWHERE,
    KINDS,
    PREFIXES,
    SIDE,
    Kind,
    short,
)
from strate.kernels.geometry.readers.threemf.xml import (
    MAX_DEPTH,
    XML_NAMESPACE,
    XSI_NAMESPACE,
    broken_xml,
    xml_parser,
)
from strate.kernels.geometry.refusal import FileRefused, Plain

MAX_ELEMENTS = 500_000
MOST_OTHERS, MOST_LETTERS = 8, 4_000
LONGEST_MARKUP = 8_000_000
"""One tag or one comment may be so long (bytes)."""
_PIECE = 1 << 20
MOST = {"item": 100_000, "object": 10_000, "metadata": 20_000, "component": 100_000}
"""How many of these one thing may hold."""


class Element:
    """One element of the tree: what it is called, what it says, what it holds."""

    __slots__ = ("at", "children", "kind", "name", "packed", "rank", "text", "values")

    def __init__(self, name: str, values: dict[str, Any], at: int) -> None:
        self.name, self.values, self.at = name, values, at
        self.kind: Kind = KINDS[name]
        self.children: list[Element] = []
        self.packed: Packed | None = PACKED[name]() if name in PACKED else None
        self.rank = 0
        self.text = ""

    def all(self, *names: str) -> list[Element]:
        return [child for child in self.children if child.name in names]

    def first(self, name: str) -> Element | None:
        return next((child for child in self.children if child.name == name), None)


class Markup:
    """The parsing of one part; `root` is its model once `parse` has run."""

    def __init__(self, data: bytes, part: str) -> None:
        self.data, self.part = data, part
        self.root: Element | None = None
        self.foreign_names: set[str] = set()
        self.prefixes: dict[str, str] = {}
        self.skipped = 0
        self.leaves = 0
        self._block_at = -1
        self._stack: list[Element] = []
        self._foreign = 0
        self._leaf = False
        self._count = 0
        self._parser = xml_parser(part)
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        self._parser.StartNamespaceDeclHandler = self._namespace

    def position(self) -> int:
        return max(0, self._parser.CurrentByteIndex) + self.skipped

    def line(self, at: int | None = None) -> int:
        return self.data.count(b"\n", 0, self.position() if at is None else at) + 1

    def refused(self, code: str, at: int | None = None, **values: Plain) -> FileRefused:
        return FileRefused(code, part=self.part, line=self.line(at), **values)

    @property
    def top(self) -> Element:
        return self._stack[-1]

    def opened(self, begin: int) -> Packed | None:
        """The rows of the block that has just been opened by the tag at `begin`; None when it was no such tag."""
        return self.top.packed if self._stack and self._block_at == begin and not self._foreign else None

    def feed(self, begin: int, end: int, final: bool = False) -> None:
        """Give the parser a stretch of the text, piece by piece: it begins a long tag or comment anew each time."""
        try:
            for at in range(begin, max(end, begin + 1), _PIECE):
                stop = min(end, at + _PIECE)
                self._parser.Parse(memoryview(self.data)[at:stop], final and stop == end)
                if stop - self.position() > LONGEST_MARKUP:
                    raise self.refused("3mf_markup_too_long", limit_bytes=LONGEST_MARKUP)
        except expat.ExpatError as error:
            at = max(0, self._parser.ErrorByteIndex) + self.skipped
            raise broken_xml(self.data, self.part, at, error) from error

    def _namespace(self, prefix: str | None, uri: str | None) -> None:
        if prefix and not self._stack and uri:
            self.prefixes[prefix] = uri

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if self._foreign:
            self._enter_foreign(name)
            return
        parent = self._stack[-1] if self._stack else None
        if parent is not None and parent.packed is not None and name == parent.packed.name:
            self._leaf_of(parent, attributes)
            return
        self._count += 1
        if self._count > MAX_ELEMENTS:
            raise FileRefused("3mf_too_many_elements", part=self.part, limit=MAX_ELEMENTS)
        known = ALIASES.get((parent.name, name), short(name)) if parent is not None else short(name)
        if self._leaf or known not in KINDS:
            self._meet_foreign(name, known, parent)
            return
        self._place(parent, known)
        element = Element(known, self._values(known, KINDS[known], attributes), self.position())
        if parent is None:
            self.root = element
        else:
            parent.children.append(element)
        if known in NAMES:
            self._block_at = element.at
        self._stack.append(element)
        if len(self._stack) > MAX_DEPTH:
            raise FileRefused("3mf_xml_too_deep", part=self.part, limit=MAX_DEPTH)

    def between_leaves_of(self, packed: Packed) -> bool:
        """Does the parser stand in this block, outside of all its elements?"""
        return bool(self._stack) and self.top.packed is packed and not self._leaf and not self._foreign

    def written_names(self, allowed: set[str]) -> list[bytes]:
        """How attributes of other namespaces are written in the text: those that can be written in one way only."""
        found = []
        for name in sorted(allowed)[:MOST_OTHERS]:
            space, _, local = name.rpartition(" ")
            prefixes = [prefix for prefix, uri in self.prefixes.items() if uri == space]
            if len(prefixes) == 1 and self.data.count(b"xmlns:" + prefixes[0].encode()) == 1:
                found.append(f"{prefixes[0]}:{local}".encode())
        return [name for name in found if len(name) < 200]

    def _leaf_of(self, parent: Element, attributes: dict[str, str]) -> None:
        if self._leaf or parent.packed is None:
            raise self.refused("3mf_element", element=parent.name, name=parent.name)
        self.leaves += 1
        if not parent.packed.add(attributes):
            name = parent.packed.short
            values = self._values(name, KINDS[name], attributes)
            parent.packed.take(values)
            parent.packed.allowed.update(name for name in attributes if " " in name)
        self._leaf = True

    def _place(self, parent: Element | None, name: str) -> None:
        """Is this element allowed here, in this order, once more?"""
        if parent is None:
            if name != "model":
                raise self.refused("3mf_element", element=name, name="")
            return
        rule = parent.kind.children.get(name)
        if rule is not None and parent.name == "resources":
            rule = self._among_resources(parent, name)
        if rule is None or rule[0] < parent.rank:
            raise self.refused("3mf_element", element=name, name=parent.name)
        parent.rank = rule[0]
        if rule[1] == 1 and parent.first(name):
            raise self.refused("3mf_element", element=name, name=parent.name)
        if name in MOST and len(parent.children) >= MOST[name]:
            if name == "item":
                raise FileRefused("3mf_too_many_items", limit=MOST[name])
            raise FileRefused("3mf_too_many_elements", part=self.part, limit=MOST[name])

    def _among_resources(self, parent: Element, name: str) -> tuple[int, int]:
        """Objects come together: what stands after them may be anything but another object."""
        rank, many = parent.kind.children[name]
        return (2 if name != "object" and parent.rank else rank), many

    def _values(self, name: str, kind: Kind, attributes: dict[str, str]) -> dict[str, Any]:
        """The attributes read; one that is unknown, missing or not written as it must be is refused."""
        found: dict[str, Any] = {}
        for written, text in attributes.items():
            key = self._attribute_name(name, kind, written)
            if key is None:
                continue
            try:
                found[key] = kind.attributes[key][0](text)
            except ValueError as error:
                raise self.refused("3mf_value", element=name, attribute=key, value=text[:60]) from error
        for key, (_, required) in kind.attributes.items():
            if required and key not in found:
                raise self.refused("3mf_attribute_missing", element=name, attribute=key)
        return found

    def _attribute_name(self, name: str, kind: Kind, written: str) -> str | None:
        """What the table calls an attribute; None when it belongs to a namespace that may be added here."""
        space, _, local = written.rpartition(" ")
        key = local if not space else PREFIXES.get(space, "?") + local
        if space == XML_NAMESPACE:
            key = "xml:" + local
        if space != CORE and key in kind.attributes:
            return key
        if not space or space in (CORE, XML_NAMESPACE, XSI_NAMESPACE) or not kind.extended:
            raise self.refused("3mf_attribute", element=name, attribute=local[:60])
        if space == CHOICE and local == "MustUnderstand":
            raise FileRefused("3mf_extension", part=self.part, name=local)
        if space not in PREFIXES and space not in SIDE:
            self.foreign_names.add(space)
        return None

    def _meet_foreign(self, name: str, known: str | None, parent: Element | None) -> None:
        """An element not read: allowed where others may add theirs, and never without being told."""
        space, _, local = name.rpartition(" ")
        core = space in ("", CORE, XML_NAMESPACE, XSI_NAMESPACE)
        if parent is None:
            raise self.refused("3mf_root", element=local[:60])
        within = KINDS[parent.packed.short] if self._leaf and parent.packed else parent.kind
        if core or known is not None or not within.foreign:
            raise self.refused("3mf_element", element=local[:60], name=parent.name)
        if not self._leaf and within.any_rank is not None:
            if within.any_rank < parent.rank:
                raise self.refused("3mf_element", element=local[:60], name=parent.name)
            parent.rank = within.any_rank
        self._enter_foreign(name)

    def _enter_foreign(self, name: str) -> None:
        space, _, local = name.rpartition(" ")
        if space in ELSEWHERE:
            raise FileRefused("3mf_external", part=self.part, target="XInclude")
        if space == CHOICE:
            raise FileRefused("3mf_extension", part=self.part, name=local[:40])
        self._foreign += 1
        self._count += 1
        if self._count > MAX_ELEMENTS:
            raise FileRefused("3mf_too_many_elements", part=self.part, limit=MAX_ELEMENTS)
        if self._foreign > MAX_DEPTH:
            raise FileRefused("3mf_xml_too_deep", part=self.part, limit=MAX_DEPTH)
        if space not in SIDE and space not in PREFIXES:
            self.foreign_names.add(space)

    def _end(self, _name: str) -> None:
        if self._foreign:
            self._foreign -= 1
            return
        if self._leaf:
            self._leaf = False
            return
        element = self._stack.pop()
        for group in element.kind.needs:
            if sum(1 for child in element.children if child.name in group) == 0:
                raise self.refused("3mf_child_missing", element=element.name, name=" / ".join(group))
            if len({child.name for child in element.children if child.name in group}) > 1:
                raise self.refused("3mf_element", element=group[-1], name=element.name)

    def _text(self, said: str) -> None:
        if self._foreign or not said.strip(" \t\r\n"):
            return
        if self._leaf or not self._stack or not self.top.kind.text:
            raise self.refused("3mf_stray_text", element=self.top.name if self._stack else "")
        self.top.text += said[:10_000]
