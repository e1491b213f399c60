"""Materials, lattices, slices and parts of parts that break a rule: each is refused by its name."""

from __future__ import annotations

import pytest

from strate.kernels.geometry.readers.threemf import read_3mf
from strate.kernels.geometry.refusal import FileRefused
from strate.kernels.geometry.saying.words import say_refusal
from tests.kernels.geometry.threemf.making import (
    BASE,
    COLOURS,
    MODEL,
    MODEL_RELS,
    THUMBNAIL,
    components,
    cube,
    model,
    relation,
    relations,
    threemf,
    triangles,
    vertices,
)

SLICES = "2D/slices.model"


def with_faces(more: str, before: str = BASE, attributes: str = "") -> str:
    inside = f"<mesh>{vertices()}{triangles(more=more)}</mesh>"
    return model(before + cube(attributes=attributes, inside=inside), prefixes="m")


MATERIALS = {
    "base without name": (model(BASE.replace('name="Ti"', "") + cube()), "3mf_attribute_missing"),
    "base without colour": (model(BASE.replace('displaycolor="#808080"', "") + cube()), "3mf_attribute_missing"),
    "colour in words": (model(BASE.replace("#808080", "grey") + cube()), "3mf_value"),
    "colour of three digits": (model(BASE.replace("#808080", "#888") + cube()), "3mf_value"),
    "empty group": (model('<basematerials id="5"/>' + cube()), "3mf_child_missing"),
    "pid without group": (model(BASE + cube(attributes='pid="9" pindex="0"')), "3mf_reference"),
    "pindex without pid": (model(BASE + cube(attributes='pindex="0"')), "3mf_attribute_missing"),
    "pindex beyond": (model(BASE + cube(attributes='pid="5" pindex="2"')), "3mf_reference"),
    "pid is an object": (model(cube(1) + cube(2, 'pid="1" pindex="0"')), "3mf_reference"),
    "pid of an assembly": (
        model(
            BASE + cube(1) + cube(2, 'pid="5" pindex="0"', components('<component objectid="1"/>')),
        ),
        "3mf_attribute",
    ),
    "triangle of no group": (with_faces(' pid="9" p1="0"'), "3mf_triangle_property"),
    "triangle beyond": (with_faces(' pid="5" p1="2"'), "3mf_triangle_property"),
    "triangle without group": (with_faces(' p1="0"'), "3mf_triangle_property"),
    "materials that fade": (with_faces(' pid="5" p1="0" p2="1" p3="0"'), "3mf_triangle_property"),
    "second corner only": (with_faces(' pid="5" p2="1"'), "3mf_triangle_property"),
    "colour beyond": (with_faces(' pid="6" p1="2"', COLOURS), "3mf_triangle_property"),
    "colour missing": (model(COLOURS.replace(' color="#FF0000"', "") + cube(), prefixes="m"), "3mf_attribute_missing"),
    "colour group empty": (model('<m:colorgroup id="6"/>' + cube(), prefixes="m"), "3mf_child_missing"),
    "texture of nothing": (
        model(
            '<m:texture2dgroup id="7" texid="9"><m:tex2coord u="0" v="0"/></m:texture2dgroup>' + cube(),
            prefixes="m",
        ),
        "3mf_reference",
    ),
    "texture missing": (
        model('<m:texture2d id="7" path="/t.png" contenttype="image/png"/>' + cube(), prefixes="m"),
        "3mf_not_related",
    ),
    "texture a GIF": (
        model('<m:texture2d id="7" path="/t.gif" contenttype="image/gif"/>' + cube(), prefixes="m"),
        "3mf_value",
    ),
    "texture by relative path": (
        model('<m:texture2d id="7" path="t.png" contenttype="image/png"/>' + cube(), prefixes="m"),
        "3mf_value",
    ),
    "mixture of colours": (
        model(COLOURS + '<m:compositematerials id="7" matid="6" matindices="0"><m:composite values="1"/>'
              "</m:compositematerials>" + cube(), prefixes="m"),
        "3mf_reference",
    ),
    "mixture beyond": (
        model(BASE + '<m:compositematerials id="7" matid="5" matindices="0 2"><m:composite values="1"/>'
              "</m:compositematerials>" + cube(), prefixes="m"),
        "3mf_reference",
    ),
    "more than all of it": (
        model(BASE + '<m:compositematerials id="7" matid="5" matindices="0"><m:composite values="1.5"/>'
              "</m:compositematerials>" + cube(), prefixes="m"),
        "3mf_value",
    ),
    "two colours at once": (
        model(COLOURS + '<m:multiproperties id="7" pids="6 6"><m:multi pindices="0 0"/></m:multiproperties>'
              + cube(), prefixes="m"),
        "3mf_multiproperties",
    ),
    "material second": (
        model(BASE + COLOURS + '<m:multiproperties id="7" pids="6 5"><m:multi pindices="0 0"/></m:multiproperties>'
              + cube(), prefixes="m"),
        "3mf_multiproperties",
    ),
    "unknown blending": (
        model(BASE + COLOURS + '<m:multiproperties id="7" pids="5 6" blendmethods="add"><m:multi pindices="0 0"/>'
              "</m:multiproperties>" + cube(), prefixes="m"),
        "3mf_multiproperties",
    ),
}  # fmt: skip


