#!/usr/bin/env bash
# usage: tests/test_deadlock.sh
#
# A deadlock names what is unmet in the state that it ends in, and nothing else (model/deadlock).
# Speaks TAP.
set -euo pipefail
. "$(dirname "$0")/tap.sh"

# The requirements that a seeded defect is called by.
called() { # DEFECT
    rm -rf "$scratch/tree"; mkdir "$scratch/tree"
    cp -r model "$scratch/tree"
    patch -s -d "$scratch/tree" -p1 < "tests/mutants/$1.patch" &&
        ! model/check --source "$scratch/tree/model" --out "$scratch/out" "$(sed -n 's/^by: //p;/^$/q' "tests/mutants/$1.patch")" > "$scratch/said" &&
        sed -n 's/^ *deadlock: \(.*\) unmet: .*/\1/p' "$scratch/said"
}
is_called() { [[ $(called "$1") == "$2" ]] || { cat "$scratch/said"; return 1; }; }

it 'a close that never ends' is_called manager-waits-in-its-close 'AF-CL-24 UNB-26'
it 'a notification that is never answered' is_called client-leaves-its-notification-to-another 'NTF-40 UNB-26'
it 'a wait in a completion' is_called client-waits-in-its-close-completion 'THR-05 NTF-23 UNB-26'
it 'a wait in a completion at PASSIVE_LEVEL is no breach of THR-05' is_called client-waits-in-its-open-completion 'AF-OP-07 UNB-26'
it 'the counterexample ends as the core says' says 'left undone' build/closeaf check "$scratch/out/inside-opening/counterexample.trace"
it 'no trail' exits 2 model/deadlock "$scratch/none" "$scratch/none"
done_testing
