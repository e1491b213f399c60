"""Models that break a rule of 3MF, or would build another part elsewhere: each is refused by its name."""

from __future__ import annotations

import time

import numpy as np
import pytest

from strate.kernels.geometry.readers.threemf import read_3mf
from strate.kernels.geometry.refusal import FileRefused
from strate.kernels.geometry.saying.words import say_refusal
from tests.kernels.geometry.threemf.making import (
    BASE,
    CORE,
    CORNERS,
    FACES,
    SPACES,
    XML,
    components,
    cube,
    mesh,
    model,
    threemf,
    triangles,
    vertices,
)

WIDE = "9" * 400


def with_corner(corner: tuple[object, ...]) -> str:
    return model(cube(inside=mesh([corner, *CORNERS[1:]])))


def with_face(face: tuple[object, ...]) -> str:
    return model(cube(inside=mesh(None, [face, *FACES[1:]])))


def moved(matrix: str) -> str:
    return model(build=f'<item objectid="1" transform="{matrix}"/>')


def many_items(count: int) -> str:
    """Each in its own place, so that they do not compress to nothing."""
    places = np.random.default_rng(3).integers(0, 10**9, count).tolist()
    return "".join(f'<item objectid="1" partnumber="{place}"/>' for place in places)


def doubling(times: int) -> str:
    """Each object is twice the one before: 2 to the power of `times` cubes."""
    objects = [cube(1)]
    for number in range(2, times + 2):
        use = f'<component objectid="{number - 1}"/>'
        objects.append(cube(number, inside=components(use, use)))
    return model("".join(objects), f'<item objectid="{times + 1}"/>')


MARKUP = {
    "not a model": (f'{XML}<svg xmlns="http://www.w3.org/2000/svg"/>', "3mf_root"),
    "model of an older world": (model().replace("core/2015/02", "2013/01"), "3mf_root"),
    "no namespace": (model().replace(f' xmlns="{CORE}"', ""), "3mf_root"),
    "another root": (f'{XML}<resources xmlns="{CORE}"/>', "3mf_element"),
    "two models": (model() + model().removeprefix(XML), "3mf_xml_broken"),
    "cut": (model()[:-30], "3mf_xml_broken"),
    "only blanks": (" \n ", "3mf_xml_empty"),
    "nothing": ("", "3mf_xml_empty"),
    "UTF-16": (model().replace("UTF-8", "UTF-16").encode("utf-16"), "3mf_not_utf8"),
    "UTF-16 without mark": (model().encode("utf-16-le"), "3mf_not_utf8"),
    "said to be Latin": (model().replace("UTF-8", "ISO-8859-1"), "3mf_not_utf8"),
    "bytes that are no UTF-8": (model().encode().replace(b"millimeter", b"milli\xffmeter"), "3mf_xml_broken"),
    "XML 1.1": (model().replace('version="1.0"', 'version="1.1"'), "3mf_xml_version"),
    "DTD": (model().replace("?>\n", "?><!DOCTYPE model>", 1), "3mf_dtd"),
    "entity bomb": (
        model().replace("?>\n", '?><!DOCTYPE m [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>', 1),
        "3mf_dtd",
    ),
    "external entity": (
        model().replace("?>\n", '?><!DOCTYPE m [<!ENTITY a SYSTEM "file:///etc/passwd">]>', 1),
        "3mf_dtd",
    ),
    "unknown entity": (model(cube(attributes='name="&who;"')), "3mf_entity"),
    "x twice": (model().replace('x="0"', 'x="0" x="5"', 1), "3mf_duplicate_attribute"),
    "unit twice": (model(attributes='unit="millimeter" unit="inch"'), "3mf_duplicate_attribute"),
    "text between elements": (model(cube() + "text"), "3mf_stray_text"),
    "text in the mesh": (model(cube(inside=mesh().replace("<triangles>", "<triangles>1"))), "3mf_stray_text"),
    "text in a corner": (model().replace('z="0"/>', 'z="0">1</vertex>', 1), "3mf_stray_text"),
    "element in a corner": (model().replace('z="0"/>', 'z="0"><a/></vertex>', 1), "3mf_element"),
    "deep": (model(after="<v:a>" * 300 + "</v:a>" * 300, prefixes="v"), "3mf_xml_too_deep"),
    "xml:space": (model(attributes='xml:space="preserve"'), "3mf_attribute"),
    "xsi:type": (
        model(attributes='xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="model"'),
        "3mf_attribute",
    ),
    "unknown attribute": (model(attributes='units="inch"'), "3mf_attribute"),
    "attribute of the corners": (
        model(cube(inside=mesh().replace("<vertices>", '<vertices v:a="1">')), prefixes="v"),
        "3mf_attribute",
    ),
    "undeclared prefix": (model(cube(attributes='q:a="1"')), "3mf_xml_broken"),
    "unknown element": (model(cube() + "<thing/>"), "3mf_element"),
    "unknown element in a group": (model(BASE.replace("</base", "<thing/></base") + cube()), "3mf_element"),
    "no resources": (f'{XML}<model xmlns="{CORE}"><build/></model>', "3mf_child_missing"),
    "no build": (f'{XML}<model xmlns="{CORE}"><resources/></model>', "3mf_child_missing"),
    "two builds": (model(after="<build/>"), "3mf_element"),
    "two resources": (model(after="<resources/>"), "3mf_element"),
    "build first": (f'{XML}<model xmlns="{CORE}"><build/><resources/></model>', "3mf_element"),
    "metadata last": (model(after='<metadata name="Title">x</metadata>'), "3mf_element"),
    "materials among the objects": (model(cube() + BASE + cube(2)), "3mf_element"),
}

