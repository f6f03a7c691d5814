#!/usr/bin/env bash
# usage: tests/test_bench.sh
#
# The bench: its figures are those of model/check and the published ones of SPIN's
# examples, the same in every run; what is incomplete or broken is said to be. Speaks TAP.
set -euo pipefail
. "$(dirname "$0")/tap.sh"

export COMPILER=tcc # quick to make, and the counts are the same
out=$scratch/out

was_written() { cat build/evidence/bench.json 2> /dev/null || echo none; }
mkdir "$out"
touch "$out/mine"
was_written > "$scratch/evidence"

figures() { jq -r '.rows[] | [.search, .states, .transitions, .verdict] | @tsv' "$out/bench.json"; }

# Safety and the claims of a configuration are added up, as model/check does.
like_model_check() {
    tests/bench --only configurations --out "$out" manager-leaves progress-two-clients &&
        figures | sed 's/complete$/pass/' > "$scratch/figures" &&
        cut -f1,2,3,5 "$out"/configurations/{manager-leaves,progress-two-clients}/row.tsv | diff - "$scratch/figures"
}
like_the_published() { # README_tests.txt of SPIN's distribution
    tests/bench --only examples --out "$out" pftp &&
        [[ $(figures) == $'pftp\t47356\t64970\tcomplete' ]]
}
again() {
    tests/bench --only configurations --out "$out" 'manager-leaves REFUSALS=0' && figures > "$scratch/first" &&
        tests/bench --only configurations --out "$out" 'manager-leaves REFUSALS=0' && figures | diff "$scratch/first" -
}
a_setting_counts() {
    [[ $(cut -f2 "$scratch/first") -lt $(awk '$1 == "manager-leaves" { print $2 }' "$scratch/figures") ]]
}
one_two_three() {
    tests/bench --only growth --out "$out" 'manager-leaves REFUSALS=0 WORK=0' > "$scratch/table" &&
        cat "$scratch/table" &&
        [[ $(grep -cE 'complete; [0-9.]+ times the states$' "$scratch/table") -eq 2 ]]
}
too_little_memory() { MEMORY=12 tests/bench --only "$1" --out "$out" 'one-client'; }
is_null() { [[ $(jq ".rows[0].$1" "$out/bench.json") == null ]]; }

it 'the figures are those of model/check' like_model_check
it 'too short for a rate' is_null states_per_second
it 'the figures of an example are the published ones' like_the_published
it 'the same figures again' again
it 'a setting is heeded' a_setting_counts
it 'growth from one to three clients' one_two_three
it 'too little memory: the status' exits 1 too_little_memory configurations
it 'too little memory: the verdict' says 'stopped by memory' figures
it 'too little memory: no pass' test "$(jq -r .verdict "$out/bench.json")" = fail
it 'too little memory for growth is a result' exits 0 too_little_memory growth
it 'and is said' says 'stopped by memory' figures

# A tree of its own, with a defect in an example and another that does not parse.
tree=$scratch/tree
mkdir -p "$tree/tests"
cp -r model "$tree"
cp -r tests/bench tests/bench_examples "$tree/tests"
ln -s "$PWD/build" "$PWD/.ci" "$PWD/src" "$tree"
sed -i 's/nr_leaders == 1/nr_leaders == 2/' "$tree/tests/bench_examples/leader.pml"
echo 'init {' > "$tree/tests/bench_examples/pftp.pml"
it 'a violation: the status' exits 1 "$tree/tests/bench" --only examples --out "$out" leader pftp
it 'a violation is said' says $'leader\t' figures
it 'a violation is no complete search' says 'violated' figures
it 'what does not build is said' says 'failed' figures

it 'what else is in the folder stays' test -e "$out/mine"
it 'no evidence is written' cmp "$scratch/evidence" <(was_written)
it 'an unknown configuration' exits 2 tests/bench no-such
it 'an unknown configuration is named' says "no configuration 'no-such'" tests/bench no-such
it 'an unknown example' exits 2 tests/bench --only examples no-such
it 'an unknown part' exits 2 tests/bench --only 'growth examples'
it 'an unknown option' exits 2 tests/bench --fast
it 'an option without its value' exits 2 tests/bench --out
it 'a set with a setting' exits 2 tests/bench --only configurations --out "$out" 'small CLIENTS=3'
done_testing
