#!/usr/bin/env bash
# usage: tests/test_case.sh
#
# The argument of proofs/evidence/case.table is whole, and names only what is there; it prints as text and
# as a picture; a row that is wrong is named, and nothing is printed. Speaks TAP.
set -euo pipefail
cd "$(dirname "$0")/.."
. tests/tap.sh

case=proofs/evidence/case
table=proofs/evidence/case.table

it 'the argument is whole' "$case"
rows=$(grep -cE '^[^# ]' "$table")
it 'as text it has each row' test "$("$case" | grep -cE '^ *- \*\*[A-Z]')" = "$rows"
it 'and the kind of the records of what is shown' says '(records: search; again:' "$case"
it 'no line is too long' test "$("$case" | awk 'length > 120' | wc -l)" = 0
it 'as a picture it has each row' test "$("$case" --dot | grep -c ' \[shape=')" = "$rows"
it 'and an arrow to each but the first' test "$("$case" --dot | grep -c ' -> ')" = $((rows - 1))
it 'which is small enough for a page' test "$rows" -le 35
picture() { "$case" --dot > "$scratch/case.dot" && dot -Tsvg "$scratch/case.dot" > "$scratch/case.svg"; }
if command -v dot > /dev/null; then it 'graphviz draws it' picture; fi
it 'an unknown table' exits 2 "$case" --table no-such.table

seeded() { # SED: the table, with what the script changes, which must be something
    sed -E "$1" "$table" > "$scratch/case.table"
    ! cmp -s "$table" "$scratch/case.table"
}
refused() { # TEXT SED
    local said status=0
    seeded "$2" || { echo 'nothing is changed'; return 1; }
    said=$("$case" --table "$scratch/case.table" 2> "$scratch/errors") || status=$?
    [[ $status -eq 1 && -z $said ]] || { echo "status $status, and on standard output: $said"; return 1; }
    grep -F -- "case.table: $1" "$scratch/errors" || { cat "$scratch/errors"; return 1; }
}
it 'a parent that is not there' refused "G4: no parent 'S9' stands above it" 's/^(G4 \| goal \|) S2/\1 S9/'
it 'a parent that stands below' refused "E3: no parent 'G5' stands above it" 's/^(E3 \| solution \|) G4/\1 G5/'
it 'a second goal of all' refused "G2: no parent '-' stands above it" 's/^(G2 \| goal \|) S1/\1 -/'
it 'a solution that something stands under' refused 'E4: its parent E3 is a solution' 's/^(E4 \| solution \|) G4/\1 E3/'
it 'an id twice' refused 'E1: this id is there twice' 's/^E2 /E1 /'
it 'a goal without any support' refused 'G6: nothing supports this goal' 's/^(E9|E10)( \| solution \|) G6/\1\2 G5/'
it 'context is no support' refused 'G7: nothing supports this goal' \
    's/^(E1[12] \| solution \|) G7/\1 G2/; /^G8 /i C9 | context | G7 | to be read with it | - | -'
it 'a strategy without any' refused 'S2: nothing supports this strategy' 's/^(G[456] \| goal \|) S2/\1 G3/'
it 'a kind of row that is none' refused "C2: 'comment' is no kind" 's/^C2 \| context/C2 | comment/'
it 'a kind of record that is none' refused "E2: 'guess' is no kind of record" 's/\| reading \|/| guess |/'
it 'a kind of record that nothing shows' refused 'no solution has records of the kind reading' \
    's/\| reading \|/| trace |/'
it 'a file that is not there' refused 'E14: there is no file tests/field/NOTES.md' 's,field/README.md,field/NOTES.md,'
it 'a solution without a record' refused 'E17: no record' 's,\| model/counts \|,| - |,'
it 'a solution without a command' refused "E11: '-' cannot be run" 's,\| proofs/discipline$,| -,'
it 'a script that is not there' refused "E10: 'tests/compare' cannot be run" 's,\| tests/crosscheck$,| tests/compare,'
it 'a verb that make has not' refused "E9: 'make lockstop' cannot be run" 's,make lockstep$,make lockstop,'
it 'a command where nothing is shown' refused 'C2: only a solution has a command' \
    's,standard\.set \| -,standard.set | make model,'
it 'an assumption that the register lacks' refused 'A-99: standards.md has no such assumption' 's/^A-18 /A-99 /'
it 'a row that says nothing' refused 'C2: it says nothing' 's/^(C2 \| context \| G4 \|) [^|]*/\1 - /'
it 'a column too few' refused 'not six columns: G3 | ' 's/^(G3 .*) \| - \| -/\1 | -/'
it 'a column too many' refused 'not six columns: G3 | ' 's/^(G3 .*) \| - \| -/\1 | - | - | -/'
it 'no row at all' refused 'there is no row' 's/^[^#].*//'
done_testing
