"""Blocages: a named reason that stops a thing, on anything, until the right person lifts it."""
