"""Machines et périphériques: what stands in the hall, its state, what is fitted on it, what it is told to do."""
