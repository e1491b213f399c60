"""Pièces jointes: photos and files, kept by the digest of what they hold, so that none can be changed unseen."""
