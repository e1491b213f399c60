"""Matières: lots, containers, the ledger of every gram, and what may be poured into a machine."""
