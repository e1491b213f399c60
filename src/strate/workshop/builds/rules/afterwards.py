"""After the launch: when a held build may go on, when a chamber may be opened."""

from datetime import datetime
from decimal import Decimal

from strate.workshop.journal.refusals import Reason


def resume_reasons(
    *, pause_min: Decimal, pause_max_min: Decimal | None, opened: bool, source: str
) -> list[Reason]:
    """Why a build cannot simply go on: a long pause or an opened chamber is methods' or quality's to decide (O40)."""
    reasons = []
    if pause_max_min is not None and pause_min > pause_max_min:
        values = {"pause_min": pause_min, "max_min": pause_max_min}
        reasons.append(Reason("pause_too_long", values, source, ("quality", "methods"), overridable=True))
    if opened:
        reasons.append(Reason("chamber_was_opened", {}, source, ("quality", "methods"), overridable=True))
    return reasons


def open_reasons(
    *, plate_celsius: Decimal | None, below_celsius: Decimal | None, room_percent: Decimal | None, source: str
) -> list[Reason]:
    """Why the chamber may not be opened yet (handbook 4.2: cool under gas, then check the room's oxygen)."""
    reasons = []
    if below_celsius is not None and plate_celsius is None:
        reasons.append(Reason("temperature_unknown", {}, source, ("maintenance",)))
    elif below_celsius is not None and plate_celsius is not None and plate_celsius >= below_celsius:
        values = {"plate_celsius": plate_celsius, "below_celsius": below_celsius}
        reasons.append(Reason("still_too_hot", values, source, ("operator",)))
    if room_percent is not None and room_percent < Decimal("19.5"):
        reasons.append(
            Reason("room_oxygen_low", {"room_percent": room_percent, "min_percent": Decimal("19.5")})
        )
    return reasons


def pause_minutes(start: datetime, end: datetime) -> Decimal:
    """How long a build stood still, in minutes to the tenth."""
    return (Decimal(int((end - start).total_seconds())) / 60).quantize(Decimal("0.1"))
