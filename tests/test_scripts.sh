#!/usr/bin/env bash
# usage: tests/test_scripts.sh
#
# Each script of the tree: clean under shellcheck, strict, and --help prints its usage
# text. Each seeded defect: a patch that applies. Speaks TAP.
set -euo pipefail
cd "$(dirname "$0")/.."
. tests/tap.sh

mapfile -t scripts < <(grep -rlE '^#!.*\<(ba)?sh$' .ci model proofs src tests 2> /dev/null | sort)
it 'there are scripts' test ${#scripts[@]} -gt 0
for script in "${scripts[@]}" tests/tap.sh; do
    it "$script is clean under shellcheck" shellcheck -x "$script"
done
for script in "${scripts[@]}"; do
    it "$script is strict" grep -q '^set -euo pipefail' "$script"
    it "$script begins with its usage" bash -c "sed -n 2p '$script' | grep -q '^# usage: $script'"
    case $script in
        tests/test_*) ;; # a test has no options
        *) it "$script --help" says 'usage:' "$script" --help
           it "$script --help ends well" exits 0 "$script" --help ;;
    esac
done

apply() {
    local patch failed=0
    for patch in tests/mutants/*.patch; do
        patch --dry-run -s -f -p1 < "$patch" || { echo "$patch"; failed=1; }
    done
    return "$failed"
}
it 'each seeded defect applies' apply
done_testing
