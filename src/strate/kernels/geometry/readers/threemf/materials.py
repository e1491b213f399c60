"""The materials and colours of a model part: each group refers to what exists, before it, and of the right kind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from strate.kernels.geometry.readers.threemf.markup import Element, Markup
from strate.kernels.geometry.readers.threemf.schema import DISPLAY, PROPERTY_GROUPS

_MATERIALS = ("basematerials", "m:compositematerials")
_TEXTURED = ("m:pbspeculartexturedisplayproperties", "m:pbmetallictexturedisplayproperties")


@dataclass
class Group:
    """One group of properties: its kind, how many it holds, whether they may fade into each other."""

    kind: str
    size: int
    fades: bool


@dataclass
class Library:
    """Everything of a part that has an identifier, in the order in which it is defined."""

    markup: Markup
    kinds: dict[int, str] = field(default_factory=dict)
    groups: dict[int, Group] = field(default_factory=dict)
    displays: dict[int, tuple[str, int]] = field(default_factory=dict)
    textures: dict[int, str] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)

    def define(self, element: Element) -> None:
        """A new identifier: no other resource of the part has it."""
        number = element.values["id"]
        if number in self.kinds:
            raise self.markup.refused("3mf_duplicate_id", element.at, id=number)
        self.kinds[number] = element.name

    def add(self, element: Element) -> None:
        """A resource that is neither an object nor slices."""
        if element.name in DISPLAY:
            self._display(element)
        elif element.name == "m:texture2d":
            self.textures[element.values["id"]] = element.values["path"]
        elif element.name in PROPERTY_GROUPS:
            _READ[element.name](self, element)
            self.groups[element.values["id"]] = self._group(element)
        self.define(element)

    def wrong(self, element: Element, number: int) -> Exception:
        return self.markup.refused("3mf_reference", element.at, element=element.name, id=number)

    def _display(self, element: Element) -> None:
        for key in ("speculartextureid", "glossinesstextureid", "metallictextureid", "roughnesstextureid"):
            if key in element.values and element.values[key] not in self.textures:
                raise self.wrong(element, element.values[key])
        self.displays[element.values["id"]] = (element.name, len(element.children))

    def _group(self, element: Element) -> Group:
        said = element.values.get("displaypropertiesid") or element.values.get("m:displaypropertiesid")
        size = len(element.children)
        if said is not None:
            kind, count = self.displays.get(said, ("", 0))
            if not kind or (kind in _TEXTURED) != (element.name == "m:texture2dgroup"):
                raise self.wrong(element, said)
            if kind not in _TEXTURED and count != size:
                raise self.wrong(element, said)
        fades = element.name != "basematerials" and said is None
        return Group(element.name, size, fades)

    def _base(self, element: Element) -> None:
        self.names.extend(child.values["name"] for child in element.children if child.values["name"])

    def _colours(self, element: Element) -> None:
        """Every colour was checked where it is written."""

    def _texture_group(self, element: Element) -> None:
        if element.values["texid"] not in self.textures:
            raise self.wrong(element, element.values["texid"])

    def _composite(self, element: Element) -> None:
        base = self.groups.get(element.values["matid"])
        if base is None or base.kind != "basematerials":
            raise self.wrong(element, element.values["matid"])
        if max(element.values["matindices"]) >= base.size:
            raise self.wrong(element, max(element.values["matindices"]))

    def _multi(self, element: Element) -> None:
        """One material at most, first; one colour group at most; no mixture of mixtures.

        A row that names a member that is not there is let through: the Consortium's own examples hold some.
        """
        pids = element.values["pids"]
        kinds = []
        for number in pids:
            if number not in self.groups and number not in self.textures:
                raise self.wrong(element, number)
            kinds.append(self.groups[number].kind if number in self.groups else "m:texture2d")
        materials = [place for place, kind in enumerate(kinds) if kind in _MATERIALS]
        if len(materials) > 1 or any(materials) or kinds.count("m:colorgroup") > 1:
            raise self.markup.refused("3mf_multiproperties", element.at)
        blends = element.values.get("blendmethods", ())
        if "m:multiproperties" in kinds or len(blends) > len(pids) - 1 or set(blends) - {"mix", "multiply"}:
            raise self.markup.refused("3mf_multiproperties", element.at)

    def check_object(self, element: Element) -> None:
        """The property of a whole object."""
        pid, place = element.values.get("pid"), element.values.get("pindex")
        if pid is None and place is not None:
            raise self.markup.refused(
                "3mf_attribute_missing", element.at, element=element.name, attribute="pid"
            )
        if pid is None:
            return
        if element.first("components") is not None:
            raise self.markup.refused("3mf_attribute", element.at, element="object", attribute="pid")
        group = self.groups.get(pid)
        if group is None or (place or 0) >= group.size:
            raise self.wrong(element, pid)

    def check_triangles(self, element: Element, said: NDArray[np.int32] | None) -> None:
        """The properties of single triangles: of a group that exists, in its range, fading where allowed."""
        if said is None:
            return
        default = element.values.get("pid", -1)
        pid = np.where(said[:, 0] >= 0, said[:, 0], default)
        bad = ((pid < 0) & (said[:, 1:] >= 0).any(axis=1)) | (
            (said[:, 1] < 0) & (said[:, 2:] >= 0).any(axis=1)
        )
        bad |= (said[:, 2] < 0) != (said[:, 3] < 0)
        for number in np.unique(pid[pid >= 0]).tolist():
            group = self.groups.get(number)
            mine = pid == number
            if group is None:
                bad |= mine
                continue
            bad |= mine & (said[:, 1:] >= group.size).any(axis=1)
            if not group.fades:
                differs = (said[:, 2:] >= 0) & (said[:, 2:] != said[:, 1:2])
                bad |= mine & differs.any(axis=1)
        if bad.any():
            first = int(np.flatnonzero(bad)[0])
            raise self.markup.refused("3mf_triangle_property", element.at, triangle=first + 1)


_READ: dict[str, Callable[[Library, Element], None]] = {
    "basematerials": Library._base,
    "m:colorgroup": Library._colours,
    "m:texture2dgroup": Library._texture_group,
    "m:compositematerials": Library._composite,
    "m:multiproperties": Library._multi,
}
