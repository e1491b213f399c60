"""Brings the typefaces from node_modules to the static folder, so that running the shop never needs node."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENDOR = ROOT / "src/strate/web/static/vendor"
FONTS = "@fontsource-variable/atkinson-hyperlegible-next"
FACES = ("latin-wght-normal", "latin-ext-wght-normal", "latin-wght-italic")


def wanted() -> dict[Path, Path]:
    """Every file to bring: where it is installed, where the pages look for it."""
    package = ROOT / "node_modules" / FONTS
    faces = {
        package / "files" / f"atkinson-hyperlegible-next-{face}.woff2": VENDOR / "fonts" / f"{face}.woff2"
        for face in FACES
    }
    return {**faces, package / "LICENSE": VENDOR / "fonts" / "LICENSE"}


def is_fresh(source: Path, target: Path) -> bool:
    return target.exists() and (not source.exists() or target.stat().st_size == source.stat().st_size)


def install_packages() -> None:
    """Installs what package-lock.json says, only when something is missing."""
    npm = shutil.which("npm")
    if npm is None:
        sys.exit("npm is missing: install Debian's packages nodejs and npm, then try again.")
    subprocess.run([npm, "ci", "--no-progress", "--silent"], cwd=ROOT, check=True)


def main() -> None:
    pairs = wanted()
    if all(is_fresh(source, target) for source, target in pairs.items()):
        return
    if not all(source.exists() for source in pairs):
        install_packages()
    for source, target in pairs.items():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)


if __name__ == "__main__":
    main()