def lattice(beams: str, attributes: str = 'minlength="0.1" radius="1"', more: str = "") -> str:
    return f"<b:beamlattice {attributes}><b:beams>{beams}</b:beams>{more}</b:beamlattice>"


def with_lattice(beams: str, *said: str, required: str = "b", kind: str = "") -> str:
    inside = f"<mesh>{vertices()}<triangles/>{lattice(beams, *said)}</mesh>"
    return model(
        cube(attributes=kind, inside=inside), attributes=f'requiredextensions="{required}"', prefixes="b b2"
    )


SET = '<b:beamsets><b:beamset><b:ref index="{}"/></b:beamset></b:beamsets>'
BEAM = '<b:beam v1="0" v2="7"/>'
BEAMS = {
    "not required": (with_lattice(BEAM, required=""), "3mf_beams_not_required"),
    "on a support": (with_lattice(BEAM, kind='type="support"'), "3mf_beams_not_required"),
    "corner missing": (with_lattice('<b:beam v1="0" v2="8"/>'), "3mf_beam"),
    "one corner": (with_lattice('<b:beam v1="3" v2="3"/>'), "3mf_beam"),
    "no thickness": (with_lattice('<b:beam v1="0" v2="7" r1="0"/>'), "3mf_beam"),
    "negative thickness": (with_lattice('<b:beam v1="0" v2="7" r1="-1"/>'), "3mf_value"),
    "second radius only": (with_lattice('<b:beam v1="0" v2="7" r2="1"/>'), "3mf_beam"),
    "as thick as the world": (with_lattice('<b:beam v1="0" v2="7" r1="1e300"/>'), "3mf_placed_out_of_reach"),
    "no radius": (with_lattice(BEAM, 'minlength="0.1"'), "3mf_attribute_missing"),
    "square ends": (with_lattice('<b:beam v1="0" v2="7" cap1="square"/>'), "3mf_value"),
    "cut by nothing": (
        with_lattice(BEAM, 'minlength="0.1" radius="1" clippingmode="inside"'),
        "3mf_attribute_missing",
    ),
    "cut by a missing mesh": (
        with_lattice(BEAM, 'minlength="0.1" radius="1" clippingmode="inside" clippingmesh="9"'),
        "3mf_object_missing",
    ),
    "set beyond": (
        with_lattice(BEAM, 'minlength="0.1" radius="1"', SET.format(1)),
        "3mf_beam",
    ),
    "ball on no beam": (
        with_lattice(BEAM, 'minlength="0.1" radius="1"', '<b2:balls><b2:ball vindex="1"/></b2:balls>'),
        "3mf_beam",
    ),
}  # fmt: skip

SQUARE = '<s:vertices><s:vertex x="0" y="0"/><s:vertex x="9" y="0"/><s:vertex x="9" y="9"/></s:vertices>'
LINE = '<s:polygon startv="0"><s:segment v2="1"/><s:segment v2="2"/><s:segment v2="0"/></s:polygon>'


def stack(*slices: str, bottom: str = "0", number: int = 3) -> str:
    return f'<s:slicestack id="{number}" zbottom="{bottom}">{"".join(slices)}</s:slicestack>'


def one_slice(top: object, inside: str = SQUARE + LINE) -> str:
    return f'<s:slice ztop="{top}">{inside}</s:slice>'


def sliced(stacked: str, item: str = "", low: str = ' s:meshresolution="lowres"', required: str = "s") -> str:
    return model(
        stacked + cube(attributes=f's:slicestackid="3"{low}'),
        f'<item objectid="1"{item}/>',
        f'requiredextensions="{required}"',
        prefixes="s",
    )


