"""The doors of qualification for programs: each part of the room publishes its verbs on the same router."""

from strate.workshop.qualification.api import candidate  # noqa: F401  its verbs join the router as it is read
from strate.workshop.qualification.api.router import router

__all__ = ["router"]
