#!/usr/bin/env bash
# usage: tests/test_banned.sh
#
# proofs/banned: the proved code passes; each file of proofs/sabotage/banned is rejected for
# what its first line says, or accepted. Speaks TAP.
set -euo pipefail
. "$(dirname "$0")/tap.sh"

it 'nothing that is banned in the proved code' proofs/banned

judged() { # FILE WHAT: rejected for this, and for nothing else
    local said
    if [[ $2 == accepted ]]; then proofs/banned "$1"; return; fi
    exits 1 proofs/banned "$1" > "$scratch/judged" || { cat "$scratch/judged"; return 1; }
    said=$(grep -v ": $2\(:\|$\)" "$scratch/judged") || [[ $? -eq 1 ]]
    [[ -z $said ]] || { echo "not for \"$2\": $said"; return 1; }
}
for file in proofs/sabotage/banned/*.c; do
    what=$(sed -n '1s/^.*expect: \(.*\) \*\/$/\1/p' "$file")
    it "${file##*/}: $what" judged "$file" "$what"
done

# The same in the real sources, where there is a header between.
cp -r src "$scratch/src"
sed -i '0,/^struct .*{$/s//&\n    unsigned spoilt : 1;/' "$scratch/src/core/binding.h"
it 'a bit-field in a header of the core' says 'BANNED: core.c: binding: bit-field' proofs/banned --source "$scratch/src"

printf 'int f(void) { return g(; }\n' > "$scratch/broken.c"
it 'a file that does not compile is bad input' exits 2 proofs/banned "$scratch/broken.c"
printf 'typedef int nothing;\n' > "$scratch/empty.c"
it 'a file without a function is bad input' exits 2 proofs/banned "$scratch/empty.c"
it 'a file that is not there is bad usage' exits 2 proofs/banned no-such.c
it 'an unknown option is bad usage' exits 2 proofs/banned --everything

done_testing
