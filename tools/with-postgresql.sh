#!/usr/bin/env bash
# Runs a command with a real PostgreSQL server of its own: started in a temporary folder, stopped and removed after.
# WITHOUT_FSYNC=1: what it holds need not outlive a power cut (tests; never a benchmark).
set -euo pipefail
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
[ -n "$bin" ] || { echo "PostgreSQL is not installed: apt-get install postgresql" >&2; exit 1; }
folder=$(mktemp -d /tmp/strate-pg.XXXXXX)
as() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }
[ "$(id -u)" = 0 ] && chown postgres "$folder"
stop() {
    as "$bin/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1 || true
    rm -rf "$folder"
}
trap stop EXIT INT TERM
as "$bin/initdb" -D "$folder/data" -A trust -k -U strate >/dev/null
port=$((20000 + RANDOM % 20000))
as "$bin/pg_ctl" -D "$folder/data" -o "-p $port -k $folder -h '' ${WITHOUT_FSYNC:+-F}" -l "$folder/log" -w -t 300 start >/dev/null
as "$bin/createdb" -h "$folder" -p "$port" -U strate strate
export STRATE_DATABASE_URL="postgresql://strate@:$port/strate?host=$folder"
"$@"
