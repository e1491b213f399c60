"""Makes typefaces that the printed dossier can use from those of the screens: upright and bold, as TrueType files.

`python -m tools.typefaces`, after tools/assets.py. Without fontTools nothing is made, it is said, and the printer
uses its own serif.
"""

import sys
from importlib.util import find_spec
from pathlib import Path

FONTS = Path(__file__).resolve().parents[1] / "src/strate/web/static/vendor/fonts"
PRINTED = FONTS / "print"
FACES = ("latin-wght-normal", "latin-wght-italic")
WEIGHTS = (400, 500, 700)


def make(face: str, weight: int) -> None:
    """One weight of a variable typeface, cut out of it and written whole or not at all."""
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    font = instancer.instantiateVariableFont(TTFont(FONTS / f"{face}.woff2"), {"wght": weight})
    font.flavor = None
    font["OS/2"].usWeightClass = weight
    target = PRINTED / f"{face}-{weight}.ttf"
    part = target.with_suffix(".part")
    font.save(part)
    part.replace(target)


def main() -> None:
    wanted = [(face, weight) for face in FACES for weight in WEIGHTS]
    if all((PRINTED / f"{face}-{weight}.ttf").exists() for face, weight in wanted):
        return
    if not (find_spec("fontTools") and find_spec("brotli")):
        print("fontTools or brotli is missing: the printed dossier uses its own serif.", file=sys.stderr)
        return
    PRINTED.mkdir(parents=True, exist_ok=True)
    for face, weight in wanted:
        make(face, weight)


if __name__ == "__main__":
    main()
