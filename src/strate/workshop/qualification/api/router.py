"""The router every part of the room publishes its verbs on."""

from ninja import Router

router = Router(tags=["qualification"])
