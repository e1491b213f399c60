"""Pièces: what is made, its revisions and their verified exchange files."""
