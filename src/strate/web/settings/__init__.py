"""How the program is set up; every value an installation may change is a STRATE_* environment variable."""

import os

# The settings of the tests live in this package too: they choose their own home before anything is read.
if os.environ.get("DJANGO_SETTINGS_MODULE", __name__) == __name__:
    from strate.web.settings.base import *  # noqa: F403  Django reads settings as module attributes
