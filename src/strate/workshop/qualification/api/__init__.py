"""The doors of qualification for programs: each part of the room publishes its verbs on the same router."""

from strate.workshop.qualification.api import candidate, jury  # noqa: F401  their verbs join the router as they are read
from strate.workshop.qualification.api.router import router

__all__ = ["router"]
