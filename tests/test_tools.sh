#!/usr/bin/env bash
# usage: tests/test_tools.sh
#
# Set-up, Makefile and summary when something is missing, old, stale, wrong or cut
# short. Speaks TAP.
set -euo pipefail
. "$(dirname "$0")/tap.sh"

# Make of a test is not part of the make that runs the tests.
unset MAKEFLAGS MFLAGS MAKELEVEL TOOLS

# A small copy of the tree, to spoil. It has no Debian 12 root.
tree=$scratch/tree
mkdir "$tree"
for part in README.md LICENSE Makefile .ci src model proofs tests; do cp -r "$part" "$tree"; done
it 'a build in parallel' make -s -C "$tree" -j2 build

# A PATH with everything except one tool, and what could install it; or with another in its place.
path_without() { # tool
    local directory
    mkdir -p "$scratch/without-$1"
    while read -r -d : directory; do
        [[ ! -d $directory ]] || cp -rsn "$directory/." "$scratch/without-$1" 2> /dev/null || : there already
    done <<< "$PATH:"
    (cd "$scratch/without-$1" && rm -f "$1" apt-get mmdebstrap)
    echo "$scratch/without-$1"
}
instead() { # tool, version that it has: a PATH
    local directory
    directory=$(path_without "$1")
    printf '#!/bin/sh\necho "%s"\n' "$2" > "$directory/$1"
    chmod +x "$directory/$1"
    echo "$directory"
}
no_spin=$(path_without spin)
old_patch=$(instead patch 'GNU patch 2.1')
setup=$tree/.ci/setup

it 'set-up of what is there' exits 0 "$setup" build model test
it 'set-up of an unknown part' exits 2 "$setup" everything
it 'doctor prints versions' says 'build   here: gcc 1' "$setup" --doctor build
it 'doctor ends with 2 if something is missing' exits 2 env PATH="$no_spin" "$setup" --doctor model
it 'doctor names what is missing' says 'missing: spin 6.5 or newer' env PATH="$no_spin" "$setup" --doctor model
it 'doctor says why' says 'model   nowhere: there is neither apt-get' env PATH="$no_spin" "$setup" --doctor model
it 'doctor knows the other parts' says 'build   here: ' env PATH="$no_spin" "$setup" --doctor
it 'set-up without spin and apt-get' exits 2 env PATH="$no_spin" "$setup" model
it 'set-up names tool and version' says 'model cannot run: missing: spin 6.5 or newer' env PATH="$no_spin" "$setup" model
it 'set-up says what to do' says 'mmdebstrap is missing: install it' env PATH="$no_spin" "$setup" model
it 'check names tool and version' says 'missing: spin 6.5 or newer; to change that: .ci/setup model' env PATH="$no_spin" "$setup" --check model
it 'a script names tool and version' says 'model/unreached: missing: spin 6.5 or newer; run: make doctor' \
    env -C "$tree" PATH="$no_spin" model/unreached
it 'the status of a script without its tool' exits 2 env -C "$tree" PATH="$no_spin" model/unreached
it 'help needs no tool' exits 0 env PATH="$no_spin" "$tree/model/unreached" --help
it 'set-up refuses an old tool' exits 2 env PATH="$old_patch" "$setup" model
it 'set-up says that it is old' says 'patch 2.7 or newer (2.1 is here)' env PATH="$old_patch" "$setup" model
bare_clang=$(path_without clang)
# shellcheck disable=SC2016 # for the script's own arguments
printf '#!/bin/sh\n[ "$1" != --version ] || echo clang version 14.0.6\n' > "$bare_clang/clang"
chmod +x "$bare_clang/clang"
it 'clang without its run-time libraries' exits 2 env PATH="$bare_clang" "$setup" test
it 'set-up names them' says 'missing: sanitizers' env PATH="$bare_clang" "$setup" --doctor test
it 'make model without spin' exits 2 env PATH="$no_spin" make -C "$tree" model
it 'make model without spin names it' says 'missing: spin' env PATH="$no_spin" make -C "$tree" model

it 'make help lists the verbs' says 'make verify' make help
it 'make alone is make help' says 'make verify' make
it 'an unknown configuration' exits 2 make model CONFIG=no-such
it 'an unknown configuration: the names' says "no configuration 'no-such'; there are:" make model CONFIG=no-such

