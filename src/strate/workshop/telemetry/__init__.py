"""Mesures: the signals of the machines, kept and read back; unknown is told as unknown."""
