"""The family tree of matter: exact shares of what something is made of and of what was made of it."""

from strate.kernels.genealogy.carried import Carried, Own, carry, mixed, of_mixture, of_origin
from strate.kernels.genealogy.closure import Closure, ancestors, closure_of, descendants, descendants_of
from strate.kernels.genealogy.graph import Edges, Graph
from strate.kernels.genealogy.order import Loop, loop_in, rounds
from strate.kernels.genealogy.shares import DECIMALS, ONE, apportion, written
from strate.kernels.genealogy.tracing import Trace, made_of, where_used

__all__ = [
    "DECIMALS",
    "ONE",
    "Carried",
    "Closure",
    "Edges",
    "Graph",
    "Loop",
    "Own",
    "Trace",
    "ancestors",
    "apportion",
    "carry",
    "closure_of",
    "descendants",
    "descendants_of",
    "loop_in",
    "made_of",
    "mixed",
    "of_mixture",
    "of_origin",
    "rounds",
    "where_used",
    "written",
]
