"""What the rooms above show on the page of an order: the powder its builds need, and its arithmetic."""

from collections.abc import Callable

from strate.workshop.things.registry import Panel

PanelsOf = Callable[[str], list[Panel]]
_panels: list[PanelsOf] = []


def panels_from(ask: PanelsOf) -> PanelsOf:
    """`@panels_from` on a function of an order's code: the panels that a room shows of it."""
    _panels.append(ask)
    return ask


def panels(order: str) -> list[Panel]:
    """All that the rooms above show of an order; a small rank comes first."""
    return sorted((panel for ask in _panels for panel in ask(order)), key=lambda panel: panel.rank)
