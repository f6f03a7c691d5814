#!/usr/bin/env bash
# usage: tests/test_stress.sh
#
# tests/stress in small: it passes on the sources, finds a defect of each part, and a
# schedule that failed can be repeated. Speaks TAP.
set -euo pipefail
. "$(dirname "$0")/tap.sh"

# The schedule that a defect's log names fails again, in the same program.
fails_again() {
    local folder=build/stress/defects/$1 options
    KEEP=yes tests/stress --defects "$1" > /dev/null
    options=$(sed -n 's/^schedules: this run failed; again: //p' "$folder/log" | head -1)
    [ -n "$options" ] && exits 1 bash -c "$folder/src.stress/schedules $options"
}

it 'threads'            env OPERATIONS=20000 TRACE=10000 tests/stress --part threads
it 'schedules'          env DEPARTURES=1 SEEDS=1-1 tests/stress --part schedules
it 'a race is found'    tests/stress --defects client-counts-without-its-lock
it 'a hang is found'    tests/stress --defects waits-without-looking-again
it 'a breach is found'  tests/stress --defects callback-under-the-lock
it 'a hang is repeated' fails_again completion-announced-before-its-change
it 'a bad part'         exits 2 tests/stress --part everything
it 'a bad number'       exits 2 env OPERATIONS=many tests/stress
it 'help'               says 'usage: tests/stress' tests/stress --help
done_testing
