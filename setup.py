"""Builds the one compiled part of Strate: the geometry engine (docs/decisions/0010)."""

from pathlib import Path

from setuptools import Extension, setup

NATIVE = Path("src/strate/kernels/geometry/native")

# No -march and no fused multiply-add: the same file gives the same numbers on every machine.
engine = Extension(
    "strate.kernels.geometry.native.engine",
    sources=sorted(str(source) for source in NATIVE.glob("*.c")),
    depends=sorted(str(header) for header in NATIVE.glob("*.h")),
    extra_compile_args=[
        "-std=c11",
        "-O3",
        "-ffp-contract=off",
        "-fno-math-errno",
        "-fvisibility=hidden",
        "-Wall",
        "-Wextra",
    ],
)

setup(ext_modules=[engine])
