"""Anomalies: reported in one tap on anything, routed to the right person, answered, closed."""
