#!/usr/bin/env bash
# What a reader would see first: style, types, the map of the house, the words. Seconds, not minutes.
set -euo pipefail
cd "$(dirname "$0")/.."
.venv/bin/python -m tools.catalogues compile
.venv/bin/ruff check src tests tools benchmarks
.venv/bin/mypy
.venv/bin/lint-imports --cache-dir .import_linter_cache | tail -n 6
.venv/bin/python -m pytest -q tests/house
