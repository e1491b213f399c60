"""Modes opératoires: every gesture is guided, one step at a time, by a version somebody else approved."""
