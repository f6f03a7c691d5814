#!/usr/bin/env bash
# usage: tests/test_prove.sh
#
# proofs/prove and proofs/gate beside the proofs: which Frama-C it runs with which options, and
# what becomes of the evidence. A stand-in on PATH plays another Frama-C: it notes its arguments
# and says what its log is told to say. What the gate rejects of a real one is tested by
# proofs/gate_test. Speaks TAP.
set -euo pipefail
. "$(dirname "$0")/tap.sh"
needs proofs

# A project of one function, in which a whole run takes seconds and has evidence of its own.
tree=$scratch/tree
mkdir -p "$tree"
cp -r proofs .ci "$tree"
mkdir -p "$tree/src/core" "$tree/tests"
rm "$tree"/proofs/history*.c
cat > "$tree/src/core/door.h" << 'END'
/*@ requires valid: \valid(open);
    terminates \true;
    exits never: \false;
    assigns *open;
    ensures DOOR_01: *open == key; */
void door_open(int *open, int key);
END
cat > "$tree/src/core/door.c" << 'END'
#include "door.h"
void door_open(int *open, int key)
{
    *open = key;
}
static int door_is(int *open);
/*@ requires valid: \valid(open);
    terminates \true;
    exits never: \false;
    assigns \nothing;
    ensures it: \result == *open; */
static int door_is(int *open)
{
    return *open;
}
END
echo 5 > "$tree/proofs/floor"
sed -i '/^| `/d' "$tree/proofs/ASSUMPTIONS.md"
# shellcheck disable=SC2016 # no commands
printf '| `%s` | `valid` | its callers |\n' door_open door_is >> "$tree/proofs/ASSUMPTIONS.md"
evidence=$tree/build/evidence/proofs.json
prove() { "$tree/proofs/prove" "$@"; }
verdict_is() { # WHAT: pass, or nothing
    local found=''
    [[ ! -e $evidence ]] || found=$(jq -r .verdict "$evidence")
    [[ $found == "$1" ]] || { echo "the evidence says '$found'"; return 1; }
}
lacks() { # TEXT, command: its words do not stand in what the command prints
    local said
    said=$("${@:2}" 2>&1) || true
    [[ $said != *"$1"* ]] || { echo "\"$1\" in: $said"; return 1; }
}

it 'a whole run is accepted' exits 0 prove --quick
it 'and leaves evidence' verdict_is pass
it 'which names the tools' says 'frama-c 25' jq -r '.tools[]' "$evidence"
total() { # the same number of goals in the table and in the evidence
    local table json
    table=$(prove --quick | sed -nE 's/^all [0-9]+ functions +([0-9]+) .*/\1/p') json=$(jq .goals "$evidence")
    [[ -n $table && $table == "$json" ]] || { echo "'$table' in the table, '$json' in the evidence"; return 1; }
}
it 'one run has one count of goals' total
it 'one function alone' says 'partial run: door_open only' prove --function door_open
it 'a static one' says ' goals proved' prove --function door_is
it 'several' says 'partial run: door_open,door_is only' prove --function door_open,door_is
it 'a clause alone' says ', of it DOOR_01, no smoke tests, no evidence' prove --function door_open --clause DOOR_01
it 'is one goal' says '1 of 1 goals proved' prove --function door_open --clause DOOR_01
it 'one that it has not' says 'no goal was made' prove --function door_open --clause DOOR_02
it 'its status' exits 1 prove --function door_open --clause DOOR_02
it 'a clause of no function' exits 2 prove --clause DOOR_01
it 'one that is not there' says "there is no function 'window_open'" prove --function window_open
it 'its status' exits 2 prove --function window_open
it 'each alone, by the same command' says '2 of 2 functions accepted' prove --each
it 'what each said is kept' says 'goals proved' cat "$tree/build/proofs-each/door_is.log"
it 'the evidence of the whole run is still there' verdict_is pass
it 'no word of progress without a terminal' lacks $'\r' prove --each
on_terminal() { script -qec "$tree/proofs/prove --each" /dev/null < /dev/null; }
it 'on a terminal it counts' says 'of 2 functions' on_terminal

