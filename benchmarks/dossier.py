"""How long a dossier of 2,000 layers and 500 facts takes to seal, and to check as anyone would."""

import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.figures import Figure
from strate.kernels.sealing.bundle import verify_bundle
from strate.kernels.sealing.pdf import verify_pdf
from tests.workshop.dossier.document.conftest import issue, site_keys

AS_ANYONE = "from strate.kernels.sealing.commands import verify_command as v; v()"


def figures(rounds: int = 5) -> list[Figure]:
    """The median of a few rounds."""
    taken: dict[str, list[float]] = {}
    with TemporaryDirectory() as folder:
        keys = site_keys()
        for _ in range(rounds):
            begin = time.perf_counter()
            issued = issue(Path(folder), keys, fact_count=500, layer_count=2000)
            archive, document = issued.archive, issued.pdf
            note(taken, "sealed (500 facts, PDF, signature, archive)", begin)
            begin = time.perf_counter()
            held = verify_bundle(archive).ok
            note(taken, "archive verified", begin)
            begin = time.perf_counter()
            held = verify_pdf(document).ok and held
            note(taken, "PDF verified", begin)
            for path in (archive, document):
                begin = time.perf_counter()
                command = [sys.executable, "-c", AS_ANYONE, str(path), "--lang", "en"]
                held = subprocess.run(command, capture_output=True, check=False).returncode == 0 and held
                note(taken, f"command, start included, on {path.suffix}", begin)
        print(f"archive {archive.stat().st_size:,} bytes, PDF {document.stat().st_size:,} bytes")
    medians = {what: sorted(times)[len(times) // 2] for what, times in taken.items()}
    for what, median in medians.items():
        print(f"{what:48} {median:6.2f} s")
    sealed, archive_verified, pdf_verified, *_ = medians.values()
    command, checked = "python -m benchmarks dossier", max(archive_verified, pdf_verified)
    what = "dossier of 2,000 layers and 500 facts"
    return [
        Figure("dossier", f"{what}: sealed", f"{sealed:.2f} s", "≤ 3 s", sealed <= 3, command),
        Figure("dossier", f"{what}: verified", f"{checked:.2f} s", "≤ 1 s", held and checked <= 1, command),
    ]


def note(taken: dict[str, list[float]], what: str, begin: float) -> None:
    """Keep how long something took."""
    taken.setdefault(what, []).append(time.perf_counter() - begin)
