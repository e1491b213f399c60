"""Builds the compiled parts of Strate: the loops in C of the kernels that need them (docs/decisions/0010)."""

from pathlib import Path

from setuptools import Extension, setup


def engine(kernel: str) -> Extension:
    """The engine of one kernel. No -march and no fused multiply-add: the same numbers on every machine."""
    native = Path("src/strate/kernels") / kernel / "native"
    return Extension(
        f"strate.kernels.{kernel}.native.engine",
        sources=sorted(str(source) for source in native.glob("*.c")),
        depends=sorted(str(header) for header in native.glob("*.h")),
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


setup(ext_modules=[engine("geometry"), engine("genealogy")])
