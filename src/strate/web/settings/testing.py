"""Settings of the tests: a throw-away home, or the PostgreSQL server the tests have started."""

import strate.web.settings.throwaway  # noqa: F401  the home must be set before the settings are read

from strate.web.settings.base import *  # noqa: F403  isort: skip
from strate.web.settings.base import DATABASES, ENV, LOGGING

if not ENV.database_url:
    # A file, not memory: threads and the writer lock must behave as in the workshop.
    DATABASES["default"]["TEST"] = {"NAME": str(ENV.home / "test.sqlite3")}
# Cheap but real Argon2: the hashing rules are tested, not the patience of the machine.
PASSWORD_HASHERS = ["strate.workshop.people.hashing.QuickArgon2"]
WHITENOISE_AUTOREFRESH = True
LOGGING["root"]["level"] = "ERROR"
