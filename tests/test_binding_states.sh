#!/usr/bin/env bash
# usage: tests/test_binding_states.sh
#
# No cell of the table of binding states can be wrong unnoticed: the adversary of the model
# agrees with the table, with no table in which one cell is another, and with none that
# lacks a cell or has one twice. Speaks TAP.
set -euo pipefail
cd "$(dirname "$0")/.."
. tests/tap.sh

table=model/binding_states.csv
mapfile -t settings < <(model/settings --spin binding-states)
model/prepare "$scratch/model"

# The adversary's walk is one and the same each time: one simulation is all of it.
agrees() {
    awk -f model/binding_states.awk "$1" > "$scratch/model/binding_states.pml" || return 1
    (cd "$scratch/model" && spin -T -B "${settings[@]}" closeaf.pml) > "$scratch/walk" || return 1
    ! grep -E '^ *@!|Error|error' "$scratch/walk"
}

# The table with cell $1 (event,state,next) as $2.
with() { awk -F, -v cell="$1" -v as="$2" '$0 == cell { $0 = $1 "," $2 "," as } { print }' "$table"; }

differs() {
    local cell=$1 as wrong
    for as in INVALID Unbound Opening Closing Paused Restarting Running Pausing; do
        [[ $as != "${cell##*,}" ]] || continue
        # Of the wrong states one is enough, next to that of an event with no effect.
        [[ $as == INVALID || $as == "$(cut -d, -f2 <<< "$cell")" || $as == Running ]] || continue
        wrong=$scratch/wrong.csv
        with "$cell" "$as" > "$wrong"
        ! agrees "$wrong" || { echo "$cell may as well be $as"; return 1; }
    done
}

lacks() { grep -vxF "$1" "$table" > "$scratch/wrong.csv"; ! agrees "$scratch/wrong.csv"; }
twice() { { cat "$table"; echo "$1"; } > "$scratch/wrong.csv"; ! agrees "$scratch/wrong.csv"; }

it "the model and the table agree" agrees "$table"
while IFS= read -r cell; do
    it "no other cell than $cell" differs "$cell"
done < <(tail -n +2 "$table")
it "a cell that is missing is noticed" lacks "PnP pause,Paused,INVALID"
it "a cell that is there twice is noticed" twice "PnP pause,Paused,INVALID"

done_testing
