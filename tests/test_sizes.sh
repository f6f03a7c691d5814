#!/usr/bin/env bash
# usage: tests/test_sizes.sh
#
# proofs/sizes: the same is proved with tables of any size, for a sample; proofs/sizes alone
# takes all functions. Speaks TAP.
set -euo pipefail
. "$(dirname "$0")/tap.sh"

it "the same is proved with 2 AFs as with 1000" proofs/sizes core_next_af core_nothing_opens begin_open
it "it fails where the effort is not the same" says 'the steps are more than 0 % apart' \
    proofs/sizes --tolerance 0 begin_open
copy
sed -i '/^struct handle core_next_af/,/^}/s/i < MAX_AF; i++/i < 8; i++/' "$scratch/src/core/core_af.c"
it "it fails for a bound that is written as a number" exits 1 \
    proofs/sizes --timeout 2 --source "$scratch/src" core_next_af
it "a function that cannot differ is refused" says 'sap_step is no function that can differ' proofs/sizes sap_step
copy
echo '#define AS_MANY_AS_AFS MAX_AF' >> "$scratch/src/core/sap.h"
it "it is proved with both sizes if it does" says 'sap_step' proofs/sizes --list --source "$scratch/src"

done_testing
