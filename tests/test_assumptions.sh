#!/usr/bin/env bash
# usage: tests/test_assumptions.sh
#
# The register of assumptions notices what is missing from it; that it is complete is said by each
# whole run of proofs/prove. Speaks TAP.
set -euo pipefail
. "$(dirname "$0")/tap.sh"

cp -r src "$scratch/src"
run=$scratch/run
parse() { proofs/prove --parse-only --source "$scratch/src" --keep "$run"; }
register() { proofs/assumptions "$run" "$scratch/src"; }

sed -i '0,/requires consistent:/s//requires small: c != 0;\n    requires consistent:/' "$scratch/src/core/core.h"
it "a new requires is parsed" parse
it "the register fails for a requires that nobody discharges" says 'does not say who discharges what' register
it "and for nothing else" test "$(register 2>&1 | grep -c '^REJECTED')" = 1
echo '#include "core/core.h"
void meddle(struct core *core); void meddle(struct core *core) { core->af[0].phase = 0; }' > "$scratch/src/trace/meddle.c"
it "it fails for a state that is written outside the core" says 'written outside the core' register

done_testing
