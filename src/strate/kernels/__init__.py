"""The science of the trade: pure functions on numbers and files; no database, no clock, no web."""
