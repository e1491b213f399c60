"""How fast and how sure the house is, measured on the machine at hand: `python -m benchmarks`."""
