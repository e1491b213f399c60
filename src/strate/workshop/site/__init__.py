"""Réglages: what each site decides for itself, its places, and the reading of its lists."""
