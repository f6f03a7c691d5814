#!/usr/bin/env bash
# usage: tests/test_lockstep.sh
#
# The model and the core in lockstep: agreement, differences in each kind of thing that is
# compared, and what the table says. Speaks TAP.
set -euo pipefail
. "$(dirname "$0")/tap.sh"

lockstep() { model/lockstep --out "$scratch/out" "$@"; }

# A change of one line of a copy of src/ or model/, which must be there to be changed.
change() { # COPY FILE SED
    rm -rf "${scratch:?}/$1"
    cp -r "$1" "$scratch/$1"
    sed -i "$3" "$scratch/$1/$2"
    if cmp -s "$1/$2" "$scratch/$1/$2"; then echo "$2 has no line for: $3"; return 1; fi
}
is_difference() { grep -q 'differ$' "$scratch/out/manager-leaves/row.tsv"; }
differs_in_core() { change src "$1" "$2" && exits 1 lockstep --core "$scratch/src" manager-leaves && is_difference; }
differs_in_model() { change model "$1" "$2" && exits 1 lockstep --source "$scratch/model" manager-leaves && is_difference; }
field() { lockstep --fields manager-leaves | sed -n "s/^\([0-9]*\) $1$/\1/p"; }

it 'an unknown option' exits 2 model/lockstep --none
it 'an unknown configuration' exits 2 model/lockstep no-such
it 'model and core agree' lockstep manager-leaves
it 'and what was compared is said' grep -qE '^manager-leaves	[0-9]+	[0-9]{6}	[0-9]{6}	[0-9]+	agree$' "$scratch/out/manager-leaves/row.tsv"

# A search that ends otherwise than it should is no agreement: without memory, with too small a stack, not at all.
stops() { # SED: model/lockstep, changed so, has no verdict
    rm -rf "${scratch:?}/tree"
    mkdir "$scratch/tree"
    cp -r .ci model src "$scratch/tree"
    ln -s "$PWD/build" "$scratch/tree/build"
    sed -i "$1" "$scratch/tree/model/lockstep"
    ! cmp -s model/lockstep "$scratch/tree/model/lockstep" || { echo "no line for: $1"; return 2; }
    exits 1 "$scratch/tree/model/lockstep" --out "$scratch/out" manager-leaves && is_incomplete
}
is_incomplete() { grep -q 'incomplete$' "$scratch/out/manager-leaves/row.tsv"; }
without_memory() { MEMORY=1 exits 1 lockstep manager-leaves && is_incomplete; }
it 'a search without memory' without_memory
it 'one with too small a stack' stops 's,\./pan -m100000,./pan -m50,'
it 'one that is killed' stops 's,\./pan -m100000,timeout -s KILL 0.01 &,'

# Each cell that the table of binding states has not is refused, in both ways in which its
# event may happen.
all_cells() {
    lockstep binding-states &&
        awk -F'\t' -v cells="$(grep -c ',INVALID$' model/binding_states.csv)" \
            '{ agrees = $6 == "agree" && $4 + $5 == 2 * cells } END { exit !agrees }' "$scratch/out/binding-states/row.tsv"
}
it 'each cell of the table of binding states' all_cells

it 'a core that refuses more' differs_in_core core/address_family.c 's/a->notify_call = 0;/a->notify_call = 1;/'
it 'a core that accepts more' differs_in_core core/address_family.c 's/return AF_CM_06;/return CONFORMING;/'
it 'a core that names another requirement' differs_in_core core/address_family.c 's/return NTF_23;/return NTF_24;/'
it 'both sides are shown' says 'the model says' cat "$scratch/out/manager-leaves/finding.txt"
it 'with the trace that leads there' grep -q ' af:0.1 ' "$scratch/out/manager-leaves/difference.trace"
it 'a model that moves on otherwise' differs_in_model ndis.pml 's/af\[i\].resources = 0$/af[i].resources = 1/'
it 'a core that forgets a field' exits 1 lockstep --forget "$(field af.notification)" manager-leaves
it 'a core that forgets another' exits 1 lockstep --forget "$(field binding.adapter)" manager-leaves
it 'a core that accepts an older generation' exits 1 lockstep --accept generation manager-leaves
it 'the handle is named' says 'accepts a dead handle' cat "$scratch/out/manager-leaves/finding.txt"
it 'a core that accepts another status' exits 1 lockstep --accept status manager-leaves
it 'a core that accepts another holder' exits 1 lockstep --accept holder nobody-leaves
it 'a core that accepts everything is none that it has' exits 2 model/lockstep --accept everything manager-leaves
it 'no such field' exits 1 lockstep --forget 99 manager-leaves
it 'a reading that the core does not have is compared with the recommended one' lockstep AMB-01-d
it 'and what differs then is known' grep -qF 'accepts | AF-CL-27' "$scratch/out/known.tsv"
done_testing
