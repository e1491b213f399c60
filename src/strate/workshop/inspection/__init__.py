"""Contrôle: visual checks, measurements with their gauges, the sorting of good and scrap."""
