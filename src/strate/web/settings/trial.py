from strate.web.settings.base import *
MIGRATION_MODULES = {"strate": None}
