"""What was acknowledged is never lost: power cuts, a killed process, a full disk (G5)."""

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import apsw

from benchmarks.figures import Figure
from benchmarks.power import Disk, Files, PowerCut
from strate.kernels.sealing import digest, genesis, link
from strate.web.settings.environment import embedded
from tests.peers.shop import ROOT, environment, furnish

COMMAND = "python -m benchmarks durability"
# The tables an act touches, as the journal has them; the pragmas are read from the product's own settings.
TABLES = """
CREATE TABLE fact (seq INTEGER NOT NULL UNIQUE, event TEXT NOT NULL UNIQUE, envelope TEXT NOT NULL, link TEXT NOT NULL);
CREATE TABLE head (chain TEXT PRIMARY KEY, seq INTEGER NOT NULL, link TEXT NOT NULL);
CREATE TABLE command (key TEXT PRIMARY KEY, fact TEXT NOT NULL);
CREATE TABLE portion (place TEXT PRIMARY KEY, mass_mg INTEGER NOT NULL CHECK (mass_mg >= 0));
INSERT INTO portion VALUES ('lot', 1000000000000), ('machine', 0);
INSERT INTO head VALUES ('bench', 0, '');
"""
POURED_MG = 1_000


def power_cuts(acknowledged_goal: int, seed: int = 5) -> Figure:
    """Cut the current at a random operation until so many acts have been acknowledged; look at what is left."""
    dice, files = random.Random(seed), Files("strate-power")
    acknowledged = cuts = lost = broken = 0
    begin = time.perf_counter()
    while acknowledged < acknowledged_goal:
        done, found, sound = one_round(files, dice)
        acknowledged, cuts = acknowledged + done, cuts + 1
        lost, broken = lost + max(done - found, 0), broken + (not sound)
    files.unregister()
    took = time.perf_counter() - begin
    counted = f"{lost} lost of {acknowledged:,} acknowledged in {cuts:,} cuts; {broken} damaged"
    measured = f"{counted} ({took:.0f} s, SQLite {apsw.sqlite_lib_version()})"
    return Figure(
        "G5",
        "simulated power cuts, WAL + FULL",
        measured,
        "0 lost of ≥ 50,000",
        not lost and not broken,
        COMMAND,
    )


def one_round(files: Files, dice: random.Random) -> tuple[int, int, bool]:
    """One machine from its first start to the cut: acts acknowledged, acts found again, and whether all holds."""
    disk = files.disk = Disk(dice)
    connection = _open()
    connection.execute(TABLES)
    disk.countdown = dice.randint(1, 1200)
    done = 0
    try:
        while True:
            act(connection, done + 1)
            done += 1
    except (PowerCut, apsw.Error):
        pass
    _forget(connection, disk)
    disk.come_back()
    connection = _open()
    found, sound = examine(connection)
    connection.close()
    return done, found, sound


def _open() -> apsw.Connection:
    connection = apsw.Connection("site", vfs="strate-power")
    # The wal-index would be shared memory; alone on this disk, SQLite keeps it on its own heap.
    connection.execute("PRAGMA locking_mode=EXCLUSIVE")
    options = embedded(Path("site"))["OPTIONS"]
    assert isinstance(options, dict)
    # All of them: the cursor stops at the first pragma that answers a row, until it is read to its end.
    connection.execute(options["init_command"]).fetchall()
    connection.execute("PRAGMA wal_autocheckpoint=20")
    return connection


def _forget(connection: apsw.Connection, disk: Disk) -> None:
    """The process is gone with the current: closing writes nothing."""
    disk.countdown = 0
    try:
        connection.close(True)
    except (PowerCut, apsw.Error):
        disk.countdown = 0


def act(connection: apsw.Connection, number: int) -> None:
    """What an act writes: the quantity, the command, the fact, the head of the chain; one transaction."""
    connection.execute("BEGIN IMMEDIATE")
    connection.execute(
        "UPDATE portion SET mass_mg = mass_mg - ? WHERE place = 'lot' AND mass_mg >= ?",
        (POURED_MG, POURED_MG),
    )
    connection.execute("UPDATE portion SET mass_mg = mass_mg + ? WHERE place = 'machine'", (POURED_MG,))
    connection.execute("INSERT INTO command VALUES (?, ?)", (f"key-{number}", f"event-{number}"))
    seq, last = connection.execute("SELECT seq, link FROM head").get
    envelope = json.dumps({"seq": seq + 1, "event": f"event-{number}", "data": "x" * 300})
    new = link(last or genesis("bench"), digest(envelope.encode()))
    connection.execute("INSERT INTO fact VALUES (?, ?, ?, ?)", (seq + 1, f"event-{number}", envelope, new))
    connection.execute("UPDATE head SET seq = ?, link = ?", (seq + 1, new))
    connection.execute("COMMIT")


