"""An anomaly reported in a few taps, answered and closed, by hand, on a tablet."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from strate.workshop.anomalies import actions, queries
from strate.workshop.attachments import queries as files
from strate.workshop.holds import queries as holds
from tests.workshop.at_tablet import at_tablet, crate, tablet, typed, with_secrets

__all__ = ["at_tablet", "crate", "tablet", "with_secrets"]


def photo(content=None):
    out = BytesIO()
    Image.new("RGB", (8, 8), "orange").save(out, "JPEG")
    return SimpleUploadedFile("p.jpg", content or out.getvalue(), "image/jpeg")


REPORT = "/anomalies/signaler/?about=crate:K-1&kind=recoater_collision"


def test_reported_with_a_photo_it_stops_the_machine_and_goes_to_the_pilot(crate, amina, chloe, at_tablet):
    hers = at_tablet(amina)
    assert "Collision du racleur" in hers.get("/anomalies/signaler/").content.decode()
    form = hers.get(REPORT).content.decode()
    assert 'value="crate:K-1"' in form and 'value="pilot" selected' in form and "checked" in form
    sent = typed(
        kind="recoater_collision",
        about="crate:K-1",
        text="couche 812",
        to="pilot",
        severity="major",
        hold="on",
    )
    assert hers.post(REPORT, {**sent, "photo": photo()}).headers["Location"] == "/choses/crate:K-1/"
    (anomaly,) = queries.on("crate:K-1")
    (use,) = files.about(anomaly.ref)
    assert holds.on("crate:K-1")[0].origin == anomaly.ref
    seen = at_tablet(chloe).get(f"/anomalies/{anomaly.number}/").content.decode()
    assert use.attachment_id in seen and "couche 812" in seen and 'value="answer"' in seen


def test_a_damaged_photo_is_refused_and_nothing_typed_is_lost(crate, amina, at_tablet):
    sent = typed(
        kind="recoater_collision", about="crate:K-1", text="couche 812", to="pilot", severity="major"
    )
    page = at_tablet(amina).post(REPORT, {**sent, "photo": photo(b"\xff\xd8\xff torn")})
    assert page.status_code == 409 and "couche 812" in page.content.decode() and queries.unsettled() == []


def test_the_same_report_sent_twice_is_one_anomaly(crate, amina, at_tablet):
    hers, sent = at_tablet(amina), typed(kind="spill", text="poudre au sol", to="hse", severity="major")
    for _ in range(2):
        assert hers.post("/anomalies/signaler/?kind=spill", {**sent, "photo": photo()}).status_code == 302
    assert len(queries.unsettled()) == 1


def test_answered_closed_and_opened_again(amina, chloe, at_tablet):
    anomaly = actions.report(by=amina, kind="recoater_collision")
    his, page = at_tablet(chloe), f"/anomalies/{anomaly.number}/"
    assert anomaly.number in his.get("/anomalies/").content.decode()
    assert his.post(page, typed(gesture="answer", words="racleur changé")).status_code == 302
    assert his.post(page, typed(gesture="close", words="réglé")).status_code == 302
    hers = at_tablet(amina)
    assert hers.post(page, typed(gesture="close", words="réglé encore")).status_code == 409
    assert hers.post(page, typed(gesture="reopen", words="encore touché")).status_code == 302
    assert hers.post(page, typed(gesture="forward", to="methods", reason="supports")).status_code == 302
    anomaly.refresh_from_db()
    assert (anomaly.state, anomaly.recipient) == ("open", "methods")


def test_the_list_is_filtered_never_reshuffled(amina, at_tablet):
    first = actions.report(by=amina, kind="crack", text="coin gauche")
    second = actions.report(by=amina, kind="spill", text="allée")
    hers = at_tablet(amina)
    words = hers.get("/anomalies/?recipient=hse").content.decode()
    assert second.number in words and first.number not in words
    everything = hers.get("/anomalies/?state=all").content.decode()
    assert everything.index(second.number) < everything.index(first.number)


def test_an_administrator_sends_a_kind_to_somebody_else(hugo, amina, at_tablet):
    his = at_tablet(hugo)
    assert "Bureau d’études" in his.get("/anomalies/destinataires/").content.decode()
    assert (
        his.post("/anomalies/destinataires/regle/", typed(kind="crack", recipient="methods")).status_code
        == 302
    )
    assert queries.recipient_for("crack") == "methods"
    refused = at_tablet(amina).post("/anomalies/destinataires/regle/", typed(kind="crack", recipient="hse"))
    assert refused.status_code == 409 and queries.recipient_for("crack") == "methods"
    sent = typed(code="laser_firm", title="Laser & Cie", roles=["maintenance"], contact="hotline")
    assert his.post("/anomalies/destinataires/enregistrer/", sent).status_code == 302
    assert "Laser &amp; Cie" in his.get("/anomalies/destinataires/").content.decode()


def test_a_program_reports_and_reads(crate, amina, at_tablet):
    hers = at_tablet(amina)
    actions.report(by=amina, kind="crack", about=["crate:K-1"])
    (row,) = hers.get("/api/anomalies/?about=crate:K-1").json()
    assert row["kind"] == "crack" and row["about"] == ["crate:K-1"]
    assert hers.get("/api/anomalies/A-999").status_code == 404
    assert "pilot" in [r["code"] for r in hers.get("/api/anomalies/recipients").json()]
