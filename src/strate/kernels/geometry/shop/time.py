"""How long a build lasts: layers to spread and volume to melt, by the machine's own figures."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

Number = Decimal | int


@dataclass(frozen=True)
class MachinePace:
    """What a machine needs for a layer and for a volume; before and after, inerting, heating and cooling."""

    recoat_s: Decimal
    melt_mm3_per_s: Decimal
    before_s: Decimal = Decimal(0)
    after_s: Decimal = Decimal(0)


@dataclass(frozen=True)
class BuildTime:
    """The parts of the time of a build, in seconds."""

    before_s: Decimal
    recoat_s: Decimal
    melt_s: Decimal
    after_s: Decimal

    @property
    def layers_s(self) -> Decimal:
        """From the first layer to the last, without inerting, heating and cooling."""
        return self.recoat_s + self.melt_s

    @property
    def total_s(self) -> Decimal:
        return self.before_s + self.layers_s + self.after_s

    @property
    def hours(self) -> Decimal:
        return (self.total_s / 3600).quantize(Decimal("0.001"), ROUND_HALF_UP)


def build_time(*, layers: int, volume_mm3: Number, pace: MachinePace) -> BuildTime:
    """Layers × recoating + volume ÷ melting rate, as published planning models do; supports not counted."""
    if layers < 0 or volume_mm3 < 0 or pace.melt_mm3_per_s <= 0 or pace.recoat_s < 0:
        raise ValueError("layers, volume and pace cannot be negative")
    melt = Decimal(volume_mm3) / pace.melt_mm3_per_s
    return BuildTime(pace.before_s, layers * pace.recoat_s, melt, pace.after_s)
