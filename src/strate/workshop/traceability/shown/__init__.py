"""How a trace is shown: the drawing, the tables beside it, the words of both."""

from strate.workshop.traceability.shown.graph import drawing
from strate.workshop.traceability.shown.tables import Tables, tables
from strate.workshop.traceability.shown.words import percent
from strate.workshop.traceability.shown.worth import worth

__all__ = ["Tables", "drawing", "percent", "tables", "worth"]
