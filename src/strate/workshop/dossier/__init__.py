"""Dossier de fabrication: gathered, signed, sealed, verified."""
