"""Consignes: what one shift leaves to the next, and the next taking it over."""
