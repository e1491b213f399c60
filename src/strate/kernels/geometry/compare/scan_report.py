"""The answer to a scan: verdict, deviations, what was not scanned, the worst places, and every doubt."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from strate.kernels.geometry.compare.cells import LISTED, Region, regions_of
from strate.kernels.geometry.compare.nearest import Floats
from strate.kernels.geometry.compare.placing import other_ways
from strate.kernels.geometry.compare.registration import Progress, silent
from strate.kernels.geometry.compare.scans import (
    COVERED_ENOUGH,
    OUTSIDE_ALLOWED,
    Figures,
    Measured,
    Spot,
    ZoneResult,
    figures_of,
    judge,
    judge_zone,
    measure_scan,
    state_of,
    worst_spots,
)
from strate.kernels.geometry.compare.tolerances import Tolerance, Zone
from strate.kernels.geometry.refusal import Finding, Plain
from strate.kernels.geometry.skin.mesh import Mesh

POOR_FIT = 0.03
"""The rms left after laying the scan down, as a share of the size of the part, that means another part."""
MANY_FAR, SIZE_OFF = 0.05, 0.002


@dataclass(frozen=True, eq=False)
class ScanReport:
    """All that is known of a scan beside its nominal; lengths in mm, in the frame of the nominal."""

    state: str
    """within, out, unknown, or measured when no tolerance was given."""
    whole: str
    """The same for the whole part alone, without its zones."""
    figures: Figures
    tolerance: Tolerance | None
    unit: str
    pose: tuple[tuple[float, ...], ...] | None
    """What lays the scan (in mm) on the nominal; None: taken as it lay."""
    turned_deg: float | None
    moved_mm: float | None
    ambiguous: bool
    other_ways_deg: tuple[float, ...]
    far_points: int
    strays: int
    reach_mm: float
    growth: float | None
    """By what share the scan is larger than the nominal; None: the points do not tell."""
    regions: tuple[Region, ...]
    unseen: tuple[Region, ...]
    zones: tuple[ZoneResult, ...]
    worst: tuple[Spot, ...]
    findings: tuple[Finding, ...]

    def to_dict(self) -> dict[str, Any]:
        plain = asdict(self)
        plain["findings"] = [dict(asdict(f), values=dict(f.values)) for f in self.findings]
        for kind in ("regions", "unseen"):
            for region, each in zip(getattr(self, kind), plain[kind], strict=True):
                each["extent_mm"] = region.extent_mm
        return {"kind": "scan", **plain}


def compare_scan(
    nominal: Mesh,
    points: Floats,
    *,
    tolerance: Tolerance | None = None,
    zones: Sequence[Zone] = (),
    as_placed: bool = False,
    reach_mm: float | None = None,
    tell: Progress = silent,
) -> ScanReport:
    """Compare the points of a scan with the nominal mesh; both are left as they are."""
    measured = measure_scan(nominal, points, as_placed=as_placed, reach_mm=reach_mm, tell=tell)
    return report_on(measured, tolerance, zones)


def report_on(measured: Measured, tolerance: Tolerance | None, zones: Sequence[Zone]) -> ScanReport:
    found, covered = measured.placed.registration, float(measured.covered.mean())
    poor = poor_fit(measured)
    figures = figures_of(measured.deviations, covered, None)
    regions: list[Region] = []
    if tolerance is not None:
        figures, regions = judge(measured, tolerance)
    ambiguous = found is not None and found.ambiguous
    results = tuple(judge_zone(measured, zone, ambiguous or poor) for zone in zones)
    state = "measured" if tolerance is None and not zones else _overall(measured, figures, regions, results)
    whole = "measured" if tolerance is None else state_of(figures, regions, poor)
    growth, unseen = growth_of(measured), unseen_of(measured)
    report = ScanReport(
        state=state,
        whole=whole,
        figures=figures,
        tolerance=tolerance,
        unit=measured.placed.unit,
        pose=None if found is None else tuple(tuple(map(float, row)) for row in found.pose),
        turned_deg=None if found is None else found.start_deg,
        moved_mm=None if found is None else found.start_mm,
        ambiguous=ambiguous,
        other_ways_deg=tuple(other_ways(found)),
        far_points=measured.far,
        strays=measured.strays,
        reach_mm=measured.reach_mm,
        growth=growth,
        regions=tuple(regions),
        unseen=unseen,
        zones=results,
        worst=worst_spots(measured),
        findings=(),
    )
    findings = (*_doubts(measured, report, poor), *_deviations(report))
    return ScanReport(**{**report.__dict__, "findings": findings})


def _overall(
    measured: Measured, figures: Figures, regions: list[Region], zones: tuple[ZoneResult, ...]
) -> str:
    """The gravest of the whole and of its zones; without a tolerance for the whole, the zones decide."""
    states = {zone.state for zone in zones}
    if figures.outside is not None:
        states.add(state_of(figures, regions, poor_fit(measured)))
    if measured.far_inside > OUTSIDE_ALLOWED * len(measured.deviations):
        states.add("out")
    return next(state for state in ("out", "unknown", "within") if state in states)


def poor_fit(measured: Measured) -> bool:
    rms = float(np.sqrt((measured.deviations**2).mean()))
    return rms > POOR_FIT * measured.size_mm or measured.far > MANY_FAR * len(measured.deviations)


def unseen_of(measured: Measured) -> tuple[Region, ...]:
    """Where the nominal has no measured point: unknown, never fine."""
    missing = measured.looked_at.points[~measured.covered]
    found = regions_of(measured.grid, missing, np.zeros(len(missing)), measured.looked_at.area_mm2)
    return tuple(sorted(found, key=lambda region: -region.points)[:LISTED])


def growth_of(measured: Measured) -> float | None:
    """The common growth or shrinkage that explains the deviations best, beside a last small turn and shift."""
    some = np.linspace(0, len(measured.feet) - 1, min(len(measured.feet), 50_000)).astype(np.int64)
    arms = (measured.feet[some] - measured.feet[some].mean(axis=0)) / measured.size_mm
    normals, away = measured.normals[some], measured.deviations[some]
    rows = np.concatenate([np.cross(arms, normals), normals, (arms * normals).sum(1)[:, None]], axis=1)
    square = rows.T @ rows
    values, vectors = np.linalg.eigh(square)
    free = vectors[:, values < values[-1] * 1e-6]
    if (np.abs(free[6]) > 1e-3).any():
        return None
    kept = values >= values[-1] * 1e-6
    answer = vectors[:, kept] @ ((vectors[:, kept].T @ (rows.T @ away)) / values[kept])
    return float(answer[6]) / measured.size_mm


def _doubts(measured: Measured, report: ScanReport, poor: bool) -> list[Finding]:
    found = []
    if report.unit != "mm":
        found.append(Finding("scan_in_other_unit", "warn", {"unit": report.unit}))
    if poor:
        rms = report.figures.rms_mm
        found.append(
            Finding("scan_does_not_fit", "refuse", {"rms_mm": rms and round(rms, 4)}, measured.far_at)
        )
    if report.ambiguous:
        found.append(Finding("scan_ambiguous", "warn", {"ways": len(report.other_ways_deg) + 1}))
    if not measured.skin.closed:
        share = round(100 * float((~measured.sure).mean()), 2)
        found.append(Finding("nominal_open", "warn", {"percent": share}))
    if measured.skin.inside_out:
        found.append(Finding("nominal_inside_out", "warn"))
    if measured.far:
        values = {"count": measured.far, "reach_mm": round(measured.reach_mm, 3)}
        found.append(Finding("scan_far_points", "warn", values, measured.far_at))
    if measured.far_inside > OUTSIDE_ALLOWED * len(measured.deviations):
        values = {"count": measured.far_inside, "reach_mm": round(measured.reach_mm, 3)}
        found.append(Finding("scan_deep_inside", "warn", values, measured.far_inside_at))
    if measured.strays:
        found.append(Finding("scan_strays", "info", {"count": measured.strays}))
    return found


def _deviations(report: ScanReport) -> list[Finding]:
    found = []
    covered = report.figures.covered
    if covered < COVERED_ENOUGH:
        values = {"percent": round(100 * (1 - covered), 1)}
        first = report.unseen[0] if report.unseen else None
        found.append(
            Finding(
                "not_scanned", "warn", values, None if first is None else first.centre_mm, box_mm=_box(first)
            )
        )
    if report.growth is not None and abs(report.growth) >= SIZE_OFF:
        code = "scan_larger" if report.growth > 0 else "scan_smaller"
        found.append(Finding(code, "warn", {"percent": round(100 * abs(report.growth), 2)}))
    for region in report.regions[:10]:
        found.append(_out(region, {}))
    for zone in report.zones:
        if zone.state == "unknown":
            found.append(Finding("zone_unknown", "warn", {"zone": zone.name}))
        for region in zone.regions[:5]:
            found.append(_out(region, {"zone": zone.name}))
    if report.state == "out" and not any(f.code.startswith("out_of_tolerance") for f in found):
        percent = round(
            100 * max([report.figures.outside or 0, *[z.figures.outside or 0 for z in report.zones]]), 3
        )
        spot = report.worst[0].point_mm if report.worst else None
        found.append(Finding("points_out_of_tolerance", "warn", {"percent": percent}, spot))
    return found


def _out(region: Region, values: dict[str, str]) -> Finding:
    code = "out_of_tolerance_in_zone" if values else "out_of_tolerance"
    told: dict[str, Plain] = {
        "deviation_mm": round(region.worst_mm, 4),
        "extent_mm": round(region.extent_mm, 2),
        **values,
    }
    return Finding(code, "warn", told, region.worst_at_mm, box_mm=_box(region))


def _box(region: Region | None) -> Any:
    return None if region is None else (region.low_mm, region.high_mm)


def deviation_map(measured: Measured, most: int = 100_000) -> bytes:
    """The deviations for a picture: patches of points as little-endian float32 x, y, z, deviation (mm)."""
    patches = measured.patches
    rows = np.concatenate([patches.places, patches.mean_mm[:, None]], axis=1)
    if len(rows) > most:
        rows = rows[np.linspace(0, len(rows) - 1, most).astype(np.int64)]
    return rows.astype("<f4").tobytes()


def encoded_map(measured: Measured) -> str:
    return b64encode(deviation_map(measured)).decode()
