"""Traceability: from a part to every supplier lot, from a lot to every part, on one screen."""
