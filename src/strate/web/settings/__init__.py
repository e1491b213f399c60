"""How the program is set up; every value an installation may change is a STRATE_* environment variable."""

from strate.web.settings.base import *  # noqa: F403  Django reads settings as module attributes
