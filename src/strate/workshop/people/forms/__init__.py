"""The fields of the people room's pages."""

from strate.workshop.people.forms.records import (
    AuthorisationForm,
    CertificationForm,
    DateInput,
    DemandForm,
    JoinForm,
    QualificationForm,
    TeamForm,
)
from strate.workshop.people.forms.who import (
    LANGUAGES,
    BadgeForm,
    GivenPasswordForm,
    GivenPinForm,
    InstallForm,
    OwnPasswordForm,
    OwnPinForm,
    PasswordSignIn,
    PersonForm,
    ReasonForm,
    RoleForm,
    StationForm,
    TokenForm,
)

__all__ = [
    "LANGUAGES",
    "AuthorisationForm",
    "BadgeForm",
    "CertificationForm",
    "DateInput",
    "DemandForm",
    "GivenPasswordForm",
    "GivenPinForm",
    "InstallForm",
    "JoinForm",
    "OwnPasswordForm",
    "OwnPinForm",
    "PasswordSignIn",
    "PersonForm",
    "QualificationForm",
    "ReasonForm",
    "RoleForm",
    "StationForm",
    "TeamForm",
    "TokenForm",
]
