"""The laws of a build, by the moment at which they are asked."""

from strate.workshop.builds.rules.afterwards import open_reasons, pause_minutes, resume_reasons
from strate.workshop.builds.rules.launch import Fitted, LaunchSeen, launch_reasons
from strate.workshop.builds.rules.moves import (
    ABANDONED,
    ABORTED,
    CLOSED,
    DEPOWDERED,
    ENDED,
    HELD,
    LAUNCHED,
    LIVE,
    MOVES,
    OPENED,
    PREPARED,
    SENT,
    move,
)
from strate.workshop.builds.rules.plan import (
    Plan,
    Wanted,
    height_reasons,
    order_reasons,
    plate_reasons,
    routing_name,
    wanted,
)

__all__ = [
    "ABANDONED",
    "ABORTED",
    "CLOSED",
    "DEPOWDERED",
    "ENDED",
    "HELD",
    "LAUNCHED",
    "LIVE",
    "MOVES",
    "OPENED",
    "PREPARED",
    "SENT",
    "Fitted",
    "LaunchSeen",
    "Plan",
    "Wanted",
    "height_reasons",
    "launch_reasons",
    "move",
    "open_reasons",
    "order_reasons",
    "pause_minutes",
    "plate_reasons",
    "resume_reasons",
    "routing_name",
    "wanted",
]