mkdir -p "$tree/build/evidence"
rm -f "$tree"/model/configurations/*
echo one > "$tree/model/configurations/standard.set"
printf 'set\tstandard\tone\nset\tboth\tone two\n' > "$tree/model/counts"
echo CLIENTS=1 MINIPORT=0 MANAGER_LEAVES=1 CLIENTS_LEAVE=1 |
    tee "$tree/model/configurations/one.conf" > "$tree/model/configurations/two.conf"

was_listed() {
    mkdir -p "$tree/build/verify"
    # shellcheck disable=SC2016 # for the shell within
    env -C "$tree" bash -c '. .ci/script.sh; inputs' > "$tree/build/verify/inputs"
}
evidence() { # verdict of the model
    echo '{"part":"model","rows":[{"configuration":"one","states":10,"transitions":20,"verdict":"'"$1"'"}],"verdict":"'"$1"'"}' > "$tree/build/evidence/model.json"
    echo '{"part":"proofs","goals":5,"proved":5,"verdict":"pass"}' > "$tree/build/evidence/proofs.json"
    echo '{"part":"lockstep","events":7,"differences":0,"verdict":"pass"}' > "$tree/build/evidence/lockstep.json"
    echo '{"part":"crosscheck","traces":3,"verdict":"pass"}' > "$tree/build/evidence/crosscheck.json"
    echo '{"part":"mutants","defects":4,"found":4,"verdict":"pass"}' > "$tree/build/evidence/mutants.json"
}
spoiled() { # FILE TEXT: the summary must fail and leave no summary.json
    evidence pass
    printf '%s' "$2" > "$tree/build/evidence/$1.json"
    exits 1 "$tree/tests/summary" && [[ ! -e $tree/build/evidence/summary.json ]]
}
good_summary() {
    evidence pass
    "$tree/tests/summary" && [[ $(jq -r .verdict "$tree/build/evidence/summary.json") == pass ]]
}
stale() { # the time of a file says nothing
    evidence pass
    touch "$tree/Makefile"
    "$tree/tests/summary" || return
    echo '# changed' >> "$tree/Makefile"
    says 'Makefile has changed since' "$tree/tests/summary"
    exits 1 "$tree/tests/summary"
    was_listed
}
absent() {
    evidence pass
    rm "$tree/build/evidence/$1.json"
    exits 1 "$tree/tests/summary"
}
failing_model() {
    evidence fail
    exits 1 "$tree/tests/summary"
}
was_listed
it 'summary of good evidence' good_summary
echo one two > "$tree/model/configurations/both.set"
was_listed
evidence pass
it 'summary of a configuration that was not checked' exits 1 "$tree/tests/summary" both
it 'summary of an unknown configuration' exits 2 "$tree/tests/summary" no-such
for part in model proofs lockstep crosscheck mutants; do it "summary without $part" absent $part; done
it 'summary of stale evidence' stale
it 'summary of a model that failed' failing_model
it 'summary of half a file' spoiled proofs '{"part":"proofs","goals":5,'
it 'summary of an empty file' spoiled mutants ''
it 'summary of an unproved goal' spoiled proofs '{"goals":5,"proved":4,"verdict":"pass"}'
it 'summary of a defect not found' spoiled mutants '{"defects":4,"found":3,"verdict":"pass"}'
it 'summary of a core that differs' spoiled lockstep '{"events":7,"differences":1,"verdict":"pass"}'
it 'summary of no goal at all' spoiled proofs '{"goals":0,"proved":0,"verdict":"pass"}'
it 'summary of no configuration' spoiled model '{"rows":[],"verdict":"pass"}'

# A compiler that dies half-way must not leave a file that the next build trusts.
interrupted() {
    local slow=$scratch/slow
    mkdir -p "$slow"
    # shellcheck disable=SC2016 # for the script's own arguments
    printf '#!/usr/bin/env bash\n[[ $1 != --version ]] || exec echo slow\nwhile [[ $1 != -o ]]; do shift; done\necho half > "$2"\nsleep 20\n' > "$slow/cc"
    chmod +x "$slow/cc"
    make -s -C "$tree" clean
    (cd "$tree" && exec timeout -s INT 2 make -s build CC="$slow/cc") > /dev/null 2>&1 && return 1
    if grep -rlx half "$tree/build"; then return 1; fi
    make -s -C "$tree" -j2 build && "$tree/build/closeaf" explain AF-CL-02
}
it 'an interrupted build leaves nothing half' interrupted

# What one compiler has made, another makes again; the same does not.
again() { # CC, CC: how often make compiles with the second what it has compiled with the first
    make -s -C "$tree" CC="$1" build/src/core/sap.o
    make -C "$tree" CC="$2" build/src/core/sap.o | grep -c -- ' -c -o ' || : none
}
it 'another compiler compiles again' test "$(again gcc clang)" = 1
it 'the same compiler does not' test "$(again gcc gcc)" = 0

failing_step() {
    printf '#!/usr/bin/env bash\nexit 1\n' > "$tree/proofs/prove"
    chmod +x "$tree/proofs/prove"
    says 'to repeat it alone: proofs/prove' env PATH="$tree/bin:$PATH" make -C "$tree" proofs
}
mkdir -p "$tree/bin"
printf '#!/bin/sh\necho here\n' > "$tree/.ci/setup" # the step is tested here, not the set-up
it 'a failed step names the command that repeats it' failing_step

broken_test() { # a program that dies before its plan is done counts as failed
    printf '#!/usr/bin/env bash\necho 1..2\necho ok 1\n' > "$scratch/half"
    chmod +x "$scratch/half"
    rm -f "$tree"/tests/test_*.sh "$tree/proofs/gate_test"
    printf '#!/usr/bin/env bash\necho 1..1\necho ok 1\n' > "$tree/tests/test_one.sh"
    chmod +x "$tree/tests/test_one.sh"
    exits 1 "$tree/tests/run" "$scratch/half" > "$scratch/run.out" || return 1
    [[ $(tail -n 1 "$scratch/run.out") == '2 passed, 1 failed' ]]
}
it 'tests that did not run are failures' broken_test
own_count() { # a program that counts for itself, and one that says nothing
    printf '#!/usr/bin/env bash\necho "own: 3 passed, 2 failed"\nexit 1\n' > "$scratch/own"
    printf '#!/usr/bin/env bash\n' > "$scratch/silent"
    chmod +x "$scratch/own" "$scratch/silent"
    exits 1 "$tree/tests/run" "$scratch/own" "$scratch/silent" > "$scratch/run.out" || return 1
    [[ $(tail -n 1 "$scratch/run.out") == '4 passed, 3 failed' ]] &&
        [[ $(grep -c 'passed, ' "$scratch/run.out") -eq 1 ]]
}
it 'a program that counts for itself is added up' own_count

done_testing
