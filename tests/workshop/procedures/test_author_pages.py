"""Writing a procedure in the browser: preview, arranging, two authors, importing; a sheet filled in by the clock."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from strate.workshop.journal import clock
from strate.workshop.journal.actor import Actor
from strate.workshop.procedures import actions, defaults, queries
from strate.workshop.procedures.models import ProcedureVersion
from strate.workshop.procedures.pages.forms import StepForm
from tests.workshop.at_tablet import Signs, at_tablet, tablet, with_secrets

from .conftest import STEPS, card
from .test_pages import send

__all__ = ["at_tablet", "tablet", "with_secrets"]
pytestmark = pytest.mark.django_db


def test_while_a_step_is_typed_its_preview_shows_it_as_the_tablet_will(
    driss: Actor, at_tablet: Signs
) -> None:
    his = at_tablet(driss)
    send(his, "/modes-operatoires/nouveau/", procedure="x", kind="other", title_fr="X", title_en="X")
    typed = {
        "kind": "measure",
        "code": "p",
        "text_fr": "Relever la pression",
        "text_en": "Read",
        "unit": "bar",
    }
    shown = his.post("/modes-operatoires/x/1/etapes/ajouter/apercu/", typed | {"min": "5,5"}).content.decode()
    assert "Relever la pression" in shown and "5,5" in shown and "inert" in shown
    fields = his.post("/modes-operatoires/x/1/etapes/ajouter/apercu/?champs=1", {"kind": "wait"})
    assert 'name="minutes"' in fields.content.decode()
    assert queries.version("x", 1).steps == []


def test_every_field_of_every_kind_survives_the_form(driss: Actor, at_tablet: Signs) -> None:
    steps = [step for code in defaults.codes()[::5] for step in defaults.read(code)["steps"]]
    for step in steps:
        form = StepForm({**StepForm.of(step)}, initial=StepForm.of(step))
        form.full_clean()
        kept = form.card(step)
        assert {k: v for k, v in kept.items() if v} == {k: plain(v) for k, v in step.items() if v}, step[
            "code"
        ]


@pytest.mark.parametrize(
    ("french", "english", "kept"),
    [
        ("FDS § 8", "SDS § 8", {"fr": "FDS § 8", "en": "SDS § 8"}),
        ("ISO 3954", "", "ISO 3954"),
        ("ISO 3954", "ISO 3954", "ISO 3954"),
    ],
)
def test_a_source_said_alike_in_both_languages_is_kept_once(french: str, english: str, kept: Any) -> None:
    of = StepForm.of({"code": "x", "kind": "check", "text": {"fr": "Voir", "en": "Look"}})
    typed = StepForm(of | {"source_fr": french, "source_en": english}, initial=of)
    assert typed.card()["source"] == kept


def plain(value: Any) -> Any:
    """A whole number typed in a form is the same number."""
    return value if not isinstance(value, dict) else {k: plain(v) for k, v in value.items()}


def test_steps_are_arranged_from_the_page_and_a_stale_change_shows_theirs(
    start_up: ProcedureVersion, driss: Actor, ines: Actor, at_tablet: Signs
) -> None:
    his, hers = at_tablet(driss), at_tablet(ines)
    send(his, "/modes-operatoires/start-up/")
    base = "/modes-operatoires/start-up/2/"
    seen = re.findall(r'name="seen" value="(\w+)"', his.get(f"{base}etapes/read/").content.decode())[0]
    for verb, order in (("descendre", ["oxygen", "read", "seal"]), ("monter", ["read", "oxygen", "seal"])):
        assert send(his, f"{base}etapes/read/{verb}/").status_code == 302
        assert [s["code"] for s in queries.version("start-up", 2).steps] == order
    card = {"kind": "check", "code": "read", "text_fr": "Lire", "text_en": "Read", "required": "on"}
    assert send(hers, f"{base}etapes/read/", **card, seen=seen).status_code == 302
    late = send(his, f"{base}etapes/read/", **card | {"text_fr": "Ma phrase"}, seen=seen)
    assert late.status_code == 409
    assert "Ma phrase" in late.content.decode() and "Ines Essai" in late.content.decode()
    assert send(his, f"{base}etapes/seal/retirer/").status_code == 302
    assert send(his, f"{base}etapes/read/copier/").status_code == 302
    assert [s["code"] for s in queries.version("start-up", 2).steps] == ["read", "read-2", "oxygen"]


def test_a_sheet_is_looked_at_before_it_is_imported(driss: Actor, at_tablet: Signs) -> None:
    his = at_tablet(driss)
    wrong = "code: x\nkind: other\ntitle: {fr: A, en: B}\nsteps:\n  - {code: a, kind: dance}\n"
    told = send(his, "/modes-operatoires/importer/", text=wrong)
    assert told.status_code == 422 and "Ligne 5" in told.content.decode()
    good = wrong.replace("dance", "check, text: {fr: Faire, en: Do}")
    assert "nouveau mode opératoire" in send(his, "/modes-operatoires/importer/", text=good).content.decode()
    assert [p.code for p in queries.procedures()] == []
    assert send(his, "/modes-operatoires/importer/", text=good, keep="1").status_code == 302
    assert queries.version("x", 1).state == "draft"
    assert his.get("/modes-operatoires/schema.json").json()["title"] == "Sheet"


def test_a_reading_sheet_is_filled_in_from_the_first_page_and_printed_with_its_gaps(
    approve: Callable[..., ProcedureVersion], amina: Actor, at_tablet: Signs
) -> None:
    approve("sheet", card("o2", "measure", unit="ppm", max="1000", blocking=False), kind="reading_sheet")
    hers, start = at_tablet(amina), clock.now() - timedelta(minutes=50)
    with clock.at(start):
        watched = actions.watch(by=amina, procedure="sheet", about=["build:B1"], every_min=10)
    for minutes, value in ((10, "300"), (20, "400"), (40, "1200")):
        with clock.at(start + timedelta(minutes=minutes)):
            run = actions.begin_reading(by=amina, watch=watched.pk)
            actions.do_step(by=amina, run=run.pk, step="o2", entry={"value": value})
    assert "À relever maintenant" in hers.get("/").content.decode()
    page = hers.get(f"/releves/{watched.pk}/").content.decode()
    assert "1 relevé manqué" in page and page.count("<polyline") == 1 and 'class="is-out"' in page
    assert 'data-label="Faire o2"' in page and "Hors limites" in page and "Relevé par" in page
    begun = send(hers, f"/releves/{watched.pk}/relever/")
    assert begun.status_code == 302 and "/gestes/" in begun.url


def test_what_differs_is_told_field_by_field_as_the_form_names_it(
    start_up: ProcedureVersion, driss: Actor, at_tablet: Signs
) -> None:
    other = {**STEPS[0], "text": STEPS[0]["text"] | {"en": "Another one"}, "ppe": ["M009"], "blocking": False}
    titles = {"kind": "start_up", "title_fr": "Mode start-up", "title_en": "Start it up"}
    actions.author(by=driss, procedure="start-up", steps=[other, *STEPS[1:]], **titles)
    page = at_tablet(driss).get("/modes-operatoires/start-up/2/").content.decode()
    rows = [re.sub(r"<[^>]+>", "", row) for row in re.findall(r"<li>([^<]*<del>.*?)</li>", page)]
    assert [row.replace("\u202f", " ") for row in rows] == [
        "Titre en anglais : Mode start-up → Start it up",
        f"Quoi faire, en anglais : {STEPS[0]['text']['en']} → Another one",
        "Pictogrammes à montrer : Protection des yeux → Gants de protection",
        "Bloque quand c’est hors limites : oui → non",
    ]
