"""The demo shop: an invented workshop made through the product's own actions, to try everything on."""

from strate.web.demo.build import create, exists

__all__ = ["create", "exists"]
