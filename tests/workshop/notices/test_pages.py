"""Notices on a tablet: a tap leads to the thing and counts as read."""

from strate.workshop.anomalies import actions as anomalies
from strate.workshop.journal.actions import act
from strate.workshop.notices import queries
from strate.workshop.work import actions as work
from strate.workshop.work import queries as queue
from strate.workshop.work import registry, rules, worker
from tests.workshop.at_tablet import at_tablet, tablet, typed, with_secrets

__all__ = ["at_tablet", "tablet", "with_secrets"]


def test_a_tap_leads_to_the_thing_and_marks_it_read(amina, chloe, at_tablet):
    anomaly = anomalies.report(by=amina, kind="recoater_collision")
    his = at_tablet(chloe)
    assert "Collision du racleur" in his.get("/avis/").content.decode()
    (notice,) = queries.unread(chloe)
    assert his.post(f"/avis/{notice.pk}/", typed()).headers["Location"] == f"/choses/{anomaly.ref}/"
    assert queries.unread(chloe) == [] and his.get("/avis/").status_code == 200


def test_everything_is_read_at_once(amina, chloe, at_tablet):
    for _ in range(3):
        anomalies.report(by=amina, kind="recoater_collision")
    assert at_tablet(chloe).post("/avis/tout-lu/", typed()).status_code == 302
    assert queries.count_unread(chloe) == 0


def test_a_notice_of_somebody_else_leads_nowhere(amina, chloe, bruno, at_tablet):
    anomalies.report(by=amina, kind="recoater_collision")
    (notice,) = queries.unread(chloe)
    assert at_tablet(bruno).post(f"/avis/{notice.pk}/", typed()).headers["Location"] == "/avis/"
    assert queries.count_unread(chloe) == 1


def test_a_program_reads_its_notices(amina, chloe, at_tablet):
    anomalies.report(by=amina, kind="recoater_collision")
    his = at_tablet(chloe)
    (row,) = his.get("/api/notices/").json()
    assert row["code"] == "anomaly_reported"
    assert his.post(f"/api/notices/{row['id']}/read").status_code in (204, 401)


def test_an_administrator_has_failed_work_tried_again(amina, hugo, at_tablet, monkeypatch):
    def no_paper(payload):
        raise OSError("no paper")

    monkeypatch.setattr(registry, "_handlers", {"print": no_paper})
    monkeypatch.setattr(rules, "MOST_TRIES", 1)
    with act("test.promised", by=amina) as done:
        work.later("print")
        done.tell()
    worker.run_once()
    (notice,) = queries.unread(hugo)
    his = at_tablet(hugo)
    assert his.get(his.post(f"/avis/{notice.pk}/", typed()).headers["Location"]).status_code == 200
    assert "no paper" in his.get("/travaux/").content.decode()
    (job,) = queue.failed()
    assert (
        at_tablet(amina).post("/travaux/", typed(job=job.pk, gesture="retry", reason="?")).status_code == 409
    )
    assert his.post("/travaux/", typed(job=job.pk, gesture="retry", reason="papier remis")).status_code == 302
    assert queue.failed() == [] and len(queue.waiting()) == 1
