"""The table of evidence: another reference gets its own, by its text or line by line; one that has none says so."""

import copy
from pathlib import Path

import pytest
import yaml

from strate.workshop.journal import guard
from strate.workshop.qualification import references as shipping
from strate.workshop.qualification.actions import maps as actions
from strate.workshop.qualification.actions import references
from strate.workshop.qualification.models import EvidenceMap
from strate.workshop.qualification.queries import evidence, maps
from strate.workshop.qualification.references import mapping, shape
from tests.workshop.people.conftest import tablet, with_secrets
from tests.workshop.qualification.conftest import CODE
from tests.workshop.qualification.test_evidence import maintained, real
from tests.workshop.qualification.test_pages_of_the_file import at_desk, base, send, text

__all__ = ["at_desk", "real", "tablet", "with_secrets"]
HOME = "/qualification/referentiels/cqpm-autre/1/preuves/"
FOLDER = Path(shipping.__file__).parent


@pytest.fixture()
def other(cqpm, safia):
    """Another reference with the same lines, which nobody has written a table for."""
    return references.write_reference(
        by=safia, content=copy.deepcopy(cqpm.content) | {"reference": {"code": "cqpm-autre", "version": "1"}}
    )


def table(reference="cqpm-autre", **criteria):
    said = {target.replace("_", "."): line for target, line in criteria.items()}
    return shape.write({"format": mapping.FORMAT, "reference": reference, "criteria": said})


CARE = {"reach": "shows", "facts": [{"what": "maintenance.done"}]}


def test_the_shipped_table_has_the_form_it_asks_of_others():
    mapping.check(mapping.shipped()[CODE])
    kept = yaml.safe_load((FOLDER / "evidence-map.schema.yaml").read_text(encoding="utf-8"))
    assert kept == mapping.schema()


def test_a_centre_writes_its_own_table_and_the_last_one_counts(begun, real, amina, safia, refused):
    maintained(amina, real)
    assert "C3.M1" in evidence.gather(begun).by_target
    with refused("reason_missing"):
        actions.type_evidence_map(by=safia, text=table(CODE, C3_R1=CARE), reason=" ")
    actions.type_evidence_map(by=safia, text=table(CODE, C3_R1=CARE), reason="Essai de la commission")
    assert set(evidence.gather(begun).by_target) == {"C3.R1"}
    actions.type_evidence_map(by=safia, text=shape.write(mapping.shipped()[CODE]), reason="Retour")
    assert "C3.M1" in evidence.gather(begun).by_target
    assert EvidenceMap.objects.count() == 2


def test_only_the_centre_writes_a_table(other, romain, refused):
    with refused("not_allowed"):
        actions.type_evidence_map(by=romain, text=table(C3_M1=CARE), reason="Essai")


def test_a_table_names_lines_entries_and_gestures_that_exist(other, safia, refused):
    wrong = table(
        C9_M1=CARE,
        C3_M1={"reach": "shows", "facts": [{"what": "maintenance.imagined"}]},
        C3_O1={"reach": "shows", "facts": [{"what": "step.done", "when": {"gesture": ["juggling"]}}]},
        C3_R1={"reach": "shows", "facts": [{"what": "qualification.grid_signed"}]},
    )
    with refused("no_such_target", "map_kind_unknown", "map_gesture_unknown", "map_kind_unknown"):
        actions.type_evidence_map(by=safia, text=wrong, reason="Essai")
    with refused("map_line_empty", "map_line_for_people"):
        text = table(C3_M1={"reach": "shows"}, C3_E1=CARE | {"reach": "human_only"})
        actions.type_evidence_map(by=safia, text=text, reason="Essai")
    with refused("reference_line_misshapen"):
        actions.type_evidence_map(by=safia, text=table(C3_M1=CARE | {"reach": "acquired"}), reason="Essai")


def test_a_reference_without_a_table_says_so_to_everybody(begun, other, amina, romain, safia, at_desk):
    with guard.lifted():
        begun.reference = other
        begun.save()
    for who, page in ((amina, "preuves/?c=C3"), (romain, "preuves/?c=C3"), (romain, "grilles/C3/")):
        assert "n’a pas encore de table des preuves" in text(at_desk(who), base(begun) + page)
    assert "n’a pas encore de table" in text(at_desk(safia), HOME)
    assert not maps.known("cqpm-autre").there


def test_a_table_is_brought_in_with_what_it_changes(other, safia, at_desk):
    browser, sent = at_desk(safia), table(C3_M1=CARE)
    seen = send(browser, HOME + "importer/", text=sent, then="look")
    assert "maintenance.done" in seen.content.decode() and not maps.known("cqpm-autre").there
    assert send(browser, HOME + "importer/", text=sent, then="keep").status_code == 409
    kept = send(browser, HOME + "importer/", text=sent, then="keep", reason="Essai de la commission")
    assert kept.status_code == 302
    shown = text(browser, HOME)
    assert "Essai de la commission" in shown and "50 critères sur 51 ne sont pas dans la table" in shown
    assert mapping.read(browser.get(HOME + "texte/").content.decode()) == mapping.read(sent)
    strange = send(browser, HOME + "importer/", text=table(CODE, C3_M1=CARE), then="look").content.decode()
    assert "pour un autre référentiel" in strange


def test_a_table_is_written_line_by_line_and_nobody_is_written_over(other, safia, yann, at_desk):
    one, another = at_desk(safia), at_desk(yann)
    lines = {"reach-C3.M1": "shows", "what-C3.M1-0": "maintenance.done", "reach-C3.E1": "human_only"}
    lines |= {"reach-C3.O1": "supports", "what-C3.O1-0": "step.done", "gesture-C3.O1-0": "cleaning"}
    lines |= {"what-C3.O1-1": "step.done", "gesture-C3.O1-1": "shift"}
    assert send(one, HOME + "C3/", seen="0", reason="Essai", **lines).status_code == 302
    kept = maps.known("cqpm-autre").content["criteria"]
    assert kept["C3.O1"]["facts"] == [{"what": "step.done", "when": {"gesture": ["cleaning", "shift"]}}]
    assert "C3.R1" not in kept and kept["C3.E1"] == {"reach": "human_only"}
    late = send(another, HOME + "C3/", seen="0", reason="Le mien", **lines)
    assert late.status_code == 409 and "Le mien" in late.content.decode()


def test_what_an_entry_must_hold_besides_survives_the_page(cqpm, safia, at_desk):
    page = f"/qualification/referentiels/{CODE}/1/preuves/C2/"
    browser = at_desk(safia)
    assert "power_on" in text(browser, page)
    held = '{"verb": ["power_on", "power_off"]}'
    typed = {"reach-C2.E4": "shows", "what-C2.E4-0": "machines.told", "besides-C2.E4-0": held}
    assert send(browser, page, seen="0", reason="Essai", **typed).status_code == 302
    assert maps.of(CODE)["C2.E4"] == mapping.lines(mapping.shipped()[CODE])["C2.E4"]
    assert maps.of(CODE)["C3.M1"] == mapping.lines(mapping.shipped()[CODE])["C3.M1"]
    forged = send(browser, page, seen="1", reason="Essai", **(typed | {"besides-C2.E4-0": "[[["}))
    assert forged.status_code == 409
