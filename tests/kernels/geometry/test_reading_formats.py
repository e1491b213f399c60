"""OBJ, PLY, OFF and clouds of points: read for what they hold, and said when they hold something else."""

from __future__ import annotations

import struct

import numpy as np
import pytest

from strate.kernels.geometry import samples
from strate.kernels.geometry.judging.judge import judge
from strate.kernels.geometry.judging.verdict import Verdict
from strate.kernels.geometry.readers import Reading
from strate.kernels.geometry.readers.dispatch import read
from strate.kernels.geometry.refusal import FileRefused, Limits
from strate.kernels.geometry.saying.words import say_finding, say_refusal
from tests.kernels.geometry import seeds


def meshed(data: bytes, name: str | None = None) -> Reading:
    found = read(data, name=name)
    assert isinstance(found, Reading)
    return found


def refusal(data: bytes, name: str | None = None, limits: Limits = Limits()) -> FileRefused:
    with pytest.raises(FileRefused) as caught:
        judge(data, name=name, limits=limits)
    assert say_refusal(caught.value, "fr") and say_refusal(caught.value, "en")
    return caught.value


def codes(data: bytes, name: str | None = None) -> dict[str, str]:
    found = read(data, name=name)
    assert all(say_finding(f, "fr") and say_finding(f, "en") for f in found.findings)
    return {f.code: f.severity for f in found.findings}


@pytest.mark.parametrize("name", seeds.MESHES)
def test_the_same_box_is_the_same_part_in_every_format(name: str) -> None:
    verdict = judge(seeds.SEEDS[name], name=name)
    assert isinstance(verdict, Verdict)
    assert verdict.state == "sound" and verdict.closed and verdict.triangles == 12
    assert verdict.volume_mm3 == pytest.approx(6000) and verdict.box.size == (10, 20, 30)


def test_a_tetrahedron_written_as_a_strip_is_closed() -> None:
    verdict = judge(seeds.ply_strips())
    assert isinstance(verdict, Verdict) and verdict.closed and verdict.triangles == 4
    assert abs(verdict.volume_mm3) == pytest.approx(1000 / 6)


@pytest.mark.parametrize("cloud", [seeds.cloud(), seeds.ply_cloud()])
def test_a_cloud_of_points_is_read_but_is_not_a_part(cloud: bytes) -> None:
    assert len(meshed(cloud).mesh.vertices) >= 3
    assert refusal(cloud).code == "points_not_a_part"


def test_groups_of_an_obj_are_items_and_its_materials_are_said_not_read() -> None:
    found = meshed(seeds.obj())
    assert [item.name for item in found.items] == [] and found.names == ("box",)
    grouped = seeds.obj().replace(b"o box\n", b"")
    items = meshed(grouped).items
    assert [(item.name, item.first_face, item.face_count) for item in items] == [("one", 0, 6), ("two", 6, 6)]
    assert codes(grouped)["materials_not_read"] == "info"


def test_negative_indices_count_back_from_the_face() -> None:
    data = b"v 0 0 0\nv 1 0 0\nv 0 1 0\nf -3 -2 -1\nv 9 9 9\nf 1 2 -1\n"
    assert meshed(data).mesh.corners()[0].tolist() == [[0, 0, 0], [1, 0, 0], [0, 1, 0]]


@pytest.mark.parametrize("face", [b"f 1 2 9", b"f 0 1 2", b"f -9 1 2", b"f 1 2 99999999999999999999"])
def test_a_face_that_names_a_point_that_is_not_there_is_refused(face: bytes) -> None:
    data = b"v 0 0 0\nv 1 0 0\nv 0 1 0\n" + face + b"\n"
    assert refusal(data).code in ("point_out_of_range", "line_broken")


def test_free_form_surfaces_are_announced_and_never_dropped_silently() -> None:
    data = seeds.obj() + b"cstype bspline\ndeg 3\nsurf 0 1 0 1 1 2 3 4\nend\n"
    assert codes(data)["free_form_not_read"] == "refuse"
    assert judge(data).state == "refused"


def test_an_unknown_word_of_an_obj_is_said() -> None:
    assert codes(seeds.obj() + b"call other.obj\n")["words_not_read"] == "warn"


def test_a_flat_face_that_turns_inwards_is_cut_where_it_has_one_meaning() -> None:
    corner = [(0, 0), (4, 0), (4, 4), (2, 1), (0, 4)]
    data = "".join(f"v {x} {y} 0\n" for x, y in corner) + "f 1 2 3 4 5\n"
    found = meshed(data.encode())
    areas = np.cross(*np.moveaxis(np.diff(found.mesh.corners(), axis=1), 1, 0))[:, 2] / 2
    assert len(areas) == 3 and (areas > 0).all() and areas.sum() == pytest.approx(10)
    assert codes(data.encode()) == {}


def test_a_face_that_crosses_itself_or_is_bent_is_a_finding() -> None:
    bow = b"v 0 0 0\nv 4 0 0\nv 0 4 0\nv 4 5 0\nf 1 2 3 4\n"
    assert codes(bow) == {"hollow_polygons": "refuse"}
    bent = b"v 0 0 0\nv 4 0 0\nv 4 4 1\nv 0 4 0\nf 1 2 3 4\n"
    assert codes(bent) == {"bent_polygons": "warn"}


def test_decimal_commas_are_refused_with_their_line() -> None:
    for data, line in (
        (seeds.obj().replace(b"v 0 0 0", b"v 0,5 0 0"), 4),
        (seeds.off().replace(b"0 0 30", b"0 0 30,5"), 4),
        (seeds.ply_ascii().replace(b"0 0 30 255", b"0 0 30,5 255"), 13),
        (b"0,5 1,5 2\n1,5 2 3\n", 1),
    ):
        refused = refusal(data, "x.xyz" if data[0] == 48 else None)
        assert (refused.code, refused.values) == ("line_with_commas", {"line": line})


