"""Every table of the house, gathered from the rooms so that Django keeps one migration history."""

from importlib import import_module

from strate.rooms import room_modules

for _name in room_modules("models"):
    import_module(_name)
