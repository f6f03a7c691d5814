#!/usr/bin/env bash
# usage: tests/test_field.sh
#
# The cases from the field (tests/field): closeaf check says of each what is right, but of those
# in tests/field/not_yet. One that becomes right leaves that list. Speaks TAP.
set -euo pipefail
cd "$(dirname "$0")/.."
. tests/tap.sh

tests/field_score > "$scratch/score" || [[ $? -eq 1 ]]
sed -n 's/^\([^ |]*\) | .* | no$/\1/p' "$scratch/score" | sort -V > "$scratch/wrong"
sed -n 's/^\([^ #:]*\): .*/\1/p' tests/field/not_yet | sort -V > "$scratch/not_yet"
is_right() { ! grep -qxF "$1" "$scratch/wrong" || { grep -A8 -F "$1 |" "$scratch/score" | grep -B8 -m2 '|' | cut -c1-300; return 1; }; }
is_still_wrong() { grep -qxF "$1" "$scratch/wrong" || { echo "right now: take it out of tests/field/not_yet"; return 1; }; }

for path in tests/field/*.trace tests/field/*.log; do
    case=${path##*/}
    if grep -qxF "$case" "$scratch/not_yet"; then it "$case is not right yet" is_still_wrong "$case"; else it "$case" is_right "$case"; fi
done
it 'there are more than a hundred cases' test "$(grep -c ' | ' "$scratch/score")" -gt 100

# A judge that says nothing is right about none that is a breach.
printf '#!/bin/sh\nexit 0\n' > "$scratch/silent"
chmod +x "$scratch/silent"
it 'a judge that says nothing is found out' exits 1 env CLOSEAF="$scratch/silent" tests/field_score tests/field/04-filter-left-and-closed-twice.trace
done_testing