def examine(connection: apsw.Connection) -> tuple[int, bool]:
    """The facts found, and whether the file, the chain and the mass balance hold."""
    whole = connection.execute("PRAGMA integrity_check").get == "ok"
    last, count = genesis("bench"), 0
    for seq, envelope, told in connection.execute("SELECT seq, envelope, link FROM fact ORDER BY seq"):
        last, count = link(last, digest(envelope.encode())), count + 1
        whole = whole and seq == count and told == last
    head = connection.execute("SELECT seq, link FROM head").get
    poured = connection.execute("SELECT mass_mg FROM portion WHERE place = 'machine'").get
    keys = connection.execute("SELECT count(*) FROM command").get
    return count, whole and head == (
        count,
        last if count else "",
    ) and poured == count * POURED_MG and keys == count


def killed(rounds: int, seed: int = 7) -> Figure:
    """Kill a process that does real acts on a real site; what it had acknowledged must be there, the chain whole."""
    dice, acknowledged, missing = random.Random(seed), 0, 0
    with tempfile.TemporaryDirectory(prefix="strate-bench-") as folder:
        home = Path(folder)
        furnish(home)
        for number in range(rounds):
            events = _acts_until_killed(home, number, dice.uniform(0.1, 0.8))
            acknowledged, missing = acknowledged + len(events), missing + _missing(home, events)
        sound = _strate(home, "checkup").returncode == 0
    counted = f"{missing} lost of {acknowledged:,} acknowledged in {rounds} kills"
    measured = f"{counted}; chain {'holds' if sound else 'BROKEN'}"
    return Figure(
        "G5", "SIGKILL during real acts, restarted", measured, "0 lost", not missing and sound, COMMAND
    )


def _strate(home: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "strate.cli", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment(home), capture_output=True, text=True)


def _acts_until_killed(home: Path, number: int, after_s: float) -> list[str]:
    command = [sys.executable, "-m", "benchmarks.worker", str(number)]
    with (home / "worker.log").open("wb") as log:
        child = subprocess.Popen(command, cwd=ROOT, env=environment(home), stdout=subprocess.PIPE, stderr=log)
    assert child.stdout is not None
    ready = child.stdout.readline() == b"ready\n"
    assert ready, (home / "worker.log").read_text()[-2000:]
    time.sleep(after_s)
    child.send_signal(signal.SIGKILL)
    rest, _none = child.communicate()
    return [line.decode() for line in rest.split(b"\n")[:-1]]


def _missing(home: Path, events: list[str]) -> int:
    import sqlite3

    with sqlite3.connect(home / "strate.sqlite3") as database:
        found = {row[0] for row in database.execute("SELECT event FROM strate_fact")}
    return sum(event.replace("-", "") not in found for event in events)


def full_disk() -> Figure:
    """Real acts on a disk that fills up: each is written whole or refused; it works again once there is room."""
    what, goal = "full disk (a small tmpfs)", "0 half written"
    if os.geteuid():
        return Figure("G5", what, "not measured: mounting needs root", goal, True, COMMAND)
    with tempfile.TemporaryDirectory(prefix="strate-bench-") as folder:
        mounting = ["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", folder]
        if subprocess.run(mounting, capture_output=True).returncode:
            return Figure("G5", what, "not measured: no disk may be mounted here", goal, True, COMMAND)
        try:
            home = Path(folder)
            furnish(home)
            filler = home / "filler"
            events, failed = _acts_on_a_full_disk(home, filler)
            missing = _missing(home, events)
            sound = _strate(home, "checkup").returncode == 0
        finally:
            subprocess.run(["umount", "-l", folder], check=True)
    counted = f"{len(events)} acknowledged, {missing} lost, {failed} refused cleanly"
    measured = f"{counted}, chain {'holds' if sound else 'BROKEN'}"
    return Figure("G5", what, measured, goal, not missing and sound and failed > 0, COMMAND)


def _acts_on_a_full_disk(home: Path, filler: Path) -> tuple[list[str], int]:
    command = [sys.executable, "-m", "benchmarks.worker", "full", str(filler)]
    done = subprocess.run(command, cwd=ROOT, env=environment(home), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    lines = done.stdout.split()[1:]
    return [line for line in lines if line != "failed"], lines.count("failed")


def figures(acknowledged: int = 50_000, kills: int = 50) -> list[Figure]:
    return [power_cuts(acknowledged), killed(kills), full_disk()]
