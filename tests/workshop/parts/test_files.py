"""Exchange files: verified as they come, kept even when refused, approved by a second person."""

from collections.abc import Callable
from typing import Any

import pytest

from strate.kernels.geometry import samples
from strate.workshop.attachments import queries as attachments
from strate.workshop.journal import guard
from strate.workshop.journal.actor import Actor
from strate.workshop.parts import actions, exchange, queries, shown
from strate.workshop.parts.models import ExchangeFile, Part
from tests.kernels.geometry import seeds

Refuses = Callable[..., Any]
Signs = Callable[[Actor], Actor]


def add(by: Actor, content: bytes, revision: str = "A", name: str = "support.stl") -> ExchangeFile:
    read = exchange.verified(content, name, layer_um=40)
    return actions.add_file(by=by, part="BR-1", revision=revision, **read)


def approve(by: Actor, file: ExchangeFile) -> ExchangeFile:
    return actions.approve_file(by=by, file=file.digest, part="BR-1", revision=file.revision)


def test_a_sound_file_is_verified_received_and_then_approved_by_somebody_else(
    bracket: Part, driss: Actor, ines: Actor, signed: Signs
) -> None:
    file = add(driss, samples.cube(20))
    assert (file.state, file.verdict["layers"], file.verdict["closed"]) == ("verified", 500, True)
    assert attachments.path(file.digest).is_file()
    assert queries.approved_file("BR-1", "A") is None
    approve(signed(ines), file)
    assert queries.approved_file("part:BR-1", "A") == file


def test_its_author_does_not_approve_a_file(
    bracket: Part, driss: Actor, signed: Signs, refused: Refuses
) -> None:
    file = add(driss, samples.cube(20))
    with refused("file_approved_by_its_author"):
        approve(signed(driss), file)


def test_approving_is_a_signature(bracket: Part, driss: Actor, ines: Actor, refused: Refuses) -> None:
    file = add(driss, samples.cube(20))
    with refused("signature_needed"):
        approve(ines, file)


def test_an_operator_neither_adds_nor_approves(
    bracket: Part, amina: Actor, driss: Actor, signed: Signs, refused: Refuses
) -> None:
    with refused("not_allowed"):
        add(amina, samples.cube(20))
    file = add(driss, samples.cube(20))
    with refused("not_allowed"):
        approve(signed(amina), file)


def test_approving_another_file_replaces_the_one_before(
    bracket: Part, driss: Actor, ines: Actor, signed: Signs, refused: Refuses
) -> None:
    old, new = add(driss, samples.cube(20)), add(driss, samples.cube(21))
    approve(signed(ines), old)
    approve(signed(ines), new)
    assert queries.approved_file("BR-1", "A") == new
    with refused("file_replaced"):
        approve(signed(ines), old)
    with refused("file_already_approved"):
        approve(signed(ines), new)


def test_the_same_file_serves_another_revision_but_not_the_same_twice(
    bracket: Part, driss: Actor, refused: Refuses
) -> None:
    add(driss, samples.cube(20))
    add(driss, samples.cube(20), revision="B")
    with refused("file_already_known"):
        add(driss, samples.cube(20))


def test_a_refused_file_is_kept_with_its_reason_and_never_made(
    bracket: Part, driss: Actor, ines: Actor, signed: Signs, refused: Refuses
) -> None:
    file = add(driss, samples.cube(20)[:-60])
    assert file.state == "refused" and file.verdict["code"] == "truncated"
    assert attachments.path(file.digest).is_file()
    with refused("file_not_sound"):
        approve(signed(ines), file)


def test_what_the_kernel_found_decides_even_against_the_column(
    bracket: Part, driss: Actor, ines: Actor, signed: Signs, refused: Refuses
) -> None:
    file = add(driss, samples.cube(20))
    with guard.lifted():
        grave = {"code": "open", "severity": "refuse", "values": {}}
        ExchangeFile.objects.filter(pk=file.pk).update(
            verdict=file.verdict | {"findings": [grave]}, state="approved"
        )
    assert queries.approved_file("BR-1", "A") is None
    with refused("file_not_sound", "file_already_approved"):
        approve(signed(ines), file)


def test_a_verdict_about_another_file_is_worth_nothing(bracket: Part, driss: Actor) -> None:
    read = exchange.verified(samples.cube(20), "a.stl", layer_um=40)
    other = exchange.verified(samples.cube(30), "b.stl", layer_um=40)
    file = actions.add_file(by=driss, part="BR-1", revision="A", **(read | {"verdict": other["verdict"]}))
    assert file.state == "refused"


@pytest.mark.parametrize("code", ["", "A/B", "x" * 61, "a:b", " P"])
def test_a_part_number_that_no_label_can_bear_is_refused(code: str, driss: Actor, refused: Refuses) -> None:
    with refused("part_code_not_a_label"):
        actions.enter(by=driss, code=code, title="Pièce")


def test_a_number_is_given_once(bracket: Part, driss: Actor, refused: Refuses) -> None:
    with refused("part_code_taken", "part_title_missing"):
        actions.enter(by=driss, code="BR-1", title=" ")


def test_a_layer_file_is_verified_and_approved_like_any_other(
    bracket: Part, driss: Actor, ines: Actor, signed: Signs
) -> None:
    file = add(driss, seeds.cli_ascii(), name="support.cli")
    assert (file.state, file.verdict["family"], file.verdict["layers"]) == ("verified", "layers", 5)
    facts = {str(name): said for name, said in shown.file_shown(file).facts}
    assert facts["Couches"] == "5 × 100\u202fµm" and "195\u202fW" in facts["Laser"]
    approve(signed(ines), file)
    assert queries.approved_file("BR-1", "A") == file


def test_a_closed_format_is_shown_as_unknown_and_signed_for_as_such(
    bracket: Part, driss: Actor, ines: Actor, signed: Signs
) -> None:
    file = add(driss, bytes(range(256)) * 9, name="support.slm")
    card = shown.file_shown(file)
    assert (file.state, file.verdict["state"]) == ("verified", "unknown")
    assert ("Volume", "inconnu") in [(str(name), said) for name, said in card.facts]
    assert "rien n’y a été vérifié" in card.findings[0].said and card.findings[0].state == "to_check"
    approve(signed(ines), file)
    found = queries.approved_file("BR-1", "A")
    assert found is not None and "opaque_not_verified" in [f["code"] for f in found.verdict["findings"]]


@pytest.mark.parametrize("name", sorted(seeds.SEEDS))
def test_every_format_can_be_sent_and_says_what_it_is(bracket: Part, driss: Actor, name: str) -> None:
    file = add(driss, seeds.SEEDS[name], name=name)
    card = shown.file_shown(file)
    if name == "cloud.xyz":
        assert file.state == "refused" and "nuage de points" in card.why_not
    else:
        assert file.state == "verified" and card.facts and not card.why_not
