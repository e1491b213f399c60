"""Grids: each member's own, whole before it is signed, never lost, never counted when late."""

from strate.workshop.journal.models import Fact
from strate.workshop.qualification.actions import commission, grids, members
from strate.workshop.qualification.models import Grid
from strate.workshop.qualification.queries import files
from strate.workshop.qualification.queries import grids as queries
from tests.workshop.conftest import signed
from tests.workshop.qualification.conftest import every_line, later

GOOD = {"opinion": "favourable", "text": ""}


def filled(by, file, competence, finding="observed"):
    rows = every_line(file, competence, finding)
    return grids.save_grid(by=by, candidate=file.number, competence=competence, rows=rows)


def signed_grid(by, file, competence):
    grid = filled(by, file, competence)
    return grids.sign_grid(by=signed(by), candidate=file.number, competence=competence, basis=grid.version)


def everything_signed(file, *assessors):
    for by in assessors:
        for competence in files.competences(file):
            signed_grid(by, file, competence.id)


def heard(file, victor):
    """The company is favourable on every activity of the file."""
    activities = {each["id"]: GOOD for each in commission.activities_of(file)}
    commission.give_opinion(by=signed(victor), candidate=file.number, activities=activities)


def concluded(file, victor, *assessors):
    """The whole evaluation, up to the synthesis."""
    everything_signed(file, *assessors)
    heard(file, victor)
    for competence in files.competences(file):
        commission.propose_competence(
            by=assessors[0], candidate=file.number, competence=competence.id, outcome="proposed_acquired"
        )
    commission.conclude_commission(by=signed(assessors[0]), candidate=file.number)
    return files.file(file.number)


def test_nothing_is_filled_in_before_the_assessor_does(begun):
    assert not Grid.objects.exists()
    competence = files.competence(begun, "C1")
    assert queries.coverage(competence, {}, files.applies(begun))[0] == 0


def test_only_the_commission_fills_in_grids(begun, ugo, amina, elsa, refused):
    with refused("not_in_the_commission"):
        filled(ugo, begun, "C1")
    with refused("not_allowed"):
        filled(elsa, begun, "C1")


def test_nothing_is_evaluated_before_the_file_is_signed_and_known(file, romain, refused):
    with refused("file_not_signed"):
        filled(romain, file, "C1")


def test_a_grid_kept_again_keeps_every_word(begun, romain):
    first = filled(romain, begun, "C1")
    rows = queries.rows_of(first)
    rows["C1.M1"]["text"] = "Contrôle d'entrée fait devant moi"
    again = grids.save_grid(
        by=romain, candidate=begun.number, competence="C1", rows=rows, basis=first.version
    )
    assert again.pk == first.pk
    assert queries.rows_of(again)["C1.M1"]["text"] == "Contrôle d'entrée fait devant moi"
    assert len(queries.rows_of(again)) == len(rows)


def test_a_grid_is_signed_only_when_every_line_that_applies_has_a_finding(begun, romain, refused):
    rows = every_line(begun, "C1")
    del rows["C1.E2"]
    grid = grids.save_grid(by=romain, candidate=begun.number, competence="C1", rows=rows)
    with refused("grid_not_whole"):
        grids.sign_grid(by=signed(romain), candidate=begun.number, competence="C1", basis=grid.version)


def test_not_applicable_says_why_and_never_of_what_was_decided_before(begun, romain, refused):
    rows = every_line(begun, "C6")
    rows["C6.O1"] = {"finding": "not_applicable", "reason": "pas de four aujourd'hui"}
    rows["C6.O2"] = {"finding": "not_applicable"}
    grid = grids.save_grid(by=romain, candidate=begun.number, competence="C6", rows=rows)
    with refused("applicability_decided_before", "not_applicable_without_reason"):
        grids.sign_grid(by=signed(romain), candidate=begun.number, competence="C6", basis=grid.version)


def test_a_condition_is_met_or_not_it_is_never_proved(begun, romain, refused):
    rows = every_line(begun, "C3")
    rows["C3.K1"] = {"finding": "proved"}
    grid = grids.save_grid(by=romain, candidate=begun.number, competence="C3", rows=rows)
    with refused("finding_not_possible"):
        grids.sign_grid(by=signed(romain), candidate=begun.number, competence="C3", basis=grid.version)


def test_a_grid_signed_on_one_tablet_is_refused_on_the_other(begun, romain, refused):
    grid = filled(romain, begun, "C1")
    for_both = {"candidate": begun.number, "competence": "C1", "basis": grid.version}
    grids.sign_grid(by=signed(romain), **for_both)
    with refused("grid_signed_already"):
        grids.sign_grid(by=signed(romain), **for_both)
    with refused("grid_signed_already"):
        filled(romain, begun, "C1")
    assert Fact.objects.filter(what="qualification.grid_signed").count() == 1


