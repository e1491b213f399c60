"""Untrusted files are read at arm’s length: in a child with bounded memory, time and doors."""
