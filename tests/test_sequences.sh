#!/usr/bin/env bash
# usage: tests/test_sequences.sh
#
# Each documented sequence, tests/sequences/SEQ-*.trace, breaks exactly what its comments
# say: nothing, or one requirement. A judge that finds nothing, or one that finds more, is
# found out. Speaks TAP.
set -euo pipefail
. "$(dirname "$0")/tap.sh"

closeaf=build/closeaf
check() { "$closeaf" check --expect "$1"; }
there_is() { [[ -n $(find tests/sequences -name "SEQ-$1*.trace") ]]; }
for n in {01..22}; do
    it "there is SEQ-$n" there_is "$n"
done
for trace in tests/sequences/*.trace; do
    it "$trace" check "$trace"
done
it "the driver of SEQ-22 is judged too" says '(1 binding, 1 driver)' "$closeaf" check tests/sequences/SEQ-22.trace

# What is expected is found: without its comment, and with another, the trace does not pass.
mapfile -t expecting < <(grep -l '^# expect:' tests/sequences/*.trace)
for trace in "${expecting[@]}"; do
    sed 's/^# expect:.*/#/' "$trace" > "$scratch/unexpected.trace"
    it "$trace without its comment" exits 1 check "$scratch/unexpected.trace"
    sed 's/^# expect: [A-Z0-9-]*/# expect: AF-CL-20/' "$trace" > "$scratch/another.trace"
    it "$trace with another one" exits 1 check "$scratch/another.trace"
done
done_testing
