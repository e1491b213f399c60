"""Avis: what the house tells somebody, on screen, about a thing; a tap leads to it."""
