"""The roles of the shop floor and what each may do: every room declares its rights here at start-up."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import RuleBroken

OPERATOR = "operator"
SHIFT_LEADER = "shift_leader"
METHODS = "methods"
QUALITY = "quality"
MAINTENANCE = "maintenance"
HSE = "hse"
DESIGN = "design"
TRAINER = "trainer"
ASSESSOR = "assessor"
AUDITOR = "auditor"
CENTRE = "centre"
JUROR = "juror"
ADMIN = "admin"

ROLES: dict[str, Any] = {
    OPERATOR: _("Operator"),
    SHIFT_LEADER: _("Shift leader"),
    METHODS: _("Process engineer"),
    QUALITY: _("Quality"),
    MAINTENANCE: _("Maintenance"),
    HSE: _("HSE"),
    DESIGN: _("Design office"),
    TRAINER: _("Trainer"),
    ASSESSOR: _("Assessor"),
    AUDITOR: _("Auditor"),
    CENTRE: _("Certification centre"),
    JUROR: _("Juror"),
    ADMIN: _("Administrator"),
    "machine": _("Machine"),
    "system": _("Strate"),
}

# What people can be given; "machine" and "system" are how the program itself acts.
GIVEN = tuple(role for role in ROLES if role not in ("machine", "system"))

# What an authorisation is about; its scope names which machine, material or zone.
AUTHORISATIONS: dict[str, Any] = {
    "machine": _("Machine"),
    "material": _("Material"),
    "zone": _("Zone"),
    "equipment": _("Equipment"),
    "power": _("Electrical habilitation"),
    "power_on": _("Switching a machine on"),
    "laser": _("Laser"),
    "licence": _("Licence to drive"),
    "driving": _("Driving authorisation of the employer"),
    "atex": _("Explosive atmospheres (training)"),
    "inert_gas": _("Inert gases and oxygen"),
    "chemical": _("Chemical risk and CMR"),
    "fire": _("Extinguishers"),
    "first_aid": _("First aid at work"),
    "medical": _("Medical attestation (dates only)"),
    "inspection": _("Inspection"),
}

_rights: dict[str, frozenset[str]] = {}


def declare(right: str, *roles: str) -> None:
    """A room says which roles may do one of its verbs: `declare("feedstock.release", QUALITY)`."""
    if right in _rights:
        raise RuntimeError(f"{right} is declared twice")
    unknown = set(roles) - set(ROLES)
    if unknown:
        raise RuntimeError(f"{right}: unknown roles {sorted(unknown)}")
    _rights[right] = frozenset(roles)


def rights() -> dict[str, frozenset[str]]:
    """Every right of the house, with the roles that hold it."""
    return dict(_rights)


def may(by: Actor, right: str) -> bool:
    """Whether this actor's roles hold the right."""
    return bool(_rights[right] & by.roles)


def permit(by: Actor, right: str) -> None:
    """Refuse, naming who could, when the actor may not."""
    if not by.roles:
        raise RuleBroken("nobody_is_writing")
    if not may(by, right):
        raise RuleBroken("not_allowed", right=right, lifted_by=tuple(sorted(_rights[right])))
