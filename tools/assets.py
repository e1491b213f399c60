"""Brings to the static folder what the pages fetch and git does not keep: typefaces, and the islands bundled in one
file each. Done at set-up, so that running the shop never needs node."""

from __future__ import annotations

import gzip
import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENDOR = ROOT / "src/strate/web/static/vendor"
FONTS = "@fontsource-variable/atkinson-hyperlegible-next"
FACES = ("latin-wght-normal", "latin-ext-wght-normal", "latin-wght-italic")
SOURCES = ROOT / "src/strate/web/islands"
ISLANDS = ("part", "layers", "plate", "camera")
BUNDLER = ROOT / "node_modules/.bin/esbuild"
# Reads the labels that the camera sees.
DECODER = "zxing_reader.wasm"
# What the oldest tablets of a hall understand.
TARGET = "es2021"


def wanted() -> dict[Path, Path]:
    """Every file to bring: where it is installed, where the pages look for it."""
    package = ROOT / "node_modules" / FONTS
    faces = {
        package / "files" / f"atkinson-hyperlegible-next-{face}.woff2": VENDOR / "fonts" / f"{face}.woff2"
        for face in FACES
    }
    licence = ROOT / "node_modules/three/LICENSE"
    decoder = ROOT / "node_modules/zxing-wasm"
    return {
        **faces,
        package / "LICENSE": VENDOR / "fonts" / "LICENSE",
        licence: VENDOR / "islands" / "LICENSE-three",
        decoder / "LICENSE": VENDOR / "islands" / "LICENSE-zxing-wasm",
        decoder / "dist/reader/zxing_reader.wasm": VENDOR / "islands" / DECODER,
    }


def is_fresh(source: Path, target: Path) -> bool:
    return target.exists() and (not source.exists() or target.stat().st_size == source.stat().st_size)


def install_packages() -> None:
    """Installs what package-lock.json says, only when something is missing."""
    npm = shutil.which("npm")
    if npm is None:
        sys.exit("npm is missing: install Debian's packages nodejs and npm, then try again.")
    command = [npm, "ci", "--no-progress", "--silent", "--no-audit", "--no-fund", "--ignore-scripts"]
    subprocess.run(command, cwd=ROOT, check=True)


def stamp_of(sources: Path = SOURCES) -> str:
    """Changes when an island, the bundler, three.js or this recipe does."""
    read = [*sorted(sources.rglob("*.js")), ROOT / "package-lock.json", Path(__file__)]
    digest = hashlib.sha256()
    for path in read:
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def is_bundled(target: Path = VENDOR / "islands") -> bool:
    kept = target / ".stamp"
    whole = all((target / f"{name}.js.gz").exists() for name in ISLANDS)
    return whole and kept.exists() and kept.read_text() == stamp_of()


def bundle(target: Path = VENDOR / "islands") -> None:
    """One minified module for each island, and its packed twin."""
    entries = [str(SOURCES / f"{name}.js") for name in ISLANDS]
    options = ["--bundle", "--minify", "--format=esm", f"--target={TARGET}", "--log-level=warning"]
    subprocess.run([BUNDLER, *entries, *options, f"--outdir={target}"], cwd=ROOT, check=True)
    for name in ISLANDS:
        whole = (target / f"{name}.js").read_bytes()
        (target / f"{name}.js.gz").write_bytes(gzip.compress(whole, 9, mtime=0))
    decoder = VENDOR / "islands" / DECODER
    (target / f"{DECODER}.gz").write_bytes(gzip.compress(decoder.read_bytes(), 9, mtime=0))
    (target / ".stamp").write_text(stamp_of())


def main() -> None:
    pairs = wanted()
    if all(is_fresh(source, target) for source, target in pairs.items()) and is_bundled():
        return
    if not all(source.exists() for source in pairs) or not BUNDLER.exists():
        install_packages()
    for source, target in pairs.items():
        if not is_fresh(source, target):
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
    if not is_bundled():
        bundle()


if __name__ == "__main__":
    main()
