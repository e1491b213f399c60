#!/usr/bin/env bash
# Pins every library with its hash, and never writes where it was fetched from.
set -euo pipefail
cd "$(dirname "$0")/.."
compile() {
    .venv/bin/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-header \
        --no-emit-index-url --no-emit-find-links --no-emit-trusted-host "$@" pyproject.toml requirements/build.in
}
compile --output-file requirements/run.lock
compile --extra dev --constraint requirements/run.lock --output-file requirements/dev.lock