MODEL_RULES = {
    "unknown unit": (model(attributes='unit="furlong"'), "3mf_value"),
    "unit in capitals": (model(attributes='unit="Millimeter"'), "3mf_value"),
    "required, unknown": (
        model(attributes='requiredextensions="v"', prefixes="v"),
        "3mf_extension",
    ),
    "required, undeclared": (model(attributes='requiredextensions="q"'), "3mf_prefix"),
    "required by its address": (model(attributes=f'requiredextensions="{SPACES["m"]}"'), "3mf_prefix"),
    "recommended, undeclared": (model(attributes='recommendedextensions="q"'), "3mf_prefix"),
    "secure content": (model(attributes='requiredextensions="sc"', prefixes="sc"), "3mf_encrypted"),
    "metadata without name": (model(before="<metadata>x</metadata>"), "3mf_attribute_missing"),
    "metadata of nobody": (model(before='<metadata name="q:x">1</metadata>'), "3mf_value"),
    "metadata undefined": (model(before='<metadata name="Undefined">1</metadata>'), "3mf_metadata_unnamed"),
    "title twice": (model(before='<metadata name="Title">a</metadata>' * 2), "3mf_duplicate_metadata"),
    "preserve perhaps": (model(before='<metadata name="Title" preserve="maybe">a</metadata>'), "3mf_value"),
    "empty group of metadata": (model(cube(inside="<metadatagroup/>" + mesh())), "3mf_child_missing"),
    "id missing": (model(cube().replace('id="1"', "")), "3mf_attribute_missing"),
    "id zero": (model(cube(0)), "3mf_value"),
    "id negative": (model(cube(-1)), "3mf_value"),
    "id a word": (model(cube("one")), "3mf_value"),
    "id too large": (model(cube(2**31)), "3mf_value"),
    "id twice": (model(cube() + cube()), "3mf_duplicate_id"),
    "id of a material": (model(BASE + cube(5), '<item objectid="5"/>'), "3mf_duplicate_id"),
    "unknown type": (model(cube(attributes='type="thing"')), "3mf_value"),
    "built but other": (model(cube(attributes='type="other"')), "3mf_other_object"),
    "other inside": (
        model(
            cube(1, 'type="other"') + cube(2, inside=components('<component objectid="1"/>')),
            '<item objectid="2"/>',
        ),
        "3mf_other_object",
    ),
    "empty object": (model('<object id="1"/>'), "3mf_child_missing"),
    "mesh and components": (
        model(cube(1) + cube(2, inside=mesh() + components('<component objectid="1"/>'))),
        "3mf_element",
    ),
    "two meshes": (model(cube(inside=mesh() + mesh())), "3mf_element"),
    "no components": (model(cube(inside="<components/>")), "3mf_child_missing"),
    "nothing built": (model(build=""), "3mf_empty_build"),
    "built object missing": (model(build='<item objectid="2"/>'), "3mf_object_missing"),
    "material built": (model(BASE + cube(), '<item objectid="5"/>'), "3mf_object_missing"),
    "component missing": (
        model(cube(2, inside=components('<component objectid="1"/>'))),
        "3mf_object_missing",
    ),
    "component of itself": (
        model(cube(1, inside=components('<component objectid="1"/>'))),
        "3mf_object_missing",
    ),
    "component defined later": (
        model(cube(1, inside=components('<component objectid="2"/>')) + cube(2)),
        "3mf_object_missing",
    ),
    "item without object": (model(build="<item/>"), "3mf_attribute_missing"),
    "item elsewhere": (
        model(build='<item objectid="1" p:path="/3D/x.model"/>', prefixes="p"),
        "3mf_part_missing",
    ),
    "item in the same part by its path": (
        model(build='<item objectid="1" p:path="3D/x.model"/>', prefixes="p"),
        "3mf_value",
    ),
    "two to the fortieth": (doubling(40), "3mf_too_many_placed"),
    "a million items": (model(build=many_items(1_000_000)), "3mf_too_many_items"),
    "thumbnail missing": (model(cube(attributes='thumbnail="/t.png"')), "3mf_not_related"),
    "no unique identifier": (
        model(attributes='requiredextensions="p"', prefixes="p"),
        "3mf_attribute_missing",
    ),
    "identifier of a kind": (model(cube(attributes='p:UUID="1234"'), prefixes="p"), "3mf_value"),
}

