"""What the demo shop knows of its powder: a usual specification approved, certificates typed, a sample measured."""

from datetime import timedelta

from django.utils import timezone

from strate.workshop.feedstock import actions as feedstock
from strate.workshop.feedstock import defaults
from strate.workshop.feedstock.rules.typed import Reading
from strate.workshop.journal import clock
from strate.workshop.journal.actor import Actor

# Element, share of mass: a certificate in commas and one gas in ppm, as suppliers write them.
CERTIFICATE = (
    ("Al", "6,32 %"),
    ("V", "4,05 %"),
    ("Fe", "0,18 %"),
    ("O", "0,12 %"),
    ("N", "200 ppm"),
    ("H", "0,003 %"),
    ("C", "0,01 %"),
    ("D10", "21 µm"),
    ("D50", "35,8 µm"),
    ("D90", "52 µm"),
    ("apparent_density", "2,53 g/cm³"),
    ("tap_density", "2,90 g/cm³"),
    ("hall_flow", "32"),
)


def specification(*, author: Actor, approver: Actor) -> None:
    """The usual lines for Ti-6Al-4V, written by one, approved by the other."""
    rows = defaults.rows("ti64", "ti64")
    lines = feedstock.import_limits(by=author, rows=rows, file_sha256=defaults.digest())
    feedstock.approve_limits(by=approver, material="ti64", limits=[line.pk for line in lines])


def certificate(lot: str, by: Actor) -> None:
    """What the certificate of a lot says, typed from the paper."""
    issued = timezone.localdate(clock.now()) - timedelta(days=30)
    readings = [Reading(property=code, value=value) for code, value in CERTIFICATE]
    feedstock.certify(by=by, lot=lot, readings=readings, number=f"C-{lot[-4:]}", type="3.1", issued_on=issued)


def measured(lot: str, by: Actor) -> None:
    """A fresh measure of used powder: a little more oxygen than on the certificate."""
    readings = [Reading(property="O", value="0,135 %"), Reading(property="moisture", value="90 ppm")]
    feedstock.measure(by=by, lot=lot, readings=readings, instrument="ONH-1")
