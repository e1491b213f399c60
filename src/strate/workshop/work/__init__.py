"""Travaux: what the server must do later, promised in the transaction of the fact that calls for it."""
