"""Runs the benchmarks and prints one table: `python -m benchmarks [NAME...] [--seconds N] [--write FILE]`."""

import argparse
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from benchmarks import (
    dossier,
    durability,
    genealogy,
    geometry,
    nearest,
    oversell,
    people,
    powder,
    restart,
    sealing,
    tablets,
    threemf,
)
from benchmarks.figures import Figure, machine, others_percent, write


def benches(seconds: float) -> dict[str, Callable[[], list[Figure]]]:
    """Every benchmark by its name, in the order of the table."""
    return {
        "tablets-sqlite": lambda: tablets.figures("sqlite", seconds),
        "tablets-postgresql": lambda: tablets.figures("postgresql", seconds),
        "durability": durability.figures,
        "restart": restart.figures,
        "sealing": sealing.figures,
        "dossier": dossier.figures,
        "people": people.figures,
        "powder": powder.figures,
        "geometry": geometry.figures,
        "nearest": nearest.figures,
        "threemf": threemf.figures,
        "genealogy-sqlite": lambda: genealogy.figures("sqlite"),
        "genealogy-postgresql": lambda: genealogy.figures("postgresql"),
        "oversell-sqlite": lambda: oversell.figures("sqlite"),
        "oversell-postgresql": lambda: oversell.figures("postgresql"),
    }


def main() -> int:
    """The exit code says whether every goal is reached."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", help=f"one or more of: {', '.join(benches(0))} (default: all)")
    parser.add_argument("--seconds", type=float, default=60, help="how long the tablets work (default: 60)")
    parser.add_argument("--write", type=Path, help="write the table there too")
    asked = parser.parse_args()
    known, where = benches(asked.seconds), machine()
    if unknown := set(asked.names) - set(known):
        parser.error(f"no benchmark is called {', '.join(sorted(unknown))}")
    found: list[Figure] = []
    for name in asked.names or known:
        others = others_percent()
        print(f"… {name} ({others} % of the machine works for others)", file=sys.stderr, flush=True)
        for figure in known[name]():
            found.append(replace(figure, others_percent=others))
            sign = "reached" if figure.held else "MISSED"
            print(
                f"{figure.test:4} {sign:8} {figure.what}\n     {figure.measured}   (goal {figure.goal})",
                flush=True,
            )
    if asked.write:
        write(asked.write, found, where)
    return 0 if all(figure.held for figure in found) else 1


if __name__ == "__main__":
    sys.exit(main())
