"""Travaux: what the server must still do later, promised in the same transaction as the fact that calls for it."""
