"""A scan of a piece beside the exchange file it was made from: sent, compared by the server, judged zone by zone."""

import io
import json
import shutil
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from strate.kernels.geometry.compare.sampling import spread_points
from strate.kernels.geometry.readers.dispatch import read_mesh
from strate.workshop.attachments import actions as attachments
from strate.workshop.attachments import store
from strate.workshop.inspection import actions, queries
from strate.workshop.inspection.models import Piece, Scan
from strate.workshop.journal import clock
from strate.workshop.notices import queries as notices
from strate.workshop.parts import queries as parts
from strate.workshop.parts import views
from strate.workshop.work import worker
from tests.workshop import plate
from tests.workshop.at_tablet import typed
from tests.workshop.plate import Shop, tablet_of

BUILD = "F-0001"
TENTH = {"lower": Decimal("-0.1"), "upper": Decimal("0.1")}


@pytest.fixture()
def piece(shop: Shop) -> Iterator[Piece]:
    """A numbered piece; a scanner in calibration."""
    shutil.rmtree(views._home(), ignore_errors=True)
    plate.depowdered(shop)
    today = clock.now().date()
    actions.enter_gauge(
        by=shop.elsa,
        code="SCAN-1",
        title="Scanner à lumière bleue",
        kind="scanner",
        calibrated_on=today,
        due_on=today + timedelta(days=365),
    )
    yield actions.number_pieces(by=shop.amina, build=BUILD)[0]


def points_of(piece: Piece, *, dent_mm: float = 0.0, seen: float = 1.0) -> bytes:
    """A scan of the piece as text: turned, shifted, a little noisy; dented on top if asked."""
    nominal = parts.approved_file(piece.part, piece.revision)
    assert nominal is not None
    mesh = read_mesh(store.path_of(nominal.digest).read_bytes()).mesh
    points = spread_points(mesh, 20_000).points
    dice = np.random.default_rng(4)
    points = points + dice.normal(0, 0.01, points.shape)
    top = points[:, 2] > mesh.high[2] - 0.1
    points[top, 2] -= dent_mm
    points = points[points[:, 2] >= np.quantile(points[:, 2], 1 - seen)]
    turn, _ = np.linalg.qr(dice.normal(size=(3, 3)))
    out = io.StringIO()
    np.savetxt(out, points @ (turn * np.sign(np.linalg.det(turn))).T + 30, fmt="%.4f")
    return out.getvalue().encode()


def sent(shop: Shop, piece: Piece, raw: bytes, **more: Any) -> Scan:
    digest = attachments.receive(by=shop.amina, stored=store.keep(raw, "scan.xyz", untouched=True)).digest
    asked = {**TENTH, "name": "scan.xyz", **more}
    return actions.send_scan(by=shop.amina, piece=piece.serial, scan=digest, gauge="SCAN-1", **asked)


def compared(scan: Scan) -> Scan:
    while worker.run_once():
        pass
    return queries.scan(scan.pk)


def test_a_good_scan_is_compared_by_the_server_and_within_tolerance(shop: Shop, piece: Piece) -> None:
    scan = sent(shop, piece, points_of(piece))
    assert scan.state == "waiting"
    answered = compared(scan)
    assert answered.state == "within" and answered.answer["figures"]["covered"] > 0.95
    assert answered.answer["figures"]["percentiles_mm"]["p99"] < 0.03
    assert queries.conform(queries.piece(piece.serial))


def test_a_scan_out_of_tolerance_is_told_to_quality_and_the_piece_is_never_good(
    shop: Shop, piece: Piece, refused: Any
) -> None:
    answered = compared(sent(shop, piece, points_of(piece, dent_mm=0.3)))
    assert answered.state == "out"
    assert any(notice.code == "scan_out" for notice in notices.unread(shop.elsa))
    actions.look(by=shop.amina, piece=piece.serial, conform=True)
    with refused("piece_out_of_limits"):
        actions.sort(by=shop.amina, piece=piece.serial, verdict="good")
    compared(sent(shop, piece, points_of(piece), name="after rework.xyz"))
    actions.sort(by=shop.amina, piece=piece.serial, verdict="good")


def test_what_was_not_scanned_is_unknown(shop: Shop, piece: Piece) -> None:
    answered = compared(sent(shop, piece, points_of(piece, seen=0.6)))
    assert answered.state == "unknown" and answered.answer["figures"]["covered"] < 0.8


