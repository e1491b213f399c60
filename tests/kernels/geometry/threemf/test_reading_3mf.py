"""Sound 3MF files, plain and unusual: everything built is read, in its place, in millimetres."""

from __future__ import annotations

import numpy as np
import pytest

from strate.kernels.geometry.readers import LayerReading, Reading
from strate.kernels.geometry.readers.threemf import read_3mf
from strate.kernels.geometry.refusal import Limits
from tests.kernels.geometry.threemf.making import (
    BASE,
    COLOURS,
    CORNERS,
    MODEL,
    MODEL_RELS,
    PNG,
    TEXTURE,
    components,
    cube,
    mesh,
    model,
    relation,
    relations,
    threemf,
    vertices,
)


def read(data: bytes | str) -> Reading:
    reading = read_3mf(threemf(data) if isinstance(data, str) else data)
    assert isinstance(reading, Reading)
    return reading


def volume(reading: Reading) -> float:
    a, b, c = reading.mesh.corners().transpose(1, 0, 2)
    return float(np.einsum("ij,ij->", a, np.cross(b, c))) / 6


def box(reading: Reading) -> list[float]:
    return [*reading.mesh.low.tolist(), *reading.mesh.high.tolist()]


UNITS = {"micron": 0.001, "millimeter": 1, "centimeter": 10, "inch": 25.4, "foot": 304.8, "meter": 1000}


@pytest.mark.parametrize("unit", UNITS)
def test_every_unit_comes_out_in_millimetres(unit: str) -> None:
    place = 'transform="1 0 0 0 1 0 0 0 1 5 0 0"'
    reading = read(model(build=f'<item objectid="1" {place}/>', attributes=f'unit="{unit}"'))
    mm = UNITS[unit]
    assert reading.unit == unit
    assert box(reading) == pytest.approx([5 * mm, 0, 0, 15 * mm, 10 * mm, 10 * mm])
    assert reading.items[0].transform[9:] == pytest.approx((5 * mm, 0, 0))


def test_no_unit_means_millimetres() -> None:
    assert read(model(attributes="")).unit == "millimeter"
    assert volume(read(model(attributes=""))) == pytest.approx(1000)


def test_a_plate_of_copies_knows_each_of_them() -> None:
    items = "".join(
        f'<item objectid="1" partnumber="A-{n}" transform="1 0 0 0 1 0 0 0 1 {20 * n} 0 0"/>'
        for n in range(5)
    )
    reading = read(model(cube(attributes='name="bracket"'), items))
    assert [item.part_number for item in reading.items] == [f"A-{n}" for n in range(5)]
    assert {item.source for item in reading.items} == {f"{MODEL}#1"}
    assert [item.first_face for item in reading.items] == [0, 12, 24, 36, 48]
    assert reading.names == ("bracket",) and volume(reading) == pytest.approx(5000)
    third = reading.mesh.faces[24:36]
    assert reading.mesh.vertices[third][..., 0].min() == pytest.approx(40)


def test_an_assembly_turns_and_shifts_its_components_in_order() -> None:
    """A quarter turn about z inside, then a shift outside: row vectors, the inner transform first."""
    inner = '<component objectid="1" transform="0 1 0 -1 0 0 0 0 1 0 0 0"/>'
    plain = '<component objectid="1" transform="1 0 0 0 1 0 0 0 1 0 0 30"/>'
    text = model(
        cube() + cube(2, inside=components(inner, plain)),
        '<item objectid="2" transform="1 0 0 0 1 0 0 0 1 100 0 0"/>',
    )
    reading = read(text)
    first, second = reading.mesh.vertices[:8], reading.mesh.vertices[8:]
    assert first.min(axis=0).tolist() == [90, 0, 0] and first.max(axis=0).tolist() == [100, 10, 10]
    assert second.min(axis=0).tolist() == [100, 0, 30] and second.max(axis=0).tolist() == [110, 10, 40]
    assert len(reading.items) == 1 and reading.items[0].face_count == 24


def test_a_chain_of_thousands_of_components_is_read() -> None:
    objects = [cube()]
    for number in range(2, 3001):
        use = f'<component objectid="{number - 1}" transform="1 0 0 0 1 0 0 0 1 0.01 0 0"/>'
        objects.append(cube(number, inside=components(use)))
    reading = read(model("".join(objects), '<item objectid="3000"/>'))
    assert box(reading)[0] == pytest.approx(29.99) and len(reading.mesh.faces) == 12


def test_a_part_may_be_drawn_ten_thousand_times_too_large() -> None:
    corners = [(x * 10_000, y * 10_000, z * 10_000) for x, y, z in CORNERS]
    reading = read(
        model(cube(inside=mesh(corners)), '<item objectid="1" transform="1e-4 0 0 0 1e-4 0 0 0 1e-4 0 0 0"/>')
    )
    assert volume(reading) == pytest.approx(1000)


