#!/usr/bin/env bash
# usage: tests/test_assumptions.sh
#
# The register of assumptions is complete, against what a run of proofs/prove would leave.
# Speaks TAP.
set -euo pipefail
cd "$(dirname "$0")/.."
. tests/tap.sh

cp -r src "$scratch/src"
run=$scratch/run
parse() { # what the parser finds in the copy of the sources
    rm -rf "$run"
    proofs/prove --parse-only --source "$scratch/src" --keep "$run"
}
register() { proofs/assumptions "$run" "$scratch/src"; }

it "the sources are parsed" parse
it "the register of assumptions is complete" register
echo '#include "core.h"
void meddle(struct core *core); void meddle(struct core *core) { core->af[0].phase = 0; }' > "$scratch/src/meddle.c"
it "it fails for a state that is written outside the core" says 'written outside the core' register
rm "$scratch/src/meddle.c"
sed -i '0,/requires consistent:/s//requires small: c != 0;\n    requires consistent:/' "$scratch/src/core.h"
it "a new requires is parsed" parse
it "it fails for a requires that nobody discharges" says 'nobody discharges what' register

done_testing
