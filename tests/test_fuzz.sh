#!/usr/bin/env bash
# usage: tests/test_fuzz.sh
#
# A short run of the fuzzer, the same each time, finds nothing; a defect that is put into
# the reader is found. Speaks TAP.
set -euo pipefail
. "$(dirname "$0")/tap.sh"

it 'a short run finds nothing' tests/fuzz/fuzz --runs 1000 --out "$scratch/out"
it 'it has seen the seeds' test "$(sed -n 's/^stat::number_of_executed_units: *//p' "$scratch/out/log")" -ge 200
cp -r src "$scratch/src"
sed -i 's/length < LONGEST_WORD/length <= LONGEST_WORD/' "$scratch/src/trace/trace.c"
it 'a word that is one too long is found' exits 1 tests/fuzz/fuzz --runs 20000 --source "$scratch/src" --out "$scratch/found"
it 'and is said to be out of bounds' grep -q 'index 64 out of bounds' "$scratch/found/log"
it 'an unknown option' exits 2 tests/fuzz/fuzz --forever
it 'a time that is none' exits 2 tests/fuzz/fuzz --time long
done_testing
