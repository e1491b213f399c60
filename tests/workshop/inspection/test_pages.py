"""Inspection by hand, on a tablet, in French."""

import re
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from strate.workshop.inspection import queries
from strate.workshop.journal import queries as journal
from strate.workshop.journal.actor import Actor
from tests.workshop import plate
from tests.workshop.at_tablet import typed
from tests.workshop.plate import Shop, tablet_of

BUILD = "F-0001"


def photo() -> SimpleUploadedFile:
    raw = BytesIO()
    Image.new("RGB", (64, 48), "#888").save(raw, "JPEG")
    return SimpleUploadedFile("piece.jpg", raw.getvalue(), "image/jpeg")


def test_the_pieces_are_numbered_seen_measured_and_sorted_by_hand(shop: Shop) -> None:
    plate.depowdered(shop)
    hers = tablet_of(shop.amina)
    address = f"/controle/fabrications/{BUILD}/"
    assert "Numéroter" in hers.get(address).content.decode()
    assert hers.post(address, typed()).status_code == 302
    first = queries.pieces(BUILD)[0]
    page = f"/controle/pieces/{first.serial}/"
    seen = hers.post(page + "voir/", typed(verdict="yes") | {"photo": photo()})
    assert seen.headers["Location"] == page and len(first.checks.get().photos[0]) == 64
    limits = hers.get(page + "mesurer/1/").content.decode()
    assert "59,7" in limits and "60,3" in limits and "PAC-4" in limits and "PAC-2" not in limits
    refused = hers.post(page + "mesurer/1/", typed(value="60,05", gauge="gauge:PAC-2"))
    assert refused.status_code == 409 and "étalonnage" in refused.content.decode()
    assert hers.post(page + "mesurer/1/", typed(value="60,05", gauge="gauge:PAC-4")).status_code == 302
    assert str(queries.valid_measurements(queries.piece(first.serial))[0].value) == "60.05000"
    sorted_ = hers.post(page, typed(verdict="good"))
    assert sorted_.status_code == 302 and queries.piece(first.serial).state == "good"
    assert sorted_.headers["Location"] != page


def test_what_is_not_a_number_stays_on_the_page(shop: Shop) -> None:
    plate.depowdered(shop)
    hers = tablet_of(shop.amina)
    hers.post(f"/controle/fabrications/{BUILD}/", typed())
    first = queries.pieces(BUILD)[0]
    answer = hers.post(f"/controle/pieces/{first.serial}/mesurer/1/", typed(value="soixante", gauge="PAC-4"))
    assert answer.status_code == 422 and "soixante" in answer.content.decode()


def test_scrap_without_a_reason_is_refused_on_the_page(shop: Shop) -> None:
    plate.depowdered(shop)
    hers = tablet_of(shop.amina)
    hers.post(f"/controle/fabrications/{BUILD}/", typed())
    first = queries.pieces(BUILD)[0]
    page = f"/controle/pieces/{first.serial}/"
    named = typed(verdict="no", defects=["streak", "crack"])
    assert hers.post(page + "voir/", named).status_code == 302
    shown = hers.get(page).content.decode()
    assert "Fissure" in shown and "Rayure" in shown
    assert hers.post(page, typed(verdict="good")).status_code == 409
    assert hers.post(page, typed(verdict="scrap")).status_code == 409
    assert hers.post(page, typed(verdict="scrap", reason="Fissure au pied")).status_code == 302


def test_quality_enters_and_calibrates_a_gauge(shop: Shop) -> None:
    quality = tablet_of(shop.elsa)
    page = quality.get("/controle/moyens/").content.decode()
    assert "PAC-4" in page and re.search(r"Étalonnage échu|Étalonnage dépassé", page)
    entered = typed(
        code="MIC-1",
        title="Micromètre 1",
        kind="micrometer",
        unit="mm",
        resolution="0,001",
        calibrated_on="2026-11-01",
        due_on="2027-11-01",
    )
    assert quality.post("/controle/moyens/nouveau/", entered).status_code == 302
    renewed = typed(calibrated_on="2026-11-20", due_on="2027-11-20")
    assert quality.post("/controle/moyens/PAC-2/etalonner/", renewed).status_code == 302
    assert queries.gauge_state(queries.gauge("PAC-2")) == "valid"
    assert journal.of("gauge:PAC-2")[-1].what == "inspection.gauge_calibrated"
    assert "nouveau" not in tablet_of(shop.amina).get("/controle/moyens/").content.decode()


def test_a_piece_that_does_not_exist_is_not_found(shop: Shop) -> None:
    hers: Client = tablet_of(shop.amina)
    unknown: Any = [
        hers.get(f"/controle/{where}/") for where in ("pieces/X", "fabrications/X", "moyens/X/etalonner")
    ]
    assert [answer.status_code for answer in unknown] == [404, 404, 404]
    assert isinstance(shop.amina, Actor)
