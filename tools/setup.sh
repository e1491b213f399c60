#!/usr/bin/env bash
# Prepares a fresh machine: `tools/setup.sh run` for the product, `tools/setup.sh test` for its tests as well.
set -euo pipefail
cd "$(dirname "$0")/.."
what=${1:-run}
say() { printf '%s\n' "$*" >&2; }
stop() { say "strate: $*"; exit 1; }

[ -w . ] || stop "this folder cannot be written to: copy Strate into a folder of yours, then start again."

python=""
for candidate in python3.11 python3.12 python3.13 python3; do
    if command -v "$candidate" >/dev/null && "$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        python=$candidate
        break
    fi
done
debian() {
    # Debian packages, only those whose command is missing, and only with the right to install them.
    local missing=()
    while [ $# -gt 0 ]; do
        [ -n "$(eval "$1")" ] || missing+=("$2")
        shift 2
    done
    [ ${#missing[@]} -eq 0 ] && return
    [ "$(id -u)" = 0 ] || stop "missing: ${missing[*]}. Install them with: sudo apt-get install ${missing[*]}"
    say "Installing from Debian: ${missing[*]}"
    (apt-get install -y -q "${missing[@]}" || { apt-get update -q && apt-get install -y -q "${missing[@]}"; }) >.setup.log 2>&1 \
        || stop "Debian could not install ${missing[*]}: see .setup.log"
}
if [ -z "$python" ]; then
    debian 'command -v python3.11' python3 'false' python3-venv
    python=python3
fi
command -v npm >/dev/null || debian 'command -v npm' npm

fresh_venv() { [ ! -x .venv/bin/python ] || ! .venv/bin/python -c '' 2>/dev/null; }
if fresh_venv; then
    say "Preparing the virtual environment…"
    "$python" -m venv --clear .venv
fi
lock=requirements/run.lock
[ "$what" = test ] && lock=requirements/dev.lock

# The typefaces and three.js come while the libraries do.
vendor=src/strate/web/static/vendor
npm_stamp=.venv/.npm-$(sha256sum package-lock.json tools/assets.py tools/typefaces.py | sha256sum | cut -c1-16)
fonts=""
if [ ! -e "$npm_stamp" ] || [ ! -d "$vendor" ]; then
    say "Preparing the fonts and the viewers…"
    npm ci --silent --no-audit --no-fund --ignore-scripts &
    fonts=$!
fi

pip() { .venv/bin/python -m pip "$@" -qq --disable-pip-version-check; }
stamp=.venv/.installed-$(sha256sum "$lock" pyproject.toml setup.py src/strate/kernels/*/native/*.[ch] | sha256sum | cut -c1-16)
if [ ! -e "$stamp" ]; then
    say "Installing the libraries ($(grep -c -- '==' "$lock")), each checked against its hash…"
    pip install --no-compile --require-hashes -r "$lock" || stop "a library could not be installed: the reason is above."
    debian 'command -v cc' gcc 'ls "$(.venv/bin/python -c "import sysconfig; print(sysconfig.get_paths()[\"include\"])")/Python.h" 2>/dev/null' python3-dev
    pip install --no-compile --no-deps --no-build-isolation -e . >.setup.log 2>&1 \
        || stop "Strate itself could not be installed: see .setup.log"
    touch "$stamp"
fi
if [ -n "$fonts" ]; then
    wait "$fonts" || stop "npm could not install the fonts and three.js: the reason is above."
    .venv/bin/python tools/assets.py
    .venv/bin/python -m tools.typefaces
    touch "$npm_stamp"
fi
# An island that changed is bundled again; nothing to do takes a twentieth of a second.
.venv/bin/python tools/assets.py
.venv/bin/python -m tools.catalogues compile
if [ "$what" = test ]; then
    debian 'command -v chromium' chromium \
        'ls /usr/lib/postgresql/*/bin/initdb 2>/dev/null' postgresql \
        'command -v pdfsig' poppler-utils
    foreign=tests/peers/foreign
    peers_stamp=$foreign/node_modules/.strate-$(sha256sum "$foreign/package-lock.json" | cut -c1-16)
    if [ ! -e "$peers_stamp" ]; then
        say "Preparing the foreign machines of the tests…"
        npm ci --prefix "$foreign" --silent --no-audit --no-fund --ignore-scripts \
            || stop "npm could not install the foreign machines of the tests: the reason is above."
        touch "$peers_stamp"
    fi
fi
touch ".venv/.$what-ready"
[ "$what" = test ] && touch .venv/.run-ready
exit 0
