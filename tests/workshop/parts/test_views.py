"""What screens fetch of a part: streams that a program may read too, worked out once, refused in words."""

import fcntl
import gzip
import shutil
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from strate.kernels.geometry import samples
from strate.kernels.geometry.viewing.layer_stream import unpack_block, unpack_index
from strate.kernels.geometry.viewing.mesh_stream import unpack_level
from strate.workshop.attachments import store
from strate.workshop.journal.actor import Actor
from strate.workshop.parts import views
from strate.workshop.parts.models import ExchangeFile, Part
from strate.workshop.people import actions as people
from strate.workshop.work import queries as work
from tests.workshop.parts.conftest import sent

AtTablet = Callable[[Actor], Client]


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    shutil.rmtree(views._home(), ignore_errors=True)


@pytest.fixture()
def digest(bracket: Part, driss: Actor, at_tablet: AtTablet) -> str:
    """A bracket sent at a tablet."""
    sent(at_tablet(driss), SimpleUploadedFile("support.stl", samples.bracket(), "model/stl"))
    return ExchangeFile.objects.get().digest


@pytest.fixture()
def program(amina: Actor, digest: str) -> Client:
    """A program with a token, that understands packed answers."""
    secret = people.create_token(by=amina, title="Écran du hall")
    return Client(headers={"Authorization": f"Bearer {secret}", "Accept-Encoding": "gzip, br"})


def content(answer: Any) -> bytes:
    assert answer.status_code == 200, answer.content
    packed = answer.headers.get("Content-Encoding") == "gzip"
    return gzip.decompress(answer.content) if packed else answer.content


def test_a_program_fetches_the_mesh_and_the_layers_of_a_part(program: Client, digest: str) -> None:
    level = unpack_level(content(program.get(f"/api/parts/files/{digest}/mesh")))
    assert level.file_triangles == len(level.mesh.faces) and not len(level.torn)
    index = unpack_index(content(program.get(f"/api/parts/files/{digest}/layers?layer_um=50")))
    first, layers = unpack_block(content(program.get(f"/api/parts/files/{digest}/layers/1?layer_um=50")))
    assert first == index.per_block + 1 and layers[0].top_um == index.tops_um[index.per_block]
    assert layers[0].area_mm2 == pytest.approx(index.areas_mm2[index.per_block], rel=1e-5)
    volume = float(index.areas_mm2.sum() * 0.05)
    assert volume == pytest.approx(ExchangeFile.objects.get().verdict["volume_mm3"], rel=0.01)


def test_what_a_screen_holds_already_is_not_sent_twice(program: Client, digest: str) -> None:
    url = f"/api/parts/files/{digest}/layers?layer_um=40"
    first = program.get(url)
    assert first.headers["Content-Encoding"] == "gzip" and "Accept-Encoding" in first.headers["Vary"]
    again = program.get(url, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304 and not again.content
    plain = program.get(url, headers={"Accept-Encoding": "identity"})
    assert "Content-Encoding" not in plain.headers and plain.headers["ETag"] != first.headers["ETag"]
    assert plain.content == gzip.decompress(first.content)


def test_a_part_is_read_once_however_many_look_at_it(
    program: Client, digest: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    content(program.get(f"/api/parts/files/{digest}/mesh"))
    content(program.get(f"/api/parts/files/{digest}/layers/0"))
    store.path_of(digest).unlink()
    assert program.get(f"/api/parts/files/{digest}/mesh").status_code == 200
    assert program.get(f"/api/parts/files/{digest}/layers").status_code == 200
    assert program.get(f"/api/parts/files/{digest}/mesh?level=9").status_code == 404


def test_while_somebody_else_has_it_worked_out_one_is_asked_to_wait(program: Client, digest: str) -> None:
    content(program.get(f"/api/parts/files/{digest}/layers"))
    door = views._home() / "doors" / f"{digest[:32]}-levels"
    with door.open("wb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        answer = program.get(f"/api/parts/files/{digest}/mesh")
        assert answer.status_code == 202 and answer.json() == {"wait_s": 1}
        assert program.get(f"/api/parts/files/{digest}/layers").status_code == 200
    assert program.get(f"/api/parts/files/{digest}/mesh").status_code == 200


def test_the_server_never_reads_more_than_two_files_at_once(program: Client, digest: str) -> None:
    doors = views._home() / "doors"
    doors.mkdir(parents=True, exist_ok=True)
    with (doors / "slot-0").open("wb") as one, (doors / "slot-1").open("wb") as two:
        fcntl.flock(one, fcntl.LOCK_EX)
        fcntl.flock(two, fcntl.LOCK_EX)
        assert program.get(f"/api/parts/files/{digest}/mesh").status_code == 202
    assert program.get(f"/api/parts/files/{digest}/mesh").status_code == 200


def test_a_file_that_cannot_be_drawn_says_why_and_is_not_read_again(program: Client, driss: Actor) -> None:
    from strate.workshop.parts import actions

    kept = store.keep(b"%PDF-1.7 a drawing", "plan.pdf", untouched=True)
    refused = {"state": "refused", "code": "not_stl", "values": {}}
    actions.add_file(
        by=driss, part="BR-1", revision="B", digest=kept.digest, name="plan.pdf", size=18, verdict=refused
    )
    said = [program.get(f"/api/parts/files/{kept.digest}/mesh") for _time in range(2)]
    assert [answer.status_code for answer in said] == [409, 409]
    assert said[0].json() == said[1].json() and "PDF" in said[0].json()["reasons"][0]["why"]
    store.path_of(kept.digest).unlink()
    assert program.get(f"/api/parts/files/{kept.digest}/mesh").json() == said[0].json()


def test_nobody_sees_a_part_without_saying_who_they_are(digest: str) -> None:
    for what in ("mesh", "layers", "layers/0"):
        assert Client().get(f"/api/parts/files/{digest}/{what}").status_code == 401


@pytest.mark.parametrize("wrong", ["/mesh?level=-1", "/layers?layer_um=3", "/layers/x", "/layers/-1"])
def test_an_impossible_question_is_not_understood(program: Client, digest: str, wrong: str) -> None:
    assert program.get(f"/api/parts/files/{digest}{wrong}").status_code == 422


def test_a_file_nobody_took_in_is_not_there(program: Client) -> None:
    assert program.get(f"/api/parts/files/{'0' * 64}/mesh").status_code == 404
    assert program.get("/api/parts/files/BR-1/mesh").status_code == 422


def test_a_file_is_made_ready_before_somebody_opens_it(digest: str) -> None:
    [job] = work.waiting("parts.prepare_views")
    views.prepare(**job.payload)
    names = {path.name.removesuffix(".gz") for path in (views._home() / digest[:2] / digest).iterdir()}
    assert {"v1-level-0", "v1-40-index", "v1-40-block-0"} <= names


def test_what_was_made_first_goes_first_when_the_cache_is_full(digest: str) -> None:
    views.prepare(digest, 40)
    before = sum(path.stat().st_size for path in views._home().rglob("v*") if path.is_file())
    assert views.prune(before) == 0
    assert views.prune(before // 2) >= 1
    assert np.array_equal(unpack_index(views.layer_index(digest, 40).plain).areas_mm2[:2], [1800, 1800])
