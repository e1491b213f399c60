"""The mass balance at the end of a build: what went in must be found again, to a tolerance (handbook 2.7)."""

from dataclasses import dataclass
from decimal import Decimal

from strate.workshop.journal.refusals import Reason

# Site defaults by family, to be decided by each shop: 1 % metal, 2 % polymer, 3 % sand.
TOLERANCES = {"metal": Decimal("0.01"), "polymer": Decimal("0.02"), "sand": Decimal("0.03")}


@dataclass(frozen=True)
class Weighed:
    """Everything that was weighed around one build, in milligrams."""

    input_mg: int
    parts_mg: int = 0
    supports_mg: int = 0
    recovered_mg: int = 0
    oversize_mg: int = 0
    filters_mg: int = 0
    samples_mg: int = 0
    residual_mg: int = 0

    @property
    def found_mg(self) -> int:
        return (
            self.parts_mg
            + self.supports_mg
            + self.recovered_mg
            + self.oversize_mg
            + self.filters_mg
            + self.samples_mg
            + self.residual_mg
        )


@dataclass(frozen=True)
class Balance:
    """What could not be explained, and whether it is more than is tolerated."""

    weighed: Weighed
    unexplained_mg: int
    unexplained_share: Decimal
    tolerance_share: Decimal
    yield_share: Decimal

    @property
    def reasons(self) -> list[Reason]:
        if abs(self.unexplained_share) <= self.tolerance_share:
            return []
        values = {
            "unexplained_mg": self.unexplained_mg,
            "share": self.unexplained_share,
            "tolerance_share": self.tolerance_share,
        }
        return [Reason("mass_not_explained", values, lifted_by=("quality",), overridable=True)]


def mass_balance(weighed: Weighed, *, family: str, tolerance_share: Decimal | None = None) -> Balance:
    """Input against everything found again; a gain is as suspicious as a loss."""
    unexplained = weighed.input_mg - weighed.found_mg
    kept = weighed.parts_mg + weighed.supports_mg + weighed.recovered_mg
    # What is found where nothing went in cannot be explained either.
    whole = Decimal(weighed.input_mg or weighed.found_mg or 1)
    tolerance = TOLERANCES[family] if tolerance_share is None else tolerance_share
    return Balance(weighed, unexplained, unexplained / whole, tolerance, kept / whole)
