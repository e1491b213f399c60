#!/usr/bin/env bash
# What a reader would see first: style, types, the map of the house, its words. `check.sh style` leaves out the tests.
set -euo pipefail
cd "$(dirname "$0")/.."
.venv/bin/python -m tools.catalogues compile
.venv/bin/ruff check src tests tools benchmarks setup.py
.venv/bin/ruff format --check --quiet src tests tools benchmarks setup.py
.venv/bin/mypy
.venv/bin/lint-imports --cache-dir .import_linter_cache | tail -n 6
[ "${1:-}" = style ] || .venv/bin/python -m pytest -q -m "not journey and not long" tests/house
