"""Étiquettes: anything with a label can be scanned, and says what can be done with it now."""
