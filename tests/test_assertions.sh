#!/usr/bin/env bash
# usage: tests/test_assertions.sh
#
# Each assertion of the model is known to fail, and by what (model/asserted). Speaks TAP.
# Environment: QUESTIONS, the configurations whose questions are put (manager-leaves), or all.
set -euo pipefail
. "$(dirname "$0")/tap.sh"

# A copy with one line changed, which must be there to be changed.
change() { # FILE SED
    rm -rf "${scratch:?}/model"
    cp -r model "$scratch"
    sed -i "$2" "$scratch/model/$1"
    ! cmp -s "model/$1" "$scratch/model/$1"
}
complains() { change "$2" "$3" && exits 1 model/assertions --source "$scratch/model" > "$scratch/complaint" && grep -F "$1" "$scratch/complaint"; }

it 'every assertion has its row' model/assertions
it 'a new assertion has none' complains 'leave_unbind:6: this assertion has no row' binding.pml \
    's/^        need(status == ST_SUCCESS || (status == ST_PENDING \&\& !for_miniport), RQ_UNB_03);$/&\n        need(true, RQ_UNB_03);/'
it 'one that names another requirement' complains 'asserts no NTF-24' ndis.pml 's/RQ_NTF_24/RQ_NTF_25/'
it 'one that is gone' complains 'there is no such assertion' ndis.pml '/RQ_NTF_24/d'
it 'a defect that is not there' complains 'no defect nobody-made-it' asserted 's/| defect client-answers-twice$/| defect nobody-made-it/'
it 'a trace that is not there' complains 'no trace NONE-01 of a breach' asserted 's/| trace HLT-04$/| trace NONE-01/'
it 'a trace of another requirement' complains 'halt_adapter:1: asserts no HLT-01' asserted 's/| trace HLT-04$/| trace HLT-01/'
it 'a row without a word' complains 'says nothing' asserted 's/| because .*/| because/'
it 'an unknown option' exits 2 model/assertions --none

# Its name is printed where it fails, and by the defect that the row names.
fails_where_it_says() {
    tests/mutate client-answers-twice && grep -qF "$(cat build/mutants/client-answers-twice/assertion) | defect client-answers-twice" model/asserted
}
it 'a defect fails the assertion of its row' fails_where_it_says

# The model as acceptor refuses the trace of a row by the assertion of the row.
ASSERTIONS=yes model/acceptor --small "$scratch/accept"
refused_where_it_says() { # ASSERTED
    grep '^[a-z].* | trace ' "$1" | sort > "$scratch/rows"
    sed 's,.* | trace \(.*\),tests/rules/\1.trace,' "$scratch/rows" | "$scratch/accept/accept" |
        sed 's,^tests/rules/\(.*\)\.trace: .* by \(.*\)$,\2 | trace \1,' | sort | diff "$scratch/rows" -
}
it 'a trace fails the assertion of its row' refused_where_it_says model/asserted
sed 's/^pnp.pml:halt_adapter:1 /pnp.pml:need_right_to_halt:1 /' model/asserted > "$scratch/elsewhere"
it 'one that fails another is found' says '> pnp.pml:halt_adapter:1 | trace HLT-04' refused_where_it_says "$scratch/elsewhere"

# The questions of a configuration fail the assertions of the rows that name it, one after another.
fails_when_asked() { # CONFIGURATION ASSERTED
    model/lockstep --out "$scratch/lockstep" --assertions "$1" > "$scratch/failed" &&
        ! sed -n "s/ | question $1\$//p" "$2" | grep -vFxf "$scratch/failed"
}
questions=${QUESTIONS:-manager-leaves}
[ "$questions" != all ] || questions=$(sed -n 's/^[a-z].* | question //p' model/asserted | sort -u)
for configuration in $questions; do
    it "the questions of $configuration fail the assertions of its rows" fails_when_asked "$configuration" model/asserted
done
sed '/^pnp.pml:need_unbind_context:2 /s/pnp-bind/manager-leaves/' model/asserted > "$scratch/elsewhere"
it 'a row that names another configuration is found' says pnp.pml:need_unbind_context:2 \
    fails_when_asked manager-leaves "$scratch/elsewhere"
done_testing
