#!/usr/bin/env bash
# usage: tests/test_binding_states.sh
#
# No cell of the table of binding states can be wrong unnoticed: the adversary of the model
# agrees with the table, with no table in which one cell is another, and with none that
# lacks a cell or has one twice. Speaks TAP.
set -euo pipefail
. "$(dirname "$0")/tap.sh"

table=model/binding_states.csv
mapfile -t settings < <(model/settings --spin binding-states)
model/prepare "$scratch/model"

# The adversary's walk is one and the same each time: one simulation is all of it.
agrees() {
    awk -f model/binding_states.awk "$1" > "$scratch/model/binding_states.pml" || return 1
    (cd "$scratch/model" && spin -T -B "${settings[@]}" closeaf.pml) > "$scratch/walk" || return 1
    ! grep -E '^ *@!|Error|error' "$scratch/walk"
}
lacks() { grep -vxF "$1" "$table" > "$scratch/wrong.csv"; ! agrees "$scratch/wrong.csv"; }
twice() { { cat "$table"; echo "$1"; } > "$scratch/wrong.csv"; ! agrees "$scratch/wrong.csv"; }

it "the model and the table agree" agrees "$table"
it "a cell that is missing is noticed" lacks "PnP pause,Paused,INVALID"
it "a cell that is there twice is noticed" twice "PnP pause,Paused,INVALID"

# One search tries each cell with each state in place of its own (8: with its own), and prints
# the row, the column and the state where the model does not agree.
states=8
search_wrong_cells() {
    agrees "$table"
    sed -i -E "s/-> cell = (BINDING_[A-Z]+)/-> cell = (as < $states -> as : \\1)/; 1a byte as;" "$scratch/model/binding_states.pml"
    sed -i -e 's/^#ifdef ONE_CELL/#if 1/' -e "s/^    select(from :/    select(as : 0 .. $states);\n&/" \
        -e 's/printf("@! %d\\n", requirement)/printf("differs %d %d %d\\n", row, from, as)/' "$scratch/model/adversary.pml"
    (cd "$scratch/model" && spin "${settings[@]}" -a closeaf.pml)
    model/compile --small "$scratch/model" -DSAFETY -DPRINTF
    (cd "$scratch/model" && ./pan -c0 -m10000 -w18) > "$scratch/search"
    grep -q '^State-vector' "$scratch/search" && ! grep -E 'too small|not completed|out of memory' "$scratch/search"
    sed -n 's/^ *differs //p' "$scratch/search" | sort -u > "$scratch/differs"
}
number() { # of a state; INVALID is none of them
    local number
    number=$(sed -n "s/^#define BINDING_${1^^} *\([0-9]*\).*/\1/p" build/vocabulary.pml)
    echo "${number:-$((states - 1))}"
}
only() { # ROW STATE NEXT: the search differs from each state but this one, and not with the table's own
    local as right
    right=$(number "$3")
    [[ -n $right ]] && ! grep -x "$1 $(number "$2") $states" "$scratch/differs" || return 1
    for ((as = 0; as < states; as++)); do
        [[ $as -eq $right ]] || grep -qx "$1 $(number "$2") $as" "$scratch/differs" || { echo "it may as well be $as"; return 1; }
    done
}

it "each wrong table is searched" search_wrong_cells
row=-1 last=''
while IFS=, read -r event state next; do
    [[ $event == "$last" ]] || row=$((row + 1)) last=$event
    it "no other cell than $event,$state,$next" only "$row" "$state" "$next"
done < <(tail -n +2 "$table")

done_testing