def test_two_tablets_never_write_over_each_other_unseen(begun, romain, refused):
    first = filled(romain, begun, "C1")
    rows = every_line(begun, "C1", "questioned")
    with refused("grid_saved_elsewhere"):
        grids.save_grid(
            by=romain, candidate=begun.number, competence="C1", rows=rows, basis=first.version - 1
        )
    over = grids.save_grid(
        by=romain, candidate=begun.number, competence="C1", rows=rows, basis=first.version - 1, over=True
    )
    assert queries.rows_of(over)["C1.M1"]["finding"] == "questioned"


def test_what_is_signed_is_what_was_seen(begun, romain, refused):
    grid = filled(romain, begun, "C1")
    with refused("grid_saved_elsewhere"):
        grids.sign_grid(by=signed(romain), candidate=begun.number, competence="C1", basis=grid.version - 1)


def test_each_member_signs_their_own_grid_before_anything_is_proposed(begun, romain, thea, victor, refused):
    everything_signed(begun, romain)
    heard(begun, victor)
    with refused(*["grid_not_signed"] * 6):
        commission.propose_competence(
            by=romain, candidate=begun.number, competence="C1", outcome="proposed_acquired"
        )
    everything_signed(begun, thea)
    assert files.file(begun.number).state == "evaluated"


def test_a_grid_that_comes_after_the_synthesis_is_kept_and_never_counted(
    of_a_block, romain, thea, victor, refused
):
    file = concluded(of_a_block, victor, romain, thea)
    counted = {g.pk for g in queries.signed(file)}
    late = filled(thea, file, "C2", "not_observed")
    assert late.state == "late"
    assert len(queries.rows_of(late)) == len(every_line(file, "C2"))
    assert {g.pk for g in queries.signed(file)} == counted
    assert [g.pk for g in queries.late_of(file)] == [late.pk]
    with refused("commission_has_concluded"):
        grids.sign_grid(by=signed(thea), candidate=file.number, competence="C2", basis=late.version)


def test_two_late_grids_of_one_assessor_are_both_kept(of_a_block, romain, thea, victor):
    file = concluded(of_a_block, victor, romain, thea)
    filled(thea, file, "C2")
    filled(thea, file, "C2", "questioned")
    assert len(queries.late_of(file)) == 2


def test_a_commission_that_became_too_small_proposes_nothing(
    of_a_block, romain, thea, victor, safia, refused
):
    everything_signed(of_a_block, romain, thea)
    heard(of_a_block, victor)
    members.release_member(by=safia, candidate=of_a_block.number, person=thea.person, reason="Départ")
    with refused("commission_too_small"):
        commission.propose_competence(
            by=romain, candidate=of_a_block.number, competence="C1", outcome="proposed_acquired"
        )


def test_somebody_released_while_their_network_was_away_loses_nothing_either(
    of_a_block, romain, thea, ugo, victor, safia, refused
):
    members.name_member(by=safia, candidate=of_a_block.number, person=ugo.person, qualified_by="Dix ans")
    members.release_member(by=safia, candidate=of_a_block.number, person=ugo.person, reason="Injoignable")
    with refused("not_in_the_commission"):
        filled(ugo, of_a_block, "C2")
    file = concluded(of_a_block, victor, romain, thea)
    late = filled(ugo, file, "C2", "not_observed")
    assert late.state == "late" and late.pk not in {g.pk for g in queries.signed(file)}


def test_nothing_typed_is_cut_and_nothing_is_observed_tomorrow(begun, romain, refused):
    asked = {"by": romain, "candidate": begun.number, "competence": "C1"}
    with refused("grid_text_too_long"):
        grids.save_grid(**asked, rows={"C1.M1": {"text": "a" * 4001}})
    with refused("grid_cites_too_much"):
        grids.save_grid(**asked, rows={"C1.M1": {"evidence": [f"n-{i}" for i in range(31)]}})
    with refused("observed_in_the_future"):
        grids.save_grid(**asked, rows={}, observed_on=later(days=2).date())
    assert not Grid.objects.exists()


def test_two_members_never_write_over_each_other_s_proposal(of_a_block, romain, thea, victor, refused):
    everything_signed(of_a_block, romain, thea)
    heard(of_a_block, victor)
    asked = {"candidate": of_a_block.number, "outcome": "proposed_acquired"}
    for competence in files.competences(of_a_block):
        commission.propose_competence(by=romain, competence=competence.id, **asked, seen="")
    read = commission.proposals_digest(of_a_block)
    with refused("proposed_meanwhile"):
        commission.propose_competence(by=thea, competence="C1", **asked, seen="")
    first = of_a_block.proposals.get(competence="C1").event
    commission.propose_competence(
        by=thea,
        candidate=of_a_block.number,
        competence="C1",
        outcome="proposed_not_acquired",
        reasons="Seul sous surveillance",
        seen=first,
    )
    with refused("proposals_changed_meanwhile"):
        commission.conclude_commission(by=signed(romain), candidate=of_a_block.number, seen=read)
