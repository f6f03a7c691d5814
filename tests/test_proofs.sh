#!/usr/bin/env bash
# usage: tests/test_proofs.sh
#
# What the proofs claim beside the proofs: that table sizes change no result, that Eva sees
# a defect of the reader and of the core, and that the register of assumptions is complete.
# What the gate rejects is tested by proofs/gate_test. Speaks TAP.
set -euo pipefail
cd "$(dirname "$0")/.."
. tests/tap.sh

copy() { # a copy of the sources, to break
    rm -rf "$scratch/src"
    cp -r src "$scratch/src"
}

# A sample; proofs/sizes alone takes all functions.
it "the same is proved with 2 AFs as with 1000" proofs/sizes core_next_af core_nothing_opens begin_open
it "it fails where the effort is not the same" says 'the steps are more than 0 % apart' \
    proofs/sizes --tolerance 0 core_next_af
copy
sed -i '/^struct handle core_next_af/,/^}/s/i < MAX_AF; i++/i < 8; i++/' "$scratch/src/core_af.c"
it "it fails for a bound that is written as a number" exits 1 \
    proofs/sizes --timeout 10 --source "$scratch/src" core_next_af
says_not() { # text, command
    ! says "$@"
}
it "a record does not know how long its table is" says_not sap_step proofs/sizes --list
copy
echo '#define AS_MANY_AS_AFS MAX_AF' >> "$scratch/src/sap.h"
it "it is proved with both sizes if it does" says sap_step proofs/sizes --list --source "$scratch/src"

it "Eva finds no alarm in the reader" proofs/eva read_any_file
it "Eva finds no alarm in the core" proofs/eva any_event_in_any_state any_events_from_the_beginning
copy
sed -i 's/length < LONGEST_WORD/length <= LONGEST_WORD/' "$scratch/src/trace.c"
it "Eva sees a word that is one too long" exits 1 proofs/eva --source "$scratch/src" read_any_file
copy
sed -i 's/slot >= MAX_AF/slot > MAX_AF/' "$scratch"/src/core*.c
it "Eva sees a table that is left" exits 1 proofs/eva --source "$scratch/src" any_event_in_any_state

# The register, against what a run would leave.
run=$scratch/run
register() { # what the parser finds in a copy of the sources
    rm -rf "$run"
    proofs/prove --parse-only --source "$scratch/src" --keep "$run" &&
        proofs/assumptions "$run" "$scratch/src"
}
copy
it "the register of assumptions is complete" register
sed -i '0,/requires consistent:/s//requires small: c != 0;\n    requires consistent:/' "$scratch/src/core.h"
it "it fails for a requires that nobody discharges" says 'nobody discharges what' register
copy
echo '#include "core.h"
void meddle(struct core *core); void meddle(struct core *core) { core->af[0].phase = 0; }' > "$scratch/src/meddle.c"
it "it fails for a state that is written outside the core" says 'written outside the core' register

done_testing
