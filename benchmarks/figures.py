"""A figure: what was measured, what was hoped for, whether it is reached, and the command that shows it."""

import os
import platform
import sqlite3
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path


@dataclass(frozen=True)
class Figure:
    """One line of the table."""

    test: str
    what: str
    measured: str
    goal: str
    held: bool
    command: str
    # How much of the machine worked for others just before: above a tenth, the figure says little.
    others_percent: int = 0


def percentile(sorted_values: list[float], share: float) -> float:
    """The value below which this share of the (sorted) values lies."""
    if not sorted_values:
        return float("nan")
    return sorted_values[min(int(share * len(sorted_values)), len(sorted_values) - 1)]


def milliseconds(seconds: list[float]) -> str:
    """Median, 95 %, 99 % and worst, in milliseconds."""
    found = sorted(seconds)
    shares = (percentile(found, share) * 1000 for share in (0.5, 0.95, 0.99, 1.0))
    return "p50 {:.0f} · p95 {:.0f} · p99 {:.0f} · max {:.0f} ms".format(*shares)


def others_percent(seconds: float = 2.0) -> int:
    """How busy the machine is while we do nothing: the share of all its cores that works for others."""
    idle, whole = _processor()
    time.sleep(seconds)
    idle_after, whole_after = _processor()
    return round(100 * (1 - (idle_after - idle) / max(whole_after - whole, 1)))


def _processor() -> tuple[int, int]:
    """Idle and whole processor time since the machine started, in ticks."""
    ticks = [int(n) for n in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]]
    return ticks[3] + ticks[4], sum(ticks)


def peak_mb() -> float:
    """The most memory this process held since it began (rusage would also tell what its parent held)."""
    told = Path("/proc/self/status").read_text(encoding="ascii")
    return int(told.split("VmHWM:")[1].split()[0]) / 1024


def machine() -> str:
    """Where and when: the machine, the versions that matter."""
    cores = os.cpu_count()
    when = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    versions = f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    return f"{when}, {cores} cores {platform.machine()}, {versions}"


def as_table(figures: list[Figure], where: str) -> str:
    """The table of `docs/figures.md`."""
    lines = [
        "# Figures",
        "",
        "Written by `python -m benchmarks --write docs/figures.md`; each line can be measured again alone with its",
        "command. The goals are those of the project, set before measuring.",
        "",
        f"Measured {where}.",
        "",
        "« Others » is how much of the machine worked for something else just before the test began.",
        "",
        "| | test | measured | goal | others | command |",
        "|---|---|---|---|---|---|",
    ]
    for f in figures:
        sign = "reached" if f.held else "**missed**"
        lines.append(
            f"| {f.test} | {f.what} | {f.measured} | {f.goal}: {sign} | {f.others_percent} % | `{f.command}` |"
        )
    return "\n".join(lines) + "\n"


def write(path: Path, figures: list[Figure], where: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(as_table(figures, where), encoding="utf-8")
