"""The composition root: where the rooms are put together when the program starts."""

from importlib import import_module

from django.apps import AppConfig

from strate.rooms import room_modules


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
