"""Maintenance de premier niveau: the small cares that keep a machine fit, done by those who use it."""
