"""One contender in a process of its own: prepares its work, then does it each time it is told to."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from benchmarks.figures import peak_mb
from benchmarks.geometry import works


def main(name: str, path: str, layer_um: str) -> None:
    """Each line read is a run; each line written its processor seconds, memory at its peak, and what was found."""
    run = getattr(works, name)(Path(path), int(layer_um))
    for _ in sys.stdin:
        begun = time.process_time()
        facts = run()
        spent = time.process_time() - begun
        print(json.dumps({"cpu_s": spent, "peak_mb": peak_mb(), "facts": facts}), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