SLICED = {
    "sketch not required": (sliced(stack(one_slice(1)), required=""), "3mf_low_resolution"),
    "no stack": (sliced(""), "3mf_slice_reference"),
    "heights fall": (sliced(stack(one_slice(2), one_slice(1))), "3mf_slice_order"),
    "heights repeat": (sliced(stack(one_slice(2), one_slice(2))), "3mf_slice_order"),
    "below the bottom": (sliced(stack(one_slice(1), bottom="5")), "3mf_slice_order"),
    "height missing": (sliced(stack(one_slice(1).replace(' ztop="1"', ""))), "3mf_attribute_missing"),
    "as high as the sky": (sliced(stack(one_slice("1e308"))), "3mf_slice"),
    "slices far away": (
        sliced(stack(one_slice(1)), ' transform="1 0 0 0 1 0 0 0 1 1e8 0 0"'), "3mf_placed_out_of_reach"),
    "height no number": (sliced(stack(one_slice("nan"))), "3mf_value"),
    "open line": (sliced(stack(one_slice(1, SQUARE + LINE.replace('<s:segment v2="0"/>', "")))), "3mf_slice_open"),
    "corner missing": (sliced(stack(one_slice(1, SQUARE + LINE.replace('v2="2"', 'v2="9"')))), "3mf_slice_line"),
    "corner repeated": (sliced(stack(one_slice(1, SQUARE + LINE.replace('v2="2"', 'v2="1"')))), "3mf_slice_line"),
    "start missing": (sliced(stack(one_slice(1, SQUARE + LINE.replace('startv="0"', 'startv="7"')))), "3mf_slice_line"),
    "line without corners": (sliced(stack(one_slice(1, LINE))), "3mf_slice"),
    "line of nothing": (sliced(stack(one_slice(1, SQUARE + '<s:polygon startv="0"/>'))), "3mf_slice_line"),
    "tilted": (sliced(stack(one_slice(1)), ' transform="1 0 0 0 0 1 0 -1 0 0 0 0"'), "3mf_slice_tilted"),
    "stretched upwards": (sliced(stack(one_slice(1)), ' transform="1 0 0 0 1 0 0 0 2 0 0 0"'), "3mf_slice_tilted"),
    "both here and elsewhere": (
        sliced(stack(one_slice(1), f'<s:sliceref slicestackid="3" slicepath="/{SLICES}"/>')), "3mf_slice"),
    "of itself": (sliced(stack(f'<s:sliceref slicestackid="3" slicepath="/{MODEL}"/>')), "3mf_slice_reference"),
    "of a missing part": (sliced(stack('<s:sliceref slicestackid="3" slicepath="/2D/x.model"/>')), "3mf_part_missing"),
}  # fmt: skip

CASES = {
    f"{group}: {name}": case
    for group, cases in {"material": MATERIALS, "lattice": BEAMS, "slices": SLICED}.items()
    for name, case in cases.items()
}


def refusal(data: bytes) -> str:
    with pytest.raises(FileRefused) as caught:
        read_3mf(data)
    assert say_refusal(caught.value, "fr") and say_refusal(caught.value, "en")
    return caught.value.code


@pytest.mark.parametrize("name", CASES)
def test_an_extension_that_breaks_a_rule_is_refused_by_name(name: str) -> None:
    text, code = CASES[name]
    assert refusal(threemf(text)) == code


OTHER = "3D/other.model"
TO_OTHER = relations(relation(1, "/" + OTHER))
ITEM = f'<item objectid="1" p:path="/{OTHER}"/>'
UUID = ' p:UUID="12345678-1234-1234-1234-123456789abc"'


def uses(path: str, number: int = 1) -> str:
    return f'<components><component objectid="{number}" p:path="{path}"/></components>'


ELSEWHERE: dict[str, tuple[dict[str, str | bytes | None], str]] = {
    "not declared": ({MODEL: model("", ITEM, prefixes="p"), OTHER: model()}, "3mf_not_related"),
    "declared as a picture": (
        {MODEL: model("", ITEM, prefixes="p"), OTHER: model(),
         MODEL_RELS: relations(relation(1, "/" + OTHER, THUMBNAIL))},
        "3mf_picture",
    ),
    "no such object there": (
        {MODEL: model("", ITEM.replace('"1"', '"2"'), prefixes="p"), OTHER: model(), MODEL_RELS: TO_OTHER},
        "3mf_object_missing",
    ),
    "from part to part": (
        {
            MODEL: model("", ITEM, prefixes="p"),
            OTHER: model(cube(inside=uses("/3D/third.model")), prefixes="p"),
            "3D/third.model": model(),
            MODEL_RELS: TO_OTHER,
        },
        "3mf_path_elsewhere",
    ),
    "back to the root": (
        {MODEL: model(cube() + cube(2, inside=uses("/" + MODEL)), prefixes="p")},
        "3mf_path_elsewhere",
    ),
    "broken there": ({MODEL: model("", ITEM, prefixes="p"), OTHER: "<model", MODEL_RELS: TO_OTHER}, "3mf_xml_broken"),
    "required there": (
        {MODEL: model("", ITEM, prefixes="p"), OTHER: model(attributes='requiredextensions="v"', prefixes="v"),
         MODEL_RELS: TO_OTHER},
        "3mf_extension",
    ),
    "one identifier for two": (
        {MODEL: model(cube(1, UUID) + cube(2, UUID), prefixes="p")},
        "3mf_duplicate_uuid",
    ),
    "slices from slices": (
        {
            MODEL: sliced(stack(f'<s:sliceref slicestackid="3" slicepath="/{OTHER}"/>')),
            OTHER: sliced(stack(f'<s:sliceref slicestackid="3" slicepath="/{MODEL}"/>')),
            MODEL_RELS: TO_OTHER,
        },
        "3mf_slice_reference",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ELSEWHERE)
def test_a_lead_to_another_part_that_breaks_a_rule_is_refused_by_name(name: str) -> None:
    more, code = ELSEWHERE[name]
    assert refusal(threemf(more=more)) == code
