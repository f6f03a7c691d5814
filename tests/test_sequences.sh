#!/usr/bin/env bash
# usage: tests/test_sequences.sh
#
# Each trace of tests/sequences breaks exactly what its comments say. Speaks TAP.
set -euo pipefail
cd "$(dirname "$0")/.."
. tests/tap.sh

shopt -s nullglob
traces=(tests/sequences/*.trace)
it 'there are sequences' test ${#traces[@]} -gt 0
for trace in "${traces[@]}"; do
    it "$trace" build/closeaf check --expect "$trace"
done
done_testing
