"""Printing with a layout from elsewhere: a process of its own, with little time, no more memory than it needs."""

import re
import resource
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from strate.kernels.printing.press import CannotPrint, Sources, compiled, lay

SECONDS = 20
MEMORY = 2 * 1024**3
# A layout may not fetch a package: the press asks nothing of the network.
PACKAGE = re.compile(rb'"@[\w-]+/')
PRINTED = "printed.pdf"


def press_apart(sources: Sources, main: str, font_paths: Sequence[Path], at: datetime) -> bytes:
    """The same as `laid_out`, for a layout that nobody here wrote: it may be wrong, endless or hungry."""
    if any(PACKAGE.search(content) for name, content in sources.items() if name.endswith(".typ")):
        raise CannotPrint("a layout may not import a package")
    with TemporaryDirectory(prefix="strate-print-") as folder:
        lay(sources, Path(folder))
        words = [
            sys.executable,
            "-m",
            __name__,
            folder,
            main,
            str(int(at.timestamp())),
            *map(str, font_paths),
        ]
        try:
            done = subprocess.run(words, capture_output=True, timeout=SECONDS * 2, check=False)
        except subprocess.TimeoutExpired as error:
            raise CannotPrint(f"the layout did not end within {SECONDS} s") from error
        if done.returncode == 3:
            raise CannotPrint(done.stderr.decode("utf-8", "replace").strip()[:600])
        if done.returncode:
            raise CannotPrint(f"the layout took more than {SECONDS} s, or more memory than is allowed")
        return Path(folder, PRINTED).read_bytes()


def main() -> int:
    """In the child: limits first, then print; 3 says that the layout is wrong, and why."""
    folder, layout, seconds, *fonts = sys.argv[1:]
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    at = datetime.fromtimestamp(int(seconds), UTC)
    try:
        pages = compiled(Path(folder), layout, [Path(each) for each in fonts], at)
    except CannotPrint as error:
        sys.stderr.write(str(error))
        return 3
    Path(folder, PRINTED).write_bytes(pages)
    return 0


if __name__ == "__main__":
    sys.exit(main())
