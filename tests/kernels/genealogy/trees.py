"""Family trees for the tests: any shape hypothesis finds, and the slow exact answer to compare with."""

from collections import defaultdict
from fractions import Fraction

from hypothesis import strategies as st

from strate.kernels.genealogy import Own, of_mixture, of_origin
from strate.kernels.genealogy.carried import Carried

Line = tuple[int, int, int]


MASSES = st.integers(1, 10**11)


@st.composite
def trees(draw: st.DrawFn, most: int = 14, masses: st.SearchStrategy[int] = MASSES) -> list[Line]:
    """Lines (parent, child, mass): a child is made after its parents, of one to four of them."""
    count = draw(st.integers(2, most))
    lines = []
    for child in range(1, count):
        for _ in range(draw(st.integers(0, 4))):
            lines.append((draw(st.integers(0, child - 1)), child, draw(masses)))
    return lines or [(0, 1, draw(masses))]


def slowly_made_of(lines: list[Line], start: int) -> dict[int, Fraction]:
    """The exact share of each origin, by ratios: right, and hopeless at depth 49."""
    parents: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for parent, child, mass in lines:
        parents[child].append((parent, mass))
    if start not in parents:
        return {start: Fraction(1)}
    whole = sum(mass for _, mass in parents[start])
    shares: dict[int, Fraction] = defaultdict(Fraction)
    for parent, mass in parents[start]:
        for origin, share in slowly_made_of(lines, parent).items():
            shares[origin] += share * Fraction(mass, whole)
    return dict(shares)


def after_refreshes(fresh_mg: int, kept_mg: int, times: int, hours: int = 0) -> Carried:
    """A constant pool: after each build, `kept` of the used powder and `fresh` of virgin are mixed."""
    pool = of_origin(Own())
    for _ in range(times):
        used = of_mixture([(1, pool)], Own(builds=1, hours=hours))
        pool = of_mixture([(fresh_mg, of_origin(Own())), (kept_mg, used)], Own())
    return pool
