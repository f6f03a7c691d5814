#!/usr/bin/env bash
# usage: tests/test_scripts.sh
#
# Each script of the tree: strict, in bash clean under shellcheck, and --help prints its usage
# text. Each seeded defect: a patch that applies. Speaks TAP.
set -euo pipefail
. "$(dirname "$0")/tap.sh"

mapfile -t scripts < <(grep -rlE '^#!.*\<(ba)?sh$' .ci model proofs src tests 2> /dev/null | sort)
it 'there are scripts' test ${#scripts[@]} -gt 0
for script in "${scripts[@]}" tests/tap.sh .ci/script.sh model/searches.sh proofs/frama_c.sh; do
    it "$script is clean under shellcheck" shellcheck -x "$script"
done
for script in "${scripts[@]}"; do
    it "$script is strict" grep -q '^set -euo pipefail' "$script"
done

# Perl only as far as Debian's perl-base goes, which is always there.
mapfile -t perl_scripts < <(grep -rlE '^#!.*\<perl$' .ci model proofs src tests 2> /dev/null | sort)
strict_and_small() { [[ $(grep -oE '^ *use\>.*' "$1" | sort | paste -sd' ') == @(|"use Cwd 'realpath'; ")'use strict; use warnings;' ]]; }
for script in "${perl_scripts[@]}" .ci/script.pl proofs/goals.pl; do
    it "$script compiles without a warning" test "$(perl -c "$script" 2>&1)" = "$script syntax OK"
    it "$script is strict, and needs no more than perl-base" strict_and_small "$script"
done

# Usage and options are the same in all of them.
for script in "${scripts[@]}" "${perl_scripts[@]}"; do
    it "$script begins with its usage" bash -c "sed -n 2p '$script' | grep -q '^# usage: $script'"
    it "$script --help" says "usage: $script" "$script" --help
    it "$script --help ends well" exits 0 "$script" --help
    it "$script refuses an unknown option" exits 2 "$script" --no-such
    it "$script says where its options are" says "$script: unknown option --no-such; see $script --help" "$script" --no-such
done

apply() {
    local patch failed=0
    for patch in tests/{mutants,stress_defects}/*.patch; do
        patch --dry-run -s -F0 -f -p1 < "$patch" || { echo "$patch"; failed=1; }
    done
    return "$failed"
}
it 'each seeded defect applies' apply

# What a script leaves where it should not is soon taken for a part of the project.
top_level() { [[ "$(ls)" == "$(printf '%s\n' LICENSE Makefile README.md build model proofs src tests)" ]] || { ls; return 1; }; }
it 'the top level has what README says, and nothing else' env LC_ALL=C bash -c "$(declare -f top_level); top_level"

done_testing
