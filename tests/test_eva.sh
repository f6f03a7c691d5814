#!/usr/bin/env bash
# usage: tests/test_eva.sh
#
# Eva finds no alarm in the reader and in the core, and sees a defect of each. Speaks TAP.
set -euo pipefail
cd "$(dirname "$0")/.."
. tests/tap.sh

copy() { # a copy of the sources, to break
    rm -rf "$scratch/src"
    cp -r src "$scratch/src"
}

it "Eva finds no alarm in the reader" proofs/eva read_any_file
it "Eva finds no alarm in the core" proofs/eva any_event_in_any_state any_events_from_the_beginning
copy
sed -i 's/length < LONGEST_WORD/length <= LONGEST_WORD/' "$scratch/src/trace.c"
it "Eva sees a word that is one too long" exits 1 proofs/eva --source "$scratch/src" read_any_file
copy
sed -i 's/slot >= MAX_AF/slot > MAX_AF/' "$scratch"/src/core*.c
it "Eva sees a table that is left" exits 1 proofs/eva --source "$scratch/src" any_event_in_any_state

done_testing