MESHES = {
    **{f"corner at {word}": (with_corner((word, 0, 0)), "3mf_value") for word in (
        "nan", "NaN", "inf", "-INF", "1,5", "1e", "0x10", "1.", ".", "", "1 2", "--1", "1e999", "١", "1_0", "+")},
    **{f"corner {word}": (with_face((word, 2, 1)), "3mf_value") for word in (
        "-1", "1.0", "4294967300", "2147483648", "nan", "", "0x1", WIDE)},
    "beyond reach": (with_corner((2_000_000, 0, 0)), "3mf_out_of_reach"),
    "beyond reach in metres": (model(cube(inside=mesh([(2000, 0, 0), *CORNERS[1:]])), attributes='unit="meter"'),
                               "3mf_out_of_reach"),
    "corner missing": (with_face((0, 2, 8)), "3mf_corner"),
    "one corner twice": (with_face((0, 2, 2)), "3mf_same_corners"),
    "z missing": (model().replace(' z="0"', "", 1), "3mf_attribute_missing"),
    "v3 missing": (model().replace(' v3="1"', "", 1), "3mf_attribute_missing"),
    "unknown value of a corner": (model().replace(' z="0"', ' z="0" w="1"', 1), "3mf_attribute"),
    "painted triangle": (model().replace(' v3="1"', ' v3="1" paint="1"', 1), "3mf_attribute"),
    "no corners": (model(cube(inside=f"<mesh>{triangles()}</mesh>")), "3mf_child_missing"),
    "no triangles": (model(cube(inside=f"<mesh>{vertices()}</mesh>")), "3mf_empty_mesh"),
    "empty triangles": (model(cube(inside=f"<mesh>{vertices()}<triangles/></mesh>")), "3mf_empty_mesh"),
    "empty mesh": (model(cube(inside="<mesh><vertices/><triangles/></mesh>")), "3mf_empty_mesh"),
    "three triangles": (model(cube(inside=mesh(None, FACES[:3]))), "3mf_not_a_solid"),
    "triangles first": (model(cube(inside=f"<mesh>{triangles()}{vertices()}</mesh>")), "3mf_element"),
    "corners twice": (model(cube(inside=f"<mesh>{vertices()}{vertices()}{triangles()}</mesh>")), "3mf_element"),
    "triangle among corners": (model().replace("</vertices>", '<triangle v1="0" v2="1" v3="2"/></vertices>'),
                               "3mf_element"),
}  # fmt: skip

PLACES = {
    "eleven numbers": (moved("1 0 0 0 1 0 0 0 1 0 0"), "3mf_value"),
    "thirteen numbers": (moved("1 0 0 0 1 0 0 0 1 0 0 0 0"), "3mf_value"),
    "commas": (moved("1,0,0,0,1,0,0,0,1,0,0,0"), "3mf_value"),
    "not a number": (moved("nan 0 0 0 1 0 0 0 1 0 0 0"), "3mf_value"),
    "infinite": (moved("1 0 0 0 1 0 0 0 1 0 0 1e400"), "3mf_value"),
    "zero": (moved("0 0 0 0 0 0 0 0 0 0 0 0"), "3mf_singular"),
    "flat": (moved("1 0 0 0 1 0 0 0 0 0 0 0"), "3mf_singular"),
    "flat aslant": (moved("1 2 3 4 5 6 7 8 9 0 0 0"), "3mf_singular"),
    "flat and tiny": (moved("1e-9 0 0 1e-9 0 0 0 0 1e-9 0 0 0"), "3mf_singular"),
    "mirrored": (moved("-1 0 0 0 1 0 0 0 1 0 0 0"), "3mf_mirrored"),
    "mirrored thrice": (moved("-1 0 0 0 -1 0 0 0 -1 0 0 0"), "3mf_mirrored"),
    "far away": (moved("1 0 0 0 1 0 0 0 1 1e7 0 0"), "3mf_placed_out_of_reach"),
    "blown up": (moved("1e300 0 0 0 1e300 0 0 0 1e300 0 0 0"), "3mf_placed_out_of_reach"),
}

ALL = {
    f"{group}: {name}": case
    for group, cases in {
        "markup": MARKUP, "rules": MODEL_RULES, "mesh": MESHES, "place": PLACES,
    }.items()
    for name, case in cases.items()
}  # fmt: skip


@pytest.mark.parametrize("name", ALL)
def test_a_model_that_breaks_a_rule_is_refused_by_name(name: str) -> None:
    text, code = ALL[name]
    data, begun = threemf(text), time.process_time()
    with pytest.raises(FileRefused) as caught:
        read_3mf(data)
    assert caught.value.code == code, caught.value
    assert say_refusal(caught.value, "fr") and say_refusal(caught.value, "en")
    assert time.process_time() - begun < 2
