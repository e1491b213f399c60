"""Machines et périphériques: what stands in the hall, what is fitted on it, what it is told to do."""