def test_a_name_that_contradicts_the_content_is_a_finding() -> None:
    assert codes(samples.cube(10), "cube.obj") == {"name_contradicts": "warn"}
    assert codes(samples.cube(10), "CUBE.STL") == {} == codes(samples.cube(10))
    assert judge(seeds.off(), name="box.stl").state == "findings"


def test_a_file_that_is_two_things_at_once_is_refused() -> None:
    stl = bytearray(samples.cube(10))
    stl[:4] = b"PK\x03\x04"
    assert refusal(bytes(stl)).code == "two_kinds"


def test_a_text_that_says_nothing_is_what_its_name_says() -> None:
    assert refusal(b"# nothing but a remark\n", "empty.obj").code == "no_triangles"
    assert refusal(b"once upon a time\n", "story.obj").code == "no_triangles"
    assert refusal(b"once upon a time\n", "story.txt").values == {"kind": "text"}


def test_colours_that_are_no_numbers_do_not_matter_but_corners_do() -> None:
    colour = seeds.obj().replace(b"v 0 0 0", b"v 0 0 0 nan nan nan")
    assert len(meshed(colour).mesh.faces) == 12
    corner = seeds.obj().replace(b"v 0 0 0", b"v 0 nan 0")
    assert refusal(corner).code == "not_a_number"
    assert refusal(seeds.ply_cloud().replace(b"1 0 0", b"inf 0 0")).code == "point_not_usable"


@pytest.mark.parametrize("mark", ["<", ">"])
def test_a_ply_that_announces_four_billion_faces_is_refused_at_once(mark: str) -> None:
    data = seeds.ply_binary(mark).replace(b"element face 6", b"element face 4294967295")
    assert refusal(data).code == "too_many_rows"
    data = seeds.ply_binary(mark).replace(b"element face 6", b"element face 9000000")
    assert refusal(data).code == "cut_bytes"


def test_a_list_longer_than_the_file_is_refused_before_memory_is_taken() -> None:
    header = seeds.ply_header("binary_little_endian", "uint").encode()
    rows = b"".join(struct.pack("<fffB", *corner, 255) for corner in seeds.CORNERS)
    assert refusal(header + rows + struct.pack("<I", 2**32 - 1) + bytes(100)).code == "cut_bytes"


def test_lists_of_several_lengths_are_read_row_by_row() -> None:
    header = seeds.ply_header("binary_little_endian").replace("face 6", "face 2").encode()
    rows = b"".join(struct.pack("<fffB", *corner, 255) for corner in seeds.CORNERS)
    faces = struct.pack("<B3i", 3, 0, 2, 1) + struct.pack("<B4i", 4, 0, 1, 3, 2)
    assert len(meshed(header + rows + faces).mesh.faces) == 3


def test_lines_longer_than_the_header_says_are_read_and_said() -> None:
    data = seeds.ply_ascii().replace(b" 255\n", b" 255 7 7\n", 1)
    assert codes(data) == {"lines_longer_than_said": "warn"}


def test_what_follows_the_last_face_is_said() -> None:
    assert codes(seeds.ply_binary() + b"more") == {"trailing_bytes": "warn"}
    assert codes(seeds.ply_ascii() + b"1 2 3 4\n") == {"trailing_numbers": "warn"}
    assert codes(seeds.off() + b"1 2 3 4\n") == {"trailing_lines": "warn"}


@pytest.mark.parametrize(
    ("header", "code"),
    [
        (b"ply\nformat ascii 1.0\nelement vertex 1\n", "header_without_end"),
        (b"ply\nformat ascii 2.0\nend_header\n", "header_line_broken"),
        (b"ply\nformat ascii 1.0\nelement vertex -1\nend_header\n", "header_line_broken"),
        (b"ply\nformat ascii 1.0\nproperty float x\nend_header\n", "header_line_broken"),
        (b"ply\nformat ascii 1.0\nelement vertex 1\nproperty list float int x\nend_header\n1\n",
         "header_line_broken"),
        (b"ply\nelement vertex 1\nend_header\n", "header_line_broken"),
        (b"ply\nformat ascii 1.0\nend_header\n", "no_points"),
    ],
)  # fmt: skip
def test_a_ply_header_that_makes_no_sense_is_refused(header: bytes, code: str) -> None:
    assert refusal(header).code == code


def test_amf_and_other_files_are_called_by_their_names() -> None:
    assert refusal(b'<?xml version="1.0"?><amf unit="millimeter"/>').values == {"kind": "amf"}
    assert refusal(b"PK\x05\x06" + bytes(18), "part.stl").values == {"kind": "zip"}


@pytest.mark.parametrize("ending", [b"\r\n", b"\r"])
@pytest.mark.parametrize("name", ["box.obj", "box_text.ply", "box.off"])
def test_line_endings_of_all_times_are_read(name: str, ending: bytes) -> None:
    verdict = judge(seeds.SEEDS[name].replace(b"\n", ending), name=name)
    assert isinstance(verdict, Verdict) and verdict.state == "sound"


@pytest.mark.parametrize(
    ("name", "code", "said"),
    [
        ("plateau.magics", "unknown_format", "Les fichiers .magics ne sont pas lus ici"),
        ("plateau", "unknown_content", "Ni son nom ni son contenu"),
        ("plateau.stl", "not_stl", "pas un fichier STL"),
    ],
)
def test_a_format_nobody_here_reads_is_refused_by_its_own_name(name: str, code: str, said: str) -> None:
    refused = refusal(b"\x01\x02Project\x00" + bytes(range(256)) * 9, name)
    assert refused.code == code and said in say_refusal(refused, "fr")
