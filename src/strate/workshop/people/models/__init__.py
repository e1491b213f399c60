"""Who works here, on which tablets, and the records that let them act."""

from strate.workshop.people.models.records import Authorisation, Certification, Demand, OperatorQualification
from strate.workshop.people.models.who import (
    Person,
    PersonManager,
    RoleHeld,
    Station,
    Team,
    TeamMember,
    Token,
    new_pseudonym,
)

__all__ = [
    "Authorisation",
    "Certification",
    "Demand",
    "OperatorQualification",
    "Person",
    "PersonManager",
    "RoleHeld",
    "Station",
    "Team",
    "TeamMember",
    "Token",
    "new_pseudonym",
]
