"""Pièces jointes: photos and files, kept by the digest of what they hold: none changes unseen."""
