"""How the house is: told to a person as a page, to a tool as JSON; what is not known is never told as fine."""

import json
import logging
import shutil
import subprocess
from collections import namedtuple
from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from strate.gateway.logs import JsonFormatter
from strate.web import health, preflight
from strate.workshop.feedstock.models import Lot, Material, PowderPortion
from strate.workshop.journal import clock, guard
from strate.workshop.machines import actions as machines
from strate.workshop.telemetry import actions as telemetry
from tests.house.reading import ROOT
from tests.workshop.conftest import driss
from tests.workshop.telemetry.conftest import wire

__all__ = ["driss"]

Usage = namedtuple("Usage", "total used free")


@pytest.mark.django_db
def test_a_tool_reads_the_health_as_json_without_signing_in():
    answer = Client().get("/sante/", headers={"accept": "application/json"})
    told = answer.json()
    assert answer.status_code == 200 and told["ok"] is True
    assert {"database", "disk", "worker"} <= {organ["name"] for organ in told["organs"]}


@pytest.mark.django_db
def test_a_person_reads_it_as_a_page_in_french():
    answer = Client().get("/sante/", headers={"accept": "text/html"})
    assert answer.status_code == 200 and 'lang="fr"' in answer.content.decode()


@pytest.mark.django_db
def test_a_worker_nobody_ever_saw_is_unknown_not_fine():
    worker = next(o for o in health.report()["organs"] if o["name"] == "worker")
    assert worker["state"] == "unknown"


@pytest.mark.django_db
def test_a_disk_fuller_than_the_site_accepts_warns(monkeypatch):
    monkeypatch.setattr(preflight.shutil, "disk_usage", lambda _path: Usage(10**12, 92 * 10**10, 8 * 10**10))
    found = health.report()
    assert next(o for o in found["organs"] if o["name"] == "disk")["state"] == "warn"
    assert found["ok"] and "Le disque des données est presque plein" in found["warnings"][0]


@pytest.mark.django_db
def test_a_stored_balance_that_lies_is_told_by_the_powder_ledger():
    cache.clear()
    assert _powder() == ("up", "d’accord avec le stock")
    with guard.lifted():
        material = Material.objects.create(code="ti64", title="Ti-6Al-4V", family="metal")
        lot = Lot.objects.create(code="A", material=material, received_mass_mg=1)
        PowderPortion.objects.create(lot=lot, place="container:D-1", mass_mg=1)
    cache.clear()
    assert _powder() == ("warn", "1 écart avec le stock") and health.report()["ok"]
    cache.clear()


def _powder() -> tuple[str, str]:
    with override("fr"):
        organ = next(o for o in health.report()["organs"] if o["name"] == "powder")
    return organ["state"], organ["text"]


def test_a_log_line_is_one_json_object_with_what_was_added():
    record = logging.makeLogRecord(
        {"name": "strate", "levelname": "INFO", "msg": "layer %s\nclosed", "args": (7,)}
    )
    record.machine = "LPBF-1"
    line = JsonFormatter().format(record)
    assert "\n" not in line
    told = json.loads(line)
    assert (told["message"], told["machine"], told["level"]) == ("layer 7\nclosed", "LPBF-1", "INFO")
    assert told["at"].endswith("+00:00")


@pytest.mark.skipif(not shutil.which("openssl"), reason="openssl is not installed")
def test_the_workshop_becomes_its_own_authority_for_its_name(tmp_path):
    name = "strate.atelier.internal"
    done = subprocess.run(
        [ROOT / "deploy/make-certificates.sh", name, tmp_path], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    authority, certificate = tmp_path / "authority.crt", tmp_path / f"{name}.crt"
    command = ["openssl", "verify", "-CAfile", authority, "-verify_hostname", name, certificate]
    checked = subprocess.run(command, capture_output=True, text=True)
    assert checked.returncode == 0, checked.stderr
    assert (tmp_path / f"{name}.key").stat().st_mode & 0o077 == 0


def test_a_certificate_is_not_made_for_something_that_is_no_name(tmp_path):
    done = subprocess.run(
        [ROOT / "deploy/make-certificates.sh", "a b;c", tmp_path], capture_output=True, text=True
    )
    assert done.returncode == 2 and not list(tmp_path.iterdir())


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
@pytest.mark.parametrize("unit", ["strate.service", "strate-backup.service", "strate-backup.timer"])
def test_systemd_understands_the_units(unit, tmp_path):
    for each in ROOT.glob("deploy/strate*.*"):
        text = each.read_text().replace("/opt/strate/.venv/bin/strate", "/bin/true")
        (tmp_path / each.name).write_text(text)
    done = subprocess.run(["systemd-analyze", "verify", tmp_path / unit], capture_output=True, text=True)
    ours = [line for line in done.stderr.splitlines() if "strate" in line and "Unknown" in line]
    assert not ours, ours


@pytest.mark.django_db
def test_since_when_a_machine_is_silent_is_told_on_the_clock_of_the_site(driss):
    noon = datetime(2026, 11, 23, 12, tzinfo=UTC)
    machines.enter(
        by=driss, code="M1", title="Imprimante 1", driver="opcua", endpoint="opc.tcp://192.0.2.1:4840"
    )
    with clock.at(noon):
        telemetry.ingest(machine="M1", source="gw-1", first=0, signals=[wire("collector", "live", noon)])
    with clock.at(noon + timedelta(minutes=5)), override("fr"), timezone.override("Europe/Paris"):
        organ = next(o for o in health.report()["organs"] if o["name"] == "machine:M1")
    assert organ["state"] == "warn" and organ["text"].endswith("13:00")
