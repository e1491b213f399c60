"""The shop of the tests."""

from tests.workshop.plate import furnished, shop

__all__ = ["furnished", "shop"]
