"""The plate of a build: several files on it, copies moved by hand, refusals in words, and its file in the machine."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from strate.kernels.geometry import samples
from strate.web.demo import jobs
from strate.workshop.attachments import store
from strate.workshop.builds import actions, pace, queries
from strate.workshop.builds.models import Build
from strate.workshop.journal import guard
from strate.workshop.journal import queries as journal
from strate.workshop.machines.models import Machine
from strate.workshop.orders import queries as orders
from strate.workshop.orders import shown
from strate.workshop.parts import actions as parts
from strate.workshop.parts import exchange, views
from strate.workshop.parts.models import ExchangeFile
from tests.workshop.plate import PRINTER, Shop, tablet_of


@pytest.fixture
def two_files(shop: Shop) -> Shop:
    """A third order, of another part: its file is not that of the two others."""
    wedge = samples.bracket(height_mm=20.0, thickness_mm=5.0, hole_mm=4.0)
    jobs.add_part(shop.team, "CALE-7", "Cale", "A", wedge, "CALE-7.stl")
    due = orders.order("OF-2601").due_on
    jobs.open_order(shop.team, "OF-2603", "CALE-7", "A", 2, due, 2, "Labo Imaginaire")
    return shop


def prepare(shop: Shop, **quantities: int) -> Build:
    wanted = {name.replace("_", "-"): n for name, n in quantities.items()}
    return actions.prepare(by=shop.amina, code="F-0001", machine=PRINTER, quantities=wanted)


def place(shop: Shop, label: str, x_mm: float, y_mm: float, turn: int = 0) -> Build:
    where = {"x_um": round(x_mm * 1000), "y_um": round(y_mm * 1000), "turn_mdeg": turn * 1000}
    return actions.place_copy(by=shop.amina, build="F-0001", label=label, **where)


def test_parts_of_two_files_stand_on_one_plate_and_the_machine_is_given_one_file(two_files: Shop) -> None:
    build = prepare(two_files, OF_2601=2, OF_2603=1)
    assert [copy.label for copy in build.copies.all()] == ["OF-2601-1", "OF-2601-2", "OF-2603-1"]
    assert build.file_name == "F-0001.3mf" and store.path_of(build.file_digest).read_bytes()[:2] == b"PK"
    assert build.file_digest not in {row.file_digest for row in build.orders.all()}
    told = journal.told(journal.of("build:F-0001", what="builds.prepared")[-1])
    assert f"file:{build.file_digest}" in told["things"] and told["data"]["sha256"] == build.file_digest


def test_the_powder_of_two_parts_is_that_of_both(two_files: Shop) -> None:
    apart = prepare(two_files, OF_2603=1)
    actions.abandon(by=two_files.amina, build="F-0001", reason="Essai")
    together = actions.prepare(
        by=two_files.amina, code="F-0002", machine=PRINTER, quantities={"OF-2601": 1, "OF-2603": 1}
    )
    assert together.parts_mg > apart.parts_mg and together.layers_planned == apart.layers_planned == 667


def test_parts_of_one_file_are_left_to_the_machine_until_somebody_lays_them_out(shop: Shop) -> None:
    build = prepare(shop, OF_2601=3)
    assert not build.copies.exists() and build.file_name == "EQ-1204-B.stl"
    build = actions.arrange_plate(by=shop.amina, build="F-0001")
    assert build.copies.count() == 3 and build.file_name == "F-0001.3mf"


def test_a_file_without_measures_or_cut_otherwise_is_not_prepared(shop: Shop, refused: Any) -> None:
    for verdict, code in (
        ({"state": "unknown", "family": "opaque", "findings": []}, "file_without_measures"),
        (
            {"state": "sound", "family": "layers", "layer_um": 40, "height_um": 18_000, "volume_mm3": 900.0},
            "file_cut_otherwise",
        ),
    ):
        with guard.lifted():
            ExchangeFile.objects.filter(part__code="EQ-1204").update(verdict=verdict)
        with refused(code):
            prepare(shop, OF_2601=1)


def test_a_copy_is_moved_and_turned_and_the_file_follows(two_files: Shop) -> None:
    before = prepare(two_files, OF_2601=1, OF_2603=1)
    after = place(two_files, "OF-2603-1", 200, 200, 90)
    copy = after.copies.get(label="OF-2603-1")
    assert (copy.x_um, copy.y_um, copy.turn_mdeg) == (200_000, 200_000, 90_000)
    assert after.file_digest != before.file_digest
    told = journal.told(journal.of("build:F-0001", what="builds.plate_laid_out")[-1])
    assert told["data"]["label"] == "OF-2603-1" and told["data"]["x_um"] == 200_000


def test_copies_that_meet_stand_too_near_or_outside_are_refused_and_nothing_moves(
    two_files: Shop, refused: Any
) -> None:
    before = prepare(two_files, OF_2601=2)
    before = actions.arrange_plate(by=two_files.amina, build="F-0001")
    other = before.copies.get(label="OF-2601-1")
    with refused("copies_meet"):
        place(two_files, "OF-2601-2", other.x_um / 1000 + 1, other.y_um / 1000)
    with refused("copies_too_near"):
        place(two_files, "OF-2601-2", other.x_um / 1000, other.y_um / 1000 + 31)
    with refused("copy_off_plate"):
        place(two_files, "OF-2601-2", 248, 100)
    with refused("no_such_copy"):
        place(two_files, "OF-9999-1", 100, 100)
    assert queries.build("F-0001").file_digest == before.file_digest


def test_the_routing_says_how_far_apart_copies_stand(two_files: Shop, refused: Any) -> None:
    build = prepare(two_files, OF_2601=2, OF_2603=1)
    first, second, _third = build.copies.all()
    assert second.x_um - first.x_um == 62_010  # two millimetres and a hair, as long as nobody says otherwise
    build.routing["content"]["limits"]["plate_gap_mm"] = {"value": "6", "source": "Décision du site"}
    with guard.lifted():
        build.save()
    wider = actions.arrange_plate(by=two_files.amina, build="F-0001")
    first, second, _third = wider.copies.all()
    assert second.x_um - first.x_um == 66_010
    with refused("copies_too_near"):
        place(two_files, "OF-2601-2", (second.x_um - 1000) / 1000, second.y_um / 1000)


def test_a_full_plate_is_refused_before_anything_is_reserved(two_files: Shop, refused: Any) -> None:
    with guard.lifted():
        Machine.objects.filter(code=PRINTER).update(width_mm=75, depth_mm=75)
    with refused("plate_full"):
        prepare(two_files, OF_2601=4, OF_2603=1)
    assert orders.left_to_make(orders.order("OF-2601")) == 4 and queries.find("F-0001") is None


def test_the_plate_no_longer_changes_once_its_file_is_in_the_machine(two_files: Shop, refused: Any) -> None:
    build = prepare(two_files, OF_2601=1, OF_2603=1)
    actions.send_file(by=two_files.amina, build=build.code)
    two_files.answers("put_file", sha256=build.file_digest)
    assert two_files.build().state == "sent"
    with refused("plate_already_sent"):
        place(two_files, "OF-2603-1", 200, 200)
    with refused("plate_already_sent"):
        actions.arrange_plate(by=two_files.amina, build="F-0001")


def test_a_plate_is_launched_only_while_every_part_on_it_is_the_approved_one(two_files: Shop) -> None:
    build = prepare(two_files, OF_2601=1, OF_2603=1)
    codes = {reason.code for reason in queries.gate(build, by=two_files.amina).reasons}
    assert "file_not_in_the_machine" in codes and "file_not_the_approved_one" not in codes
    newer = samples.bracket(height_mm=21.0, thickness_mm=5.0, hole_mm=4.0)
    _replace(two_files, newer)
    codes = {reason.code for reason in queries.gate(build, by=two_files.amina).reasons}
    assert "file_not_the_approved_one" in codes


def _replace(shop: Shop, stl: bytes) -> None:
    read = exchange.verified(stl, "CALE-7.stl", layer_um=30)
    parts.add_file(by=shop.team["ines"], part="CALE-7", revision="A", **read)
    parts.approve_file(by=shop.driss, file=read["digest"], part="CALE-7", revision="A")


def test_the_plate_is_drawn_from_above_and_a_copy_is_picked_by_touch(two_files: Shop) -> None:
    prepare(two_files, OF_2601=1, OF_2603=1)
    browser = tablet_of(two_files.amina)
    address = "/fabrications/F-0001/plateau/"
    page = browser.get(address).content.decode()
    assert page.count('<a href="?copie=OF-') >= 4 and "<path d=" in page and 'name="x_um"' not in page
    chosen = browser.get(address, {"copie": "OF-2603-1"}).content.decode()
    assert 'name="x_um"' in chosen and 'aria-current="true"' in chosen
    assert browser.get(address, {"copie": "<b>"}).status_code == 200


def test_the_layers_of_a_plate_are_shown_like_those_of_a_part(two_files: Shop) -> None:
    build = prepare(two_files, OF_2601=1, OF_2603=1)
    browser = tablet_of(two_files.amina)
    address = f"/api/parts/files/{build.file_digest}/layers"
    assert browser.get(address, {"layer_um": 30}).status_code in (200, 202)
    assert browser.get(address.replace(build.file_digest, "0" * 64)).status_code == 404
    assert views.layer_block(build.file_digest, 30, 0) is not None  # worked out, however slow the machine
    layer = browser.get("/fabrications/F-0001/couches/une/", {"layer": 1}).content.decode()
    assert 'viewBox="0 -250000 250000 250000"' in layer


def test_an_order_tells_the_shop_its_layers_and_the_mass_left_to_make(shop: Shop) -> None:
    said = dict(shown.shop_numbers(orders.order("OF-2601")))
    assert said["Couches"] == "600 × 30\u202fµm"
    build = prepare(shop, OF_2601=1)
    one = Decimal(said["Masse d’une pièce"].removesuffix("\u202fg").replace(",", "."))
    assert one == (Decimal(build.parts_mg) / 1000).quantize(one)
    assert (
        dict(shown.shop_numbers(orders.order("OF-2602")))["Masse de celles qui restent à faire"]
        != said["Masse d’une pièce"]
    )


def test_the_time_is_unknown_until_the_machine_has_ended_builds_that_can_tell(two_files: Shop) -> None:
    build = prepare(two_files, OF_2601=1, OF_2603=1)
    assert pace.duration(build).why_not == "no_build_yet"
    with guard.lifted():
        for number, (layers, mass_mg) in enumerate(
            ((600, 90_000), (1200, 90_000), (600, 900_000), (2000, 400_000))
        ):
            _ended(build, f"F-09{number:02d}", layers, mass_mg)
    told = pace.duration(build)
    assert told.foretold is not None and told.builds == 4
    volume_mm3 = float(build.parts_mg) / 4.43
    assert float(told.foretold.seconds) == pytest.approx(build.layers_planned * 11 + volume_mm3 / 5, rel=0.02)
    assert float(told.foretold.error_percent) < 5


def _ended(like: Build, code: str, layers: int, mass_mg: int) -> None:
    """A build of another day that took 11 s for each layer and 5 mm³ a second, and one pause of half an hour."""
    seconds = layers * 11 + mass_mg / 4.43 / 5
    begun = like.prepared_at - timedelta(days=3)
    done = begun + timedelta(seconds=seconds) + timedelta(minutes=30)
    times = {"prepared_at": begun, "launched_at": begun, "ended_at": done}
    past = Build.objects.create(
        code=code, machine=PRINTER, state="closed", material=like.material, layers_planned=layers,
        layers_done=layers, parts_mg=mass_mg, layer_um=30, prepared_by=like.prepared_by, **times,
    )  # fmt: skip
    stop = {"started_at": begun, "ended_at": begun + timedelta(minutes=30)}
    past.interruptions.create(layer=5, cause="unknown", decision="resume", **stop)
