#!/usr/bin/env bash
# usage: tests/test_eva.sh
#
# Eva sees a defect of the reader and of the core. That it finds no alarm in them as they are takes
# minutes: make runtime-checks. Speaks TAP.
set -euo pipefail
. "$(dirname "$0")/tap.sh"

copy
sed -i 's/length < LONGEST_WORD/length <= LONGEST_WORD/' "$scratch/src/trace/trace.c"
it "Eva sees a word that is one too long" exits 1 proofs/eva --first --source "$scratch/src" read_any_file
copy
sed -i 's/slot >= MAX_AF/slot > MAX_AF/' "$scratch"/src/core/core*.c
it "Eva sees a table that is left" exits 1 proofs/eva --first --source "$scratch/src" any_event_in_any_state

done_testing
