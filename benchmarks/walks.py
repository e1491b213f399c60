"""Walks the planted tree inside one process: the tree in memory, the question to the database, SQL alone."""

import json
import math
import os
import random
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

from benchmarks.figures import peak_mb


def timed(walk: Callable[[int], Any], lots: list[int]) -> list[float]:
    """Seconds of each walk."""
    took = []
    for lot in lots:
        begun = time.perf_counter()
        walk(lot)
        took.append(time.perf_counter() - begun)
    return took


def paths(trace: Any) -> int:
    """How many ways lead from a lot to what it is made of: what SQL would walk to work out shares."""
    edges = trace.closure.edges
    ways = dict.fromkeys(trace.nodes.tolist(), 0)
    ways[trace.closure.starts[0]] = 1
    # Planted lots are numbered after their parents: the last first, each passes on the ways that lead to it.
    lines = sorted(zip(edges.child.tolist(), edges.parent.tolist(), strict=True), reverse=True)
    for child, parent in lines:
        ways[parent] += ways[child]
    return sum(ways[int(trace.nodes[at])] for at in trace.origins)


def main(first: int, lots: int, depth: int, asked: int) -> dict[str, Any]:
    """The figures, as the benchmark reads them."""
    import django

    django.setup()
    from strate.kernels.genealogy import ONE
    from strate.workshop.feedstock import genealogy
    from strate.workshop.journal import queries as journal
    from strate.workshop.traceability import memory as kept
    from strate.workshop.traceability.queries import tree

    dice = random.Random(11)
    width = lots // depth
    late = [first + lots - 1 - dice.randrange(width) for _ in range(asked)]
    early = [first + dice.randrange(width) for _ in range(asked)]
    sql = timed(lambda lot: genealogy.lines_up([lot]), late) + timed(
        lambda lot: genealogy.lines_down([lot]), early
    )
    before = peak_mb()
    begun = time.perf_counter()
    head = journal.head()
    assert head is not None
    kept.memory._tree = kept.read(head.chain, lots * 10)
    read_s = time.perf_counter() - begun
    begun_cpu = time.process_time()
    warm = timed(tree.up, late) + timed(tree.down, early)
    warm_cpu_s = (time.process_time() - begun_cpu) / len(warm)
    sizes = [len(tree.up(lot).closure.edges) for lot in late[:20]]
    whole = all(sum(tree.up(lot).by_origin().values()) == ONE for lot in late)
    return {
        "sql": sql,
        "warm": warm,
        "warm_cpu_s": warm_cpu_s,
        "paths": statistics.median(math.log10(paths(tree.up(lot))) for lot in late[:20]),
        "read_s": read_s,
        "tree_mb": kept.memory.nbytes / 1e6,
        "peak_mb": peak_mb() - before,
        "lines": statistics.median(sizes),
        "whole": whole,
    }


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "strate.web.settings")
    print(json.dumps(main(*(int(word) for word in sys.argv[1:5]))))
