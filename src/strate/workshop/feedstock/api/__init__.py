"""The powder over the API: its life (verbs of the door and the machine) and its matter (properties, limits)."""

from strate.workshop.feedstock.api import gestures as gestures
from strate.workshop.feedstock.api import matter as matter
from strate.workshop.feedstock.api.life import router

__all__ = ["router"]
