"""Contenders in turn, each in a process of its own: medians of processor seconds."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import IO

ROUNDS = 5


@dataclass(frozen=True)
class Result:
    """Medians of one contender; `facts` are those of its last run."""

    who: str
    cpu_s: float
    peak_mb: float
    facts: dict[str, float]

    @property
    def per_s(self) -> float:
        """Layers for each processor second."""
        return self.facts["layers"] / self.cpu_s


class Contender:
    """A process that waits to be told to run."""

    def __init__(self, who: str, work: str, path: Path, layer_um: int) -> None:
        self.who, self.spent, self.last = who, [], {}
        command = [sys.executable, "-m", "benchmarks.geometry.child", work, str(path), str(layer_um)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def run(self) -> None:
        assert self.process.stdin and self.process.stdout
        print("go", file=self.process.stdin, flush=True)
        self.last = json.loads(_line(self.process.stdout, self.who))
        self.spent.append(self.last["cpu_s"])

    def end(self) -> Result:
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait()
        warm = self.spent[1:] or self.spent
        return Result(self.who, statistics.median(warm), self.last["peak_mb"], self.last["facts"])


def _line(stream: IO[str], who: str) -> str:
    line = stream.readline()
    if not line:
        raise RuntimeError(f"{who} died")
    return line


def contest(path: Path, layer_um: int, *, rounds: int = ROUNDS, **works: str) -> dict[str, Result]:
    """Run works in turn, one after the other, `rounds` times after a first that does not count.

    Each is named after the package it needs ("here" needs none); those that are not installed are left out.
    """
    names = [name for name in works if name == "here" or find_spec(name.removeprefix("once_"))]
    ready = [Contender(name, works[name], path, layer_um) for name in names]
    for turn in range(rounds + 1):
        for contender in ready:
            if turn == 0 or not contender.who.startswith("once_"):
                contender.run()
    return {contender.who.removeprefix("once_"): contender.end() for contender in ready}
