"""The shipped reference equals its source to the word; other references are entered, compared, approved."""

import copy
import hashlib
from pathlib import Path

import pytest
import yaml

from strate.workshop.qualification import references as shipping
from strate.workshop.qualification.actions import references
from strate.workshop.qualification.models import Block, Reference
from strate.workshop.qualification.queries import references as queries
from strate.workshop.qualification.references import comparing, mapping, outline, shape
from tests.workshop.conftest import signed

FOLDER = Path(shipping.__file__).parent
SOURCE = Path(__file__).resolve().parents[3].parent / "shared" / "qualification" / "referentiel.yaml"
SECOND = {"code": "cqpm-autre", "version": "1"}


@pytest.fixture(scope="module")
def content():
    return shipping.shipped()[0]


def digests(content):
    """The digest of every text by where it stands, our own name of the version left out."""
    said = comparing.texts({k: v for k, v in content.items() if k != "reference"})
    return {place: hashlib.sha256(text.encode()).hexdigest() for place, text in said if text != "—"}


def test_every_text_of_the_shipped_reference_has_the_digest_of_its_source(content):
    kept = yaml.safe_load((FOLDER / "manifest.yaml").read_text(encoding="utf-8"))
    assert len(kept) > 300
    assert digests(content) == kept


def test_one_changed_word_shows(content):
    kept = yaml.safe_load((FOLDER / "manifest.yaml").read_text(encoding="utf-8"))
    changed = copy.deepcopy(content)
    criterion = changed["competences"][4]["criteres"]["methodes"][2]
    criterion["texte"] = criterion["texte"].replace("usagée", "usée")
    wrong = {place for place, digest in digests(changed).items() if kept.get(place) != digest}
    assert wrong == {"competences/C5/criteres/methodes/C5.M3/texte"}


@pytest.mark.skipif(not SOURCE.exists(), reason="the source as data lies beside the repository only")
def test_the_shipped_reference_is_its_source(content):
    source = yaml.safe_load(SOURCE.read_text(encoding="utf-8"))
    source["source"].pop("fichier")
    assert {k: v for k, v in content.items() if k != "reference"} == source


def test_the_counts_are_those_of_the_source(content):
    seen = outline.outline(content)
    items = [i for c in seen.competences for i in c.items()]
    assert (len(seen.blocks), len(seen.competences)) == (2, 6)
    assert sum(i.kind in "MORE" for i in items) == 51
    assert sum(i.kind == "K" for i in items) == 22
    assert sum(i.kind == "S" for i in items) == 16
    assert len(seen.knowledge()) == 11
    assert content["comptes"]["criteres"] == 51


def test_eight_criteria_and_the_furnace_are_decided_before_the_evaluation(content):
    conditional = [i.id for i in outline.outline(content).conditional()]
    assert len([c for c in conditional if ".K" not in c]) == 8
    assert [c for c in conditional if ".K" in c] == ["C6.K3"]


def test_what_the_source_does_not_give_stays_blank(content, cqpm):
    assert all(content["certification"][n] is None for n in ("code_rncp", "niveau", "code_qualification"))
    second = Block.objects.get(code=None)
    assert second.literal == "BDC + Code Bloc"
    assert len(outline.of(cqpm).gaps) == 13


def test_a_reference_travels_as_a_text_and_comes_back_the_same(content):
    assert shape.read(shape.write(content)) == content


def test_the_schema_of_a_reference_stands_in_the_repository():
    kept = yaml.safe_load((FOLDER / "reference.schema.yaml").read_text(encoding="utf-8"))
    assert kept == shape.schema()


def test_a_text_that_is_no_reference_is_refused_with_the_place_of_each_fault(content, refused, safia):
    broken = copy.deepcopy(content)
    del broken["competences"][0]["intitule"]
    broken["blocs"][0]["code"] = 198
    with refused("reference_line_misshapen", "reference_line_misshapen"):
        references.type_reference(by=safia, text=shape.write(broken))
    with refused("reference_not_readable"):
        references.type_reference(by=safia, text="competences: [")


def test_two_lines_never_bear_the_same_identifier(content, refused, safia):
    broken = copy.deepcopy(content)
    broken["competences"][0]["criteres"]["methodes"][0]["id"] = "C2.M1"
    with refused("reference_id_twice"):
        references.type_reference(by=safia, text=shape.write(broken))


