"""What is written on the things of a trace: holds, anomalies, tests, where they lie."""

from strate.workshop.anomalies.queries import Anomaly
from strate.workshop.anomalies.queries import reported_on as reported
from strate.workshop.feedstock.genealogy import Lot, LotProperty, cards, lying, tests
from strate.workshop.holds.queries import Hold
from strate.workshop.holds.queries import stopping as stopped

__all__ = ["Anomaly", "Hold", "Lot", "LotProperty", "cards", "lying", "reported", "stopped", "tests"]