def test_a_file_that_is_no_scan_is_refused_with_its_reason(shop: Shop, piece: Piece) -> None:
    answered = compared(sent(shop, piece, b"%PDF-1.7 not a scan"))
    assert answered.state == "refused" and answered.answer["code"]
    assert queries.conform(queries.piece(piece.serial)), (
        "a file that cannot be read says nothing of the piece"
    )


def test_a_scan_needs_a_scanner_in_calibration_and_a_tolerance(
    shop: Shop, piece: Piece, refused: Any
) -> None:
    raw = points_of(piece)
    with refused("scan_tolerance_upside_down"):
        sent(shop, piece, raw, lower=Decimal("0.1"), upper=Decimal("-0.1"))
    with refused("scan_zones_unreadable"):
        sent(shop, piece, raw, zones=[{"name": "top"}])
    with refused("no_such_file"):
        actions.send_scan(by=shop.amina, piece=piece.serial, scan="0" * 64, gauge="SCAN-1", **TENTH)
    with refused("gauge_of_another_kind"):
        digest = store.keep(raw, "scan.xyz", untouched=True).digest
        actions.send_scan(by=shop.amina, piece=piece.serial, scan=digest, gauge="PAC-4", **TENTH)


def test_the_server_that_compares_twice_writes_once(shop: Shop, piece: Piece, refused: Any) -> None:
    answered = compared(sent(shop, piece, points_of(piece)))
    with refused("scan_already_compared"):
        actions.write_scan(scan=answered.pk, told=answered.answer)


def test_a_scan_is_sent_by_hand_and_its_page_waits_then_tells(shop: Shop, piece: Piece) -> None:
    hers = tablet_of(shop.amina)
    band = {"name": "dessus", "lower_mm": -0.2, "upper_mm": 0.2, "box_mm": [[-1e3, -1e3, 0], [1e3, 1e3, 1e3]]}
    files = {
        "scan": SimpleUploadedFile("scan.xyz", points_of(piece, dent_mm=0.3), "text/plain"),
        "zones": SimpleUploadedFile("zones.json", json.dumps([band]).encode(), "application/json"),
    }
    asked = f"/controle/pieces/{piece.serial}/scanner/"
    assert "Scanner à lumière bleue" in hers.get(asked).content.decode()
    answer = hers.post(asked, typed(gauge="gauge:SCAN-1", lower="-0,1", upper="0,1") | files)
    page = answer.headers["Location"]
    assert "Comparaison en cours" in hers.get(page).content.decode()
    compared(queries.scans(piece)[0])
    told = hers.get(page).content.decode()
    assert "Hors tolérance" in told and "dessus" in told and "p95" in told
    picture = hers.get(f"{page}image/?side=top")
    assert Image.open(io.BytesIO(picture.content)).width > 100
    assert "scan.xyz" in hers.get(f"/controle/pieces/{piece.serial}/").content.decode()


def test_a_scan_without_a_file_or_with_odd_zones_stays_on_the_page(shop: Shop, piece: Piece) -> None:
    hers = tablet_of(shop.amina)
    asked = f"/controle/pieces/{piece.serial}/scanner/"
    values = typed(gauge="gauge:SCAN-1", lower="-0,1", upper="0,1")
    assert "Choisissez le fichier du scan" in hers.post(asked, values).content.decode()
    files = {
        "scan": SimpleUploadedFile("scan.xyz", b"0 0 0\n", "text/plain"),
        "zones": SimpleUploadedFile("zones.json", b"{", "application/json"),
    }
    answer = hers.post(asked, values | files)
    assert answer.status_code == 409 and "illisible" in answer.content.decode()


def test_programs_read_a_scan_and_its_deviations(shop: Shop, piece: Piece) -> None:
    answered = compared(sent(shop, piece, points_of(piece)))
    hers = tablet_of(shop.amina)
    listed = hers.get(f"/api/inspection/pieces/{piece.serial}/scans").json()
    assert [each["number"] for each in listed] == [answered.pk] and listed[0]["state"] == "within"
    raw = hers.get(f"/api/inspection/scans/{answered.pk}/deviations").content
    rows = np.frombuffer(raw, "<f4").reshape(-1, 4)
    assert len(rows) > 500 and np.abs(rows[:, 3]).max() < 0.1
