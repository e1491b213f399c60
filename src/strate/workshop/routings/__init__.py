"""Gammes: operations, parameter sets, limits and controls; authored by one person, approved by another."""
