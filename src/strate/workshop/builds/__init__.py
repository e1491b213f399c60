"""Fabrications: one job on one machine, from set-up to depowdering; several orders may share it."""
