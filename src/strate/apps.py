"""The composition root: where the rooms are put together when the program starts."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig

from strate.rooms import ROOMS


def room_modules(floor: str) -> list[str]:
    """Names of the modules `strate.workshop.<room>.<floor>` that exist, from the floor of the house up."""
    names = (f"strate.workshop.{room}.{floor}" for room in ROOMS if find_spec(f"strate.workshop.{room}"))
    return [name for name in names if find_spec(name)]


class StrateConfig(AppConfig):
    name = "strate"
    label = "strate"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from strate.workshop.journal import guard

        guard.watch_every_connection()
        for floor in ("wording", "plugs"):
            for name in room_modules(floor):
                import_module(name)
