"""How a PIN or a password is kept: Argon2id, one at a time, so that fifty signatures do not stop the workshop."""

import threading
from typing import Any

from django.contrib.auth.hashers import Argon2PasswordHasher

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
