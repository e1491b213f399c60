"""The engine under the family tree: counted loops in C over arrays whose sizes are checked before."""

from pathlib import Path

from strate.kernels.compiled import Engine

function = Engine(Path(__file__).with_name("engine")).function