def test_numbers_are_read_as_exactly_as_python_reads_them() -> None:
    words = [
        "0.1", "-.5", "+3", "1e2", "12.5E-1", "123456.7890123", "0.30000000000000004", "1e-320", "100000",
        "9007199254740993e-12", "3.141592653589793238462643383279", "7205759403792793.5e-12", "00012.500",
        "4.9406564584124654e-324", "179769.3134862315708145274237317043567981",
    ]  # fmt: skip
    corners = [(word, "0", str(place)) for place, word in enumerate(words)]
    faces = [(0, 1, 2), (0, 2, 1), (1, 2, 3), (1, 3, 2), *((n, n + 1, n + 2) for n in range(len(words) - 2))]
    got = read(model(cube(inside=mesh(corners, faces)))).mesh.vertices
    assert got[:, 0].tolist() == [float(word) for word in words]


BUSY = {
    "other quotes": lambda text: text.replace('x="', "x='").replace('" y', "' y"),
    "blanks everywhere": lambda text: text.replace(" y=", " \n\t y\r\n = ").replace("/>", "\n/>"),
    "another order": lambda text: text.replace('<vertex x="10" y="0" z="10"/>', '<vertex z="10" x="10" y="0"/>'),
    "long form": lambda text: text.replace('z="10"/>', 'z="10"></vertex>'),
    "long form with blanks": lambda text: text.replace('v3="1"/>', 'v3="1" > \n </triangle >'),
    "comments": lambda text: text.replace("<vertex", "<!-- a corner --><vertex", 3).replace(
        "<triangle ", "<!--<triangle v1='9'/>--><triangle ", 4
    ),
    "CDATA blanks": lambda text: text.replace("<vertices>", "<vertices><![CDATA[ ]]>"),
    "numbers as references": lambda text: text.replace('x="10"', 'x="&#49;&#x30;"'),
    "blanks inside": lambda text: text.replace('x="10"', 'x=" 10 "').replace('v1="4"', 'v1=" 4 "'),
    "plus signs": lambda text: text.replace('v1="4"', 'v1="+4"'),
    "own values": lambda text: text.replace("<vertex ", '<vertex v:c="1" ').replace("<triangle ", '<triangle v:c="1" '),
    "own values on one": lambda text: text.replace("<triangle ", '<triangle v:c="1" ', 1),
    "prefixed": lambda text: text.replace('xmlns="', 'xmlns:c="').replace("</", "</c:").replace(
        "<", "<c:").replace("<c:/c:", "</c:").replace("<c:?", "<?"),
    "a block in a comment": lambda text: text.replace(
        "<resources>", "<!-- <vertices><vertex x='1' y='2' z='3'/></vertices> --><resources>"
    ),
    "a processing instruction": lambda text: text.replace("<resources>", "<?tool <vertices> ?><resources>"),
    "Windows lines": lambda text: text.replace("/>", "/>\r\n"),
}  # fmt: skip


