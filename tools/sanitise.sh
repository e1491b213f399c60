#!/usr/bin/env bash
# The tests of geometry and family tree with engines that watch every address and operation: `tools/sanitise.sh [pytest arguments]`.
# Children with bounded memory are left out: the watcher itself needs more address space than they are granted.
set -euo pipefail
cd "$(dirname "$0")/.."
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
cp -r src tests benchmarks pyproject.toml "$home"
suffix=$(.venv/bin/python -c 'from importlib.machinery import EXTENSION_SUFFIXES as s; print(s[0])')
for native in "$home"/src/strate/kernels/*/native; do
    gcc -std=c11 -O1 -g -ffp-contract=off -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all \
        -shared -fPIC -Wall -Wextra -Wno-unused-parameter "$native"/*.c -lm -o "$native/engine$suffix"
done
python=$PWD/.venv/bin/python
export LD_PRELOAD
LD_PRELOAD=$(gcc -print-file-name=libasan.so):$(gcc -print-file-name=libubsan.so)
export ASAN_OPTIONS=detect_leaks=0:allocator_may_return_null=1 UBSAN_OPTIONS=print_stacktrace=1
export STRATE_TEST_CORPUS=${STRATE_TEST_CORPUS:-$PWD/../shared/corpus}
cd "$home"
[ $# -gt 0 ] || set -- tests/kernels/geometry tests/kernels/genealogy
"$python" -X faulthandler -m pytest -q -p no:cacheprovider -m "not long" \
    --ignore tests/kernels/geometry/test_guard.py --ignore tests/kernels/geometry/test_commands.py \
    --ignore tests/kernels/geometry/test_sandbox.py --ignore tests/kernels/geometry/test_compare_command.py \
    -k "not child and not guard and not arm and not slicer_cuts and not block_that_is_not_there" "$@"
