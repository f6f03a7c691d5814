#!/usr/bin/env bash
# usage: tests/test_assertions.sh
#
# Each assertion of the model is known to fail, and by what (model/asserted). Speaks TAP.
set -euo pipefail
cd "$(dirname "$0")/.."
. tests/tap.sh

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
it 'a row without a word' complains 'says nothing' asserted 's/| because .*/| because/'
it 'an unknown option' exits 2 model/assertions --none

# Its name is printed where it fails, and by the defect that the row names.
fails_where_it_says() {
    tests/mutate client-answers-twice && grep -qF "$(cat build/mutants/client-answers-twice/assertion) | defect client-answers-twice" model/asserted
}
it 'a defect fails the assertion of its row' fails_where_it_says
done_testing
