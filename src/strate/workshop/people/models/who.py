"""Who works here, with which roles, in which team, on which tablets."""

import secrets

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


def new_pseudonym() -> str:
    """What the journal calls a person: it says nothing, so that forgetting a person touches no fact."""
    return f"p-{secrets.token_hex(6)}"


class PersonManager(BaseUserManager["Person"]):
    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(login=username)


class Person(AbstractBaseUser):
    """Somebody who works here. `pseudonym` is what facts hold; `badge` identifies; PIN or password proves."""

    pseudonym = models.CharField(max_length=40, primary_key=True, default=new_pseudonym)
    login = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    badge = models.CharField(max_length=60, unique=True, null=True)
    pin = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=2, default="fr")
    is_active = models.BooleanField(default=True)
    left_on = models.DateField(null=True)
    # Given by an administrator: the person chooses their own before writing anything.
    pin_is_temporary = models.BooleanField(default=False)
    password_is_temporary = models.BooleanField(default=False)
    # Wrong secrets in a row, and until when the door stays shut: the delay doubles.
    wrong_tries = models.PositiveSmallIntegerField(default=0)
    shut_until = models.DateTimeField(null=True)

    objects = PersonManager()
    USERNAME_FIELD = "login"
    last_login = None  # signing in is a fact, not a column

    class Meta:
        ordering = ["name"]

    @property
    def ref(self) -> str:
        return f"person:{self.pseudonym}"


class RoleHeld(models.Model):
    """A role a person holds."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="roles")
    role = models.CharField(max_length=30)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "role"], name="one_role_once")]


class Team(models.Model):
    """People who work the same shift; the matrix shows what a team can do, and what nobody in it may."""

    code = models.CharField(max_length=40, unique=True)
    title = models.CharField(max_length=120)
    retired = models.BooleanField(default=False)

    class Meta:
        ordering = ["title", "code"]

    @property
    def ref(self) -> str:
        return f"team:{self.code}"


class TeamMember(models.Model):
    """Somebody belongs to one team at a time."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="membership")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="members")


class Station(models.Model):
    """A shared tablet or desk, enrolled once; `secret` is the digest of what its cookie holds."""

    code = models.CharField(max_length=40, unique=True)
    title = models.CharField(max_length=120)
    shared = models.BooleanField(default=True)
    place = models.CharField(max_length=120, blank=True)
    idle_minutes = models.PositiveSmallIntegerField(default=5)
    secret = models.CharField(max_length=64, blank=True)
    retired = models.BooleanField(default=False)

    @property
    def ref(self) -> str:
        return f"station:{self.code}"


class Token(models.Model):
    """What a program shows to be let in: the digest of a secret, for a person or the gateway of machines."""

    digest = models.CharField(max_length=64, primary_key=True)
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="tokens")
    purpose = models.CharField(max_length=30, default="api")
    title = models.CharField(max_length=120)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    revoked = models.BooleanField(default=False)
