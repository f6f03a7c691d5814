#!/usr/bin/env bash
# usage: tests/test_pinned.sh
#
# Weakening a check is noticed: tests/weaken makes checks of each kind weaker. Speaks TAP.
set -euo pipefail
. "$(dirname "$0")/tap.sh"

tree=$scratch/tree
mkdir "$tree"
cp -r model src proofs tests "$tree"

it 'all is as it was pinned' tests/pinned
it 'and so is a copy' tests/pinned --source "$tree"
it 'each 23rd check of each kind, made weaker, is noticed' tests/weaken --every 23
blind() { # a pin that does not look at the assertions of C
    cp -r .ci "$tree"
    sed -i '/test_\*\.c/d' "$tree/tests/pinned"
    exits 1 "$tree/tests/weaken" --every 23 > "$scratch/weakened" && grep -q 'not noticed: test of tests/test_.*\.c' "$scratch/weakened"
}
it 'and one that the pin does not see is named' blind
less() { rm "$tree/model/vc.pml" && says 'model/vc.pml: 0 of kind assertion' tests/pinned --source "$tree"; }
it 'a file that is gone' less
pinned_anew() { tests/pinned --pin --source "$tree" && tests/pinned --source "$tree"; }
it 'what is meant is pinned anew' pinned_anew
done_testing