def test_whoever_wrote_a_version_does_not_approve_it(morning, safia, yann, refused):
    references.load_shipped(by=safia)
    code = "cqpm-operateur-fabrication-additive"
    with refused("reference_approved_by_its_author"):
        references.approve_reference(by=signed(safia), code=code, version="1")
    assert references.approve_reference(by=signed(yann), code=code, version="1").state == "approved"


def test_an_approved_version_never_changes(cqpm, content, safia, refused):
    with refused("reference_is_frozen"):
        references.type_reference(by=safia, text=shape.write(content))


def test_two_people_never_write_over_each_other(cqpm, content, safia, yann, refused):
    draft = copy.deepcopy(content) | {"reference": {"code": content["reference"]["code"], "version": "2"}}
    first = references.write_reference(by=safia, content=draft)
    references.write_reference(by=yann, content=draft, edition=first.edition)
    with refused("reference_changed_meanwhile"):
        references.write_reference(by=safia, content=draft, edition=first.edition)


def test_a_new_version_says_what_changed_word_by_word(cqpm, content):
    newer = copy.deepcopy(content)
    newer["competences"][0]["intitule"] = "Approvisionner et préparer les moyens de production"
    found = comparing.changes(content, newer)
    assert [(c.what, c.place) for c in found] == [("changed", "competences/C1/intitule")]
    assert ("out", "éléments et équipements") in found[0].words
    assert ("in", "moyens") in found[0].words


def test_a_block_belongs_to_no_certificate(cqpm, content, safia):
    other = copy.deepcopy(content) | {"reference": SECOND}
    references.write_reference(by=safia, content=other)
    shared = Block.objects.get(code="BDC0198")
    assert {use.reference.code for use in shared.uses.all()} == {cqpm.code, "cqpm-autre"}
    assert Block.objects.count() == 3  # the second block, which has no code, is each one's own


def test_a_code_the_source_does_not_give_is_entered_with_where_it_comes_from(cqpm, safia, refused):
    second = Block.objects.get(code=None)
    with refused("centre_value_without_source"):
        references.set_centre_value(
            by=safia, key="block.code", about=second.identity, value="BDC9999", source=" "
        )
    references.set_centre_value(
        by=safia, key="block.code", about=second.identity, value="BDC9999", source="Courrier fictif du 3 mai"
    )
    assert queries.block(second.identity).code == "BDC9999"
    assert Reference.objects.get(pk=cqpm.pk).content["blocs"][1]["code"] is None


def test_every_criterion_has_its_place_in_the_map_and_eleven_are_for_people_only(content):
    criteria = {i.id for c in outline.outline(content).competences for i in c.items() if i.kind in "MORE"}
    known = mapping.lines(mapping.shipped()[content["reference"]["code"]])
    assert set(known) == criteria
    assert sum(r.reach == mapping.HUMAN_ONLY for r in known.values()) == 11
    assert not any(r.sought for r in known.values() if r.reach == mapping.HUMAN_ONLY)
    assert sum(r.reach == mapping.SHOWS for r in known.values()) == 22


def test_the_map_names_only_entries_this_house_writes():
    from strate.workshop.doors.wording import vocabulary

    shipped = mapping.shipped()["cqpm-operateur-fabrication-additive"]
    assert mapping.kinds(mapping.lines(shipped)) <= set(vocabulary("FACTS"))


BOMB = "\n".join(
    ["bombe:", "  a: &a [x, x, x, x, x, x, x, x, x]"]
    + [f"  {n}: &{n} [{', '.join(['*' + b] * 9)}]" for b, n in zip("abcdefghijk", "bcdefghijkl", strict=True)]
)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (BOMB, "reference_not_readable"),
        ("[" * 3_000, "reference_not_readable"),
        ("? [a]\n: b", "reference_not_readable"),
        ("format: a\nformat: b", "reference_key_twice"),
        ("x" * 500_000, "reference_too_long"),
        ("- une\n- liste", "reference_not_readable"),
    ],
)
def test_no_text_brings_the_house_down(text, code, safia, refused):
    with refused(code):
        references.type_reference(by=safia, text=text)


def test_a_date_stays_the_word_it_was_and_a_sign_nobody_prints_is_refused(content, safia, refused, morning):
    text = shape.write(copy.deepcopy(content) | {"reference": SECOND})
    dated = text.replace("date_modification: null", "date_modification: 2024-01-01")
    made = references.type_reference(by=safia, text=dated)
    assert made.content["certification"]["date_modification"] == "2024-01-01"
    for sign in (r"\0", r"\uD800"):
        with refused("reference_line_misshapen"):
            references.type_reference(by=safia, text=text.replace("niveau: null", f'niveau: "{sign}"'))
