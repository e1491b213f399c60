"""Ordres de fabrication: what to make, how many, for when, in which queue."""