@pytest.mark.parametrize("engine", [True, False])
@pytest.mark.parametrize("name", BUSY)
def test_however_it_is_written_the_mesh_is_the_same(
    name: str, engine: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("strate.kernels.geometry.readers.threemf.blocks.WORTH_IT", 50 if engine else 10**9)
    plain = model(prefixes="v")
    reading, expected = read(BUSY[name](plain)), read(plain)
    assert np.array_equal(reading.mesh.vertices, expected.mesh.vertices)
    assert np.array_equal(reading.mesh.faces, expected.mesh.faces)


def test_a_byte_order_mark_and_trailing_blanks_are_nothing() -> None:
    assert len(read(threemf(b"\xef\xbb\xbf" + model().encode() + b"\n\n")).mesh.faces) == 12


def test_materials_colours_and_words_are_kept() -> None:
    head = '<metadata name="Title">Bracket é</metadata><metadata name="v:lot" preserve="1">L42</metadata>'
    inside = mesh().replace('v3="1"', 'v3="1" pid="6" p1="0" p2="1" p3="0"', 1)
    reading = read(
        model(
            BASE + COLOURS + cube(attributes='pid="5" pindex="1" partnumber="P1" name="left"', inside=inside),
            before=head,
            prefixes="m v",
        )
    )
    assert reading.metadata == (("Title", "Bracket é"), ("v:lot", "L42"))
    assert reading.materials == ("Ti", "Al") and reading.names == ("Bracket é", "left")
    assert reading.items[0].part_number == "P1" and not reading.findings


def test_a_texture_declared_as_it_must_be_is_let_through() -> None:
    text = model(
        '<m:texture2d id="7" path="/3D/t.png" contenttype="image/png"/>'
        '<m:texture2dgroup id="8" texid="7"><m:tex2coord u="0" v="0"/></m:texture2dgroup>' + cube(),
        prefixes="m",
    )
    files = {"3D/t.png": PNG, MODEL_RELS: relations(relation(1, "/3D/t.png", TEXTURE))}
    assert len(read(threemf(text, files)).mesh.faces) == 12


def test_what_is_not_understood_is_announced() -> None:
    text = model(cube(attributes='v:heat="1"'), after='<v:scan when="now"><v:line/></v:scan>', prefixes="v")
    reading = read(text)
    assert reading.not_understood == ("http://example.org/vendor/2026",)
    assert [finding.code for finding in reading.findings] == ["3mf_not_understood"]


def test_objects_that_are_not_built_are_not_read_as_parts() -> None:
    reading = read(model(cube(1) + cube(2, 'type="other"') + cube(3), '<item objectid="3"/>'))
    assert len(reading.mesh.faces) == 12 and reading.items[0].source.endswith("#3")


def test_supports_without_inside_stay_out_of_the_solid_and_are_announced() -> None:
    sheet = mesh(None, [(0, 1, 2)])
    text = model(
        cube(1) + cube(2, 'type="support"', sheet) + cube(3, inside=components(
            '<component objectid="1"/>', '<component objectid="2"/>')),
        '<item objectid="3"/>',
    )  # fmt: skip
    reading = read(text)
    assert len(reading.mesh.faces) == 12
    assert [(f.code, f.values["count"]) for f in reading.findings] == [("3mf_supports", 1)]


def test_parts_in_other_files_of_the_package_are_placed_in_their_own_unit() -> None:
    other = "3D/parts/one.model"
    root = model(
        cube() + cube(2, inside=components(f'<component objectid="7" p:path="/{other}"/>')),
        f'<item objectid="2"/><item objectid="7" p:path="/{other}" transform="1 0 0 0 1 0 0 0 1 50 0 0"/>',
        prefixes="p",
    )
    files = {
        other: model(cube(7, 'name="inner"'), '<item objectid="7"/>', 'unit="centimeter"'),
        MODEL_RELS: relations(relation(1, "/" + other)),
    }
    reading = read(threemf(root, files))
    assert box(reading) == pytest.approx([0, 0, 0, 150, 100, 100])
    assert [item.source for item in reading.items] == [f"{MODEL}#2", f"{other}#7"]


def test_a_lattice_is_drawn_as_thick_as_it_says_and_announced() -> None:
    beams = (
        '<b:beamlattice minlength="0.1" radius="1"><b:beams><b:beam v1="0" v2="4"/></b:beams></b:beamlattice>'
    )
    text = model(
        cube(inside=f"<mesh>{vertices()}<triangles/>{beams}</mesh>"),
        attributes='requiredextensions="b"',
        prefixes="b",
    )
    reading = read(text)
    assert volume(reading) == pytest.approx(np.pi * 10)
    assert [f.code for f in reading.findings] == ["3mf_beams_drawn"]


SQUARE = (
    '<s:slice ztop="{}"><s:vertices><s:vertex x="0" y="0"/><s:vertex x="10" y="0"/><s:vertex x="10" y="10"/>'
    '<s:vertex x="0" y="10"/></s:vertices><s:polygon startv="0"><s:segment v2="1"/><s:segment v2="2"/>'
    '<s:segment v2="3"/><s:segment v2="0"/></s:polygon></s:slice>'
)


def sliced(more: str, slices: str, item: str = "") -> bytes:
    return threemf(
        model(
            f'<s:slicestack id="3">{slices}</s:slicestack>' + cube(attributes=f's:slicestackid="3" {more}'),
            f'<item objectid="1" {item}/>',
            'requiredextensions="s"',
            prefixes="s",
        )
    )


def test_slices_are_the_layers_where_the_mesh_is_only_a_sketch() -> None:
    slices = "".join(SQUARE.format(top) for top in (2, 4, 10))
    place = 'transform="0 1 0 -1 0 0 0 0 1 30 0 5"'
    reading = read_3mf(sliced('s:meshresolution="lowres"', slices, place))
    assert isinstance(reading, LayerReading)
    assert [layer.top_mm for layer in reading.layers] == [7, 9, 15]
    line = reading.layers[0].contours[0]
    assert line.min(axis=0).tolist() == [20, 0] and line.max(axis=0).tolist() == [30, 10] and len(line) == 4


def test_slices_beside_a_full_mesh_are_given_too_and_compared_with_it() -> None:
    agreeing = read(sliced("", "".join(SQUARE.format(top) for top in (5, 10))))
    assert [f.code for f in agreeing.findings] == ["3mf_slices_too"] and len(agreeing.layers) == 2
    differing = read(sliced("", SQUARE.format(5)))
    assert [f.code for f in differing.findings] == ["3mf_slices_too", "3mf_slices_differ"]


def test_an_object_without_slices_beside_a_sketch_is_said() -> None:
    text = model(
        f'<s:slicestack id="3">{SQUARE.format(10)}</s:slicestack>'
        + cube(attributes='s:slicestackid="3" s:meshresolution="lowres"') + cube(2),
        '<item objectid="1"/><item objectid="2"/>',
        'requiredextensions="s"',
        prefixes="s",
    )  # fmt: skip
    reading = read(text)
    assert [(f.code, f.severity) for f in reading.findings] == [("3mf_sketch_beside_mesh", "refuse")]


def test_the_limit_of_triangles_counts_every_copy_before_it_is_made() -> None:
    items = '<item objectid="1"/>' * 100
    with pytest.raises(Exception, match="too_many_triangles"):
        read_3mf(threemf(model(build=items)), Limits(max_triangles=1199))
    assert len(read_3mf(threemf(model(build=items)), Limits(max_triangles=1200)).mesh.faces) == 1200
