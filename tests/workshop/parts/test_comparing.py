"""Two exchange files of a part side by side, on a tablet and for programs."""

import io
import shutil
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from strate.kernels.geometry.samples import box_soup, stl_bytes
from strate.workshop.journal.actor import Actor
from strate.workshop.parts import views
from strate.workshop.parts.models import ExchangeFile, Part
from strate.workshop.people import actions as people
from tests.workshop.parts.conftest import sent

AtTablet = Callable[[Actor], Client]
PAGE = "/pieces/BR-1/comparer/"


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    shutil.rmtree(views._home(), ignore_errors=True)


@pytest.fixture()
def two(bracket: Part, driss: Actor, at_tablet: AtTablet) -> tuple[Client, str, str]:
    """Revision A, and revision B whose boss is half a millimetre taller; her tablet."""
    his = at_tablet(driss)
    digests = []
    for revision, boss_mm in (("A", 8.0), ("B", 8.5)):
        soup = np.concatenate([box_soup(40, 30, 10), box_soup(10, 8, boss_mm) + np.array([4.0, 3.0, 10.0])])
        file = SimpleUploadedFile(f"support-{revision}.stl", stl_bytes(soup), "model/stl")
        assert sent(his, file, revision=revision).status_code == 200
        digests.append(ExchangeFile.objects.get(revision=revision).digest)
    return his, digests[0], digests[1]


def test_the_last_two_files_are_compared_without_choosing(two: tuple[Client, str, str]) -> None:
    his, before, after = two
    page = his.get(PAGE).content.decode()
    assert f"before={before}" in page and f"after={after}" in page
    assert "Comparer deux fichiers" in his.get("/pieces/BR-1/").content.decode()


def test_the_page_says_what_changed_where_and_by_how_much(two: tuple[Client, str, str]) -> None:
    his, before, after = two
    said = his.get(f"{PAGE}resultat/?before={before}&after={after}").content.decode()
    assert "Modifiée" in said and "Matière ajoutée" in said and "0,5" in said and "Coque modifiée" in said
    assert "Rouge\u202f: matière ajoutée" in said


def test_the_picture_shows_the_taller_boss_in_red(two: tuple[Client, str, str]) -> None:
    his, before, after = two
    asked = f"{PAGE}image/?before={before}&after={after}&side=front"
    answer = his.get(asked)
    seen = np.asarray(Image.open(io.BytesIO(answer.content))).astype(int)
    assert answer.headers["Content-Type"] == "image/png"
    assert ((seen[:, :, 0] - seen[:, :, 2]) > 100).any()
    assert his.get(asked.replace("front", "../..")).status_code == 404


def test_a_file_beside_itself_is_identical(two: tuple[Client, str, str]) -> None:
    his, before, _after = two
    said = his.get(f"{PAGE}resultat/?before={before}&after={before}").content.decode()
    assert "dentique à l’octet près" in said and "Rouge" not in said


def test_programs_read_the_same_and_the_deviations_as_numbers(
    amina: Actor, two: tuple[Client, str, str]
) -> None:
    _his, before, after = two
    secret = people.create_token(by=amina, title="Comparateur")
    program = Client(headers={"Authorization": f"Bearer {secret}"})
    told: dict[str, Any] = program.get(f"/api/parts/files/{before}/beside/{after}").json()
    assert told["code"] == "changed" and told["most_mm"] == pytest.approx(0.5)
    raw = program.get(f"/api/parts/files/{before}/beside/{after}/deviations").content
    rows = np.frombuffer(raw, "<f4").reshape(-1, 4)
    assert rows[:, 3].max() == pytest.approx(0.5) and len(rows) > 1000


def test_a_refusal_comes_in_words(amina: Actor, two: tuple[Client, str, str]) -> None:
    _his, before, _after = two
    secret = people.create_token(by=amina, title="Comparateur")
    program = Client(headers={"Authorization": f"Bearer {secret}"})
    assert program.get(f"/api/parts/files/{before}/beside/{'0' * 64}").status_code == 404


def test_two_who_ask_at_once_wait_for_one_answer(two: tuple[Client, str, str]) -> None:
    his, before, after = two
    with views._alone(f"{before[:32]}-beside-{after[:33]}"):
        said = his.get(f"{PAGE}resultat/?before={before}&after={after}").content.decode()
    assert "delay:1s" in said
