"""How long a build will take, learnt from what its machine has already made; unknown is said, never guessed."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from strate.kernels.geometry.shop.numbers import outline_mm
from strate.kernels.geometry.shop.pace import Foretold, PaceRefused, PastBuild, Work, foretell, learn
from strate.workshop.builds import rules
from strate.workshop.builds.models import Build
from strate.workshop.feedstock import queries as feedstock
from strate.workshop.parts import queries as parts

ENDED = (rules.ENDED, rules.OPENED, rules.DEPOWDERED, rules.CLOSED)
# More builds than these say nothing more, and a machine changes with the years.
REMEMBERED = 60


@dataclass(frozen=True)
class Duration:
    """From the first layer to the last: what is foretold with its error, or why it is not known."""

    foretold: Foretold | None
    why_not: str = ""
    builds: int = 0
    error_percent: int = 0
    needed: int = 0

    @property
    def span(self) -> timedelta | None:
        return timedelta(seconds=int(self.foretold.seconds)) if self.foretold else None

    @property
    def error(self) -> timedelta | None:
        return timedelta(seconds=int(self.foretold.error_s)) if self.foretold else None


def duration(build: Build) -> Duration:
    """How long this build takes on its machine, by the builds the machine has ended."""
    try:
        pace = learn(past(build.machine, build))
    except PaceRefused as unknown:
        values = {name: int(value or 0) for name, value in unknown.values.items()}
        return Duration(None, unknown.code, **values)
    return Duration(foretell(pace, work(build)), builds=pace.builds)


def past(machine: str, besides: Build) -> list[PastBuild]:
    """The builds of a machine that went to their last layer, the latest ones, pauses taken out."""
    found = Build.objects.filter(
        machine=machine, state__in=ENDED, launched_at__isnull=False, ended_at__isnull=False
    )
    rows = (
        found.exclude(pk=besides.pk)
        .prefetch_related("orders", "interruptions")
        .order_by("-ended_at")[:REMEMBERED]
    )
    whole = [row for row in rows if row.layers_done >= row.layers_planned > 0]
    return [PastBuild(work(row), seconds) for row in whole if (seconds := _at_work_s(row)) > 0]


def _at_work_s(build: Build) -> float:
    if build.launched_at is None or build.ended_at is None:
        return 0.0
    pauses = [s.ended_at - s.started_at for s in build.interruptions.all() if s.ended_at]
    return (build.ended_at - build.launched_at - sum(pauses, timedelta())).total_seconds()


def work(build: Build) -> Work:
    """Layers, matter to melt and length of the outlines; a file verified before outlines were measured gives none."""
    density = feedstock.material(build.material).density_g_cm3 or Decimal(1)
    volume = Decimal(build.parts_mg) / density  # mg ÷ (g/cm³) = mm³
    sides = [_sides_mm2(row.part, row.revision, row.file_digest) * row.quantity for row in build.orders.all()]
    known = bool(sides) and all(sides) and build.layer_um > 0
    outline = outline_mm(sum(sides), build.layer_um) if known else 0.0
    return Work(build.layers_planned, float(volume), outline)


def _sides_mm2(part: str, revision: str, digest: str) -> float:
    file = next((f for f in parts.files(part) if f.digest == digest and f.revision == revision), None)
    return float(file.verdict.get("sides_mm2") or 0.0) if file else 0.0