cp -r "$tree/src" "$scratch/broken"
sed -i 's/\*open = key;/*open = 0;/' "$scratch/broken/core/door.c"
it 'a copy that is not proved' exits 1 prove --source "$scratch/broken" --function door_open
it 'is named by its clause' says 'not proved: door_open_ensures_DOOR_01 (requirement' prove --source "$scratch/broken" --function door_open
it 'each alone says which is not' says 'door_open: REJECTED' prove --source "$scratch/broken" --each
it 'and fails' exits 1 prove --source "$scratch/broken" --each
it 'the evidence is that of the whole run' verdict_is pass
cp "$scratch/broken/core/door.c" "$tree/src/core/door.c"
it 'a whole run that fails' exits 1 prove --quick
it 'leaves no evidence of an older one' verdict_is ''
echo '{"verdict":"pass"}' > "$evidence"
echo 'int' > "$tree/src/core/door.c"
it 'a whole run that cannot begin' exits 2 prove --quick
it 'leaves none either' verdict_is ''
cp "$scratch/broken/core/door.c" "$tree/src/core/door.c"

# --- Another Frama-C -------------------------------------------------------------------

mkdir "$scratch/bin"
cat > "$scratch/bin/frama-c" << END
#!/bin/bash
echo "\$*" >> "$scratch/arguments"
case "\$*" in
*-version) echo '29.0 (Copper)' ;;
*-wp-help) grep -v -- "^-wp-\$(cat "$scratch/dropped") " "$scratch/options" ;;
*) cat "$scratch/log" ;;
esac
END
chmod +x "$scratch/bin/frama-c"
frama-c -wp-help > "$scratch/options"
other() { # OPTION that it does not have, arguments of proofs/prove
    echo "$1" > "$scratch/dropped"
    rm -f "$scratch/arguments"
    TOOLS='proofs=here' PATH=$scratch/bin:$PATH "$tree/proofs/prove" --function door_open "${@:2}" 2>&1
}
its_arguments() { other "$@" > /dev/null; cat "$scratch/arguments"; }
cat > "$scratch/log" << 'END'
[wp] 2 goals scheduled
[wp] Proved goals:    2 / 2
  Qed:             1 
  Z3 4.13.0:       1
END
once() { [[ $(other none | grep -c 'Frama-C 29.0 (Copper) has not been tried; tried: 25.0') -eq 1 ]]; }
it 'another version gives one line' once
it 'and no failure' exits 0 other none
it 'it gets the options of the tried one' says '-wp-no-pruning -wp-no-ground -wp-no-init-const' its_arguments none
it 'but what it has not' lacks '-wp-no-init-const' its_arguments init-const
it 'which is said' says 'has no option -wp-no-init-const, which saves time' other init-const
it 'its count of goals is taken' says '2 of 2 goals proved' other none
cat > "$scratch/log" << 'END'
[wp] 2 goals scheduled
[wp] [Timeout] typed_ref_door_open_ensures_DOOR_01 (Qed 13ms) (Z3)
[wp] Proved goals:    1 / 2
END
it 'a goal that it leaves open is rejected by name' says 'REJECTED timed out, so undecided: door_open_ensures_DOOR_01' other none
it 'with the status of the gate' exits 1 other none
cat >> "$scratch/log" << 'END'
[wp] 1 goal scheduled
[wp] Proved goals:    1 / 1
END
it 'unless a later pass proves it' exits 0 other none
cat > "$scratch/log" << 'END'
[wp] 2 goals scheduled
[wp] Proved goals:    1 / 2
END
it 'one that it does not name is rejected too' says 'REJECTED 1 of 2 goals proved' other none
echo '[wp] All is well.' > "$scratch/log"
it 'a log of which nothing is understood is rejected' says 'REJECTED no goal was made' other none

done_testing
