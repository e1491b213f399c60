"""A whole production, played by the demo people through the product's own acts, against a real (simulated) machine."""

from strate.web.production.play import play

__all__ = ["play"]
