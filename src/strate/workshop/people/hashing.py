"""How a PIN or a password is kept: Argon2id, one at a time, so that fifty signatures stop nobody."""

import threading
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.contrib.auth.hashers import Argon2PasswordHasher, check_password, make_password
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

from strate.workshop.journal.refusals import Reason, Refused
from strate.workshop.people import rules

_one_at_a_time = threading.BoundedSemaphore(1)


class OneCoreArgon2(Argon2PasswordHasher):
    """Argon2id limited to one core of each server process."""

    memory_cost = 19_456
    time_cost = 2
    parallelism = 1

    def encode(self, password: str, salt: str) -> str:
        with _one_at_a_time:
            encoded: str = super().encode(password, salt)
        return encoded

    def verify(self, password: str, encoded: str) -> bool:
        with _one_at_a_time:
            return bool(super().verify(password, encoded))


class QuickArgon2(Argon2PasswordHasher):
    """The same algorithm with small costs, for the tests."""

    memory_cost = 64
    time_cost = 1
    parallelism = 1

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)


@dataclass(frozen=True)
class Sealed:
    """A secret already hashed, ready to be kept; it never says itself, in a log or a command's digest."""

    encoded: str

    def __str__(self) -> str:
        return "(sealed)"

    __repr__ = __str__


def seal_pin(pin: str) -> Sealed:
    """A PIN made ready to be kept; refused when too easy. Done before the act: it takes time."""
    reasons = rules.pin_faults(pin)
    if reasons:
        raise Refused(reasons)
    return Sealed(make_password(pin))


def seal_password(password: str) -> Sealed:
    """A password made ready to be kept; refused when it is too short or among the most common."""
    reasons = rules.password_faults(password)
    try:
        CommonPasswordValidator().validate(password)
    except ValidationError:
        reasons.append(Reason("password_too_common"))
    if reasons:
        raise Refused(reasons)
    return Sealed(make_password(password))


def matches(typed: str, kept: str) -> bool:
    """Whether what was typed is the secret kept; without one it takes as long and never matches."""
    if kept:
        return bool(check_password(typed, kept))
    check_password(typed, _nobodys())
    return False


@cache
def _nobodys() -> str:
    return make_password("a secret that nobody has, hashed so that asking takes as long")
