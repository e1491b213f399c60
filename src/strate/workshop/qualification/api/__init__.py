"""The doors of qualification for programs: each part of the room publishes its verbs on the same router."""

from ninja import Router

router = Router(tags=["qualification"])
