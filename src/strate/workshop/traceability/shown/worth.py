"""How used and how old the powder of a trace is, worked out again along its family tree."""

from dataclasses import dataclass
from decimal import Decimal

from strate.kernels.genealogy import ONE, Own, Trace, carry
from strate.workshop.feedstock.rules import Share
from strate.workshop.traceability.queries import tree
from strate.workshop.traceability.queries.subject import Subject
from strate.workshop.traceability.shown import words

# Beyond so many lots the page would wait for it; each lot keeps its own age anyway.
MOST = 2_000


@dataclass(frozen=True)
class Worth:
    """`shares[n]` is the share of the powder that has seen n builds."""

    shares: list[Decimal]
    used: str
    age_max: int
    age_mean: Decimal


def worth(of: Subject, back: Trace | None) -> Worth | None:
    """The powder as it was poured: that of a build before the build made it one older."""
    if back is None or len(back.nodes) > MOST:
        return None
    own = {each.pk: Own(builds=1) for each in tree.recovered(back.nodes.tolist())}
    carried = carry(back.closure, own)[back.closure.start]
    ages = carried.ages[1:] if of.build and not of.place else carried.ages
    return Worth(
        shares=[Share(units).decimal for units in ages],
        used=words.percent(ONE - ages[0]),
        age_max=max(age for age, share in enumerate(ages) if share),
        age_mean=Share(sum(age * share for age, share in enumerate(ages))).decimal,
    )
