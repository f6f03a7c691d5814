#!/usr/bin/env bash
# usage: tests/test_acceptor.sh
#
# model/acceptor: SPIN as the judge of traces; and tests/agree, which holds it against the core:
# what is not listed in model/acceptor.reasons is a difference, and an acceptor with one rule
# changed is found out by tests/rules. Speaks TAP.
set -euo pipefail
. "$(dirname "$0")/tap.sh"

make -s build/vocabulary.pml build/closeaf
model/acceptor "$scratch/accept"
verdict() { "$scratch/accept/accept" "$@"; }

# More binds of one adapter than a byte can count, each refused by NDIS; $1: the status with which
# the last handler ends.
binds() {
    echo 'closeaf-trace 2'
    for g in {1..300}; do
        echo "t0 enter ProtocolBindAdapterEx binding:0.$g - PASSIVE"
        echo "t0 call NdisOpenAdapterEx binding:0.$g - PASSIVE"
        echo "t0 return NdisOpenAdapterEx binding:0.$g FAILURE PASSIVE"
        echo "t0 do FreeProtocolBindingContext binding:0.$g - PASSIVE"
        [ "$g" -lt 300 ] || set -- "$1" "$1"
        echo "t0 leave ProtocolBindAdapterEx binding:0.$g ${2:-FAILURE} PASSIVE"
    done
}
binds FAILURE > "$scratch/many.trace"
binds SUCCESS > "$scratch/breach.trace"
echo nonsense > "$scratch/nonsense.trace"

it 'accepts what conforms, however long' says 'many.trace: accepted 1500 events' verdict "$scratch/many.trace"
it 'names line, event and requirement' says 'refused at line 1501: leave ProtocolBindAdapterEx breaks CAD-09' \
    verdict "$scratch/breach.trace"
each_in_turn() {
    verdict "$scratch/breach.trace" "$scratch/many.trace" "$scratch/breach.trace" > "$scratch/verdicts" || return 1
    sed -n 's/^.*: \(accepted\|refused\).*/\1/p' "$scratch/verdicts" | paste -sd' '
}
it 'each trace begins anew' says 'refused accepted refused' each_in_turn
{ cat tests/rules/REG-02.trace; echo 't0 enter Unload driver:0.1 - PASSIVE'; } | sed 5d > "$scratch/driver.trace"
it 'passes over what the core does not judge' says 'accepted 3 events, 1 not judged' verdict "$scratch/driver.trace"
sed '1s/ amb_42=a//' tests/rules/NTF-10.trace > "$scratch/recommended.trace"
it 'takes the reading from the trace' says 'breaks NTF-10' verdict tests/rules/NTF-10.trace
it 'and without it the recommended one' says 'accepted' verdict "$scratch/recommended.trace"
for slot in af:8.1 binding:9.1 binding:4294967295.1; do
    { sed 2,4d tests/rules/REG-02.trace; echo "t0 call Ndis$([[ $slot == af* ]] && echo ClCloseAddressFamily || echo CloseAdapterEx) $slot - PASSIVE"; } > "$scratch/slot.trace"
    it "a slot behind the table, $slot" tests/agree "$scratch/accept" "$scratch/slot.trace"
done
it 'no trace' says 'nonsense.trace:1:9: expected closeaf-trace 2' verdict "$scratch/nonsense.trace"
it 'no trace, and says so' exits 2 verdict "$scratch/many.trace" "$scratch/nonsense.trace"
it 'no directory' exits 2 model/acceptor
it 'help' says 'usage: model/acceptor' model/acceptor --help

# ---- against the core ----
on_rules() { tests/agree "${@:2}" "$scratch/$1" tests/rules/*.trace; }
it 'model and core agree on the traces of the rules' on_rules accept
sed '/^leave ProtocolCmOpenAf | AF-OP-16 | AF-OP-15/d' model/acceptor.reasons > "$scratch/fewer"
sed '/enter ProtocolCmOpenAf/d' tests/rules/AF-OP-07.trace > "$scratch/not_asked.trace"
on_not_asked() { tests/agree --reasons "$scratch/fewer" "$scratch/accept" "$scratch/not_asked.trace"; }
it 'a difference without a reason is one' exits 1 on_not_asked
it 'and is told' says ': leave ProtocolCmOpenAf: the core says AF-OP-15, the model AF-OP-16' on_not_asked

# An acceptor of a model in which one rule is changed: FILE SED TRACE, where it is found.
seeded() {
    rm -rf "$scratch/model" "$scratch/seeded"
    cp -r model "$scratch/model"
    sed -i "$2" "$scratch/model/$1"
    ! cmp -s "model/$1" "$scratch/model/$1" || { echo "nothing seeded"; return 1; }
    model/acceptor --small --source "$scratch/model" "$scratch/seeded"
    says "tests/rules/$3.trace:" on_rules seeded && exits 1 on_rules seeded
}
it 'a rule that the model has lost' seeded call.pml 's/need(vc\[v\].activity == VC_ACTIVE, RQ_CALL_26);/skip;/' CALL-26
it 'a rule under another name' seeded sap.pml 's/RQ_SAP_15/RQ_SAP_08/' SAP-15
it 'a rule that asks too much' seeded requests.pml 's/need(!nic_is_resetting, RQ_OID_09)/need(nic_is_resetting, RQ_OID_09)/' OID-01
it 'an event that changes nothing' seeded pnp.pml 's/pnp\[b\].filter = has_filter;/skip;/' UNB-06
it 'a reading that is not asked' seeded pnp.pml 's/AMB_42 == READING_A && !for_miniport/false/' NTF-10
without_row() { # of the vocabulary, an event that accept.pml does not play
    rm -rf "$scratch/model"; cp -r model "$scratch/model"
    sed -i '/^#define on_PARTY_ADD_OWN /d' "$scratch/model/accept.pml"
    model/acceptor --small --source "$scratch/model" "$scratch/seeded"
}
it 'a row of the vocabulary that it does not play' exits 2 without_row
done_testing
