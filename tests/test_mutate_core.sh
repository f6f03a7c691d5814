#!/usr/bin/env bash
# usage: tests/test_mutate_core.sh
#
# The mutator of the core on a small core of its own: a contract that says all kills each
# mutant, one with a hole lets some survive, and no argument stands that need not. Speaks TAP.
set -euo pipefail
. "$(dirname "$0")/tap.sh"

# A file with one function: the contract is as given.
core() { # directory, contract
    mkdir -p "$scratch/$1/core"
    cat > "$scratch/$1/core/door.h" << END
#include <stdint.h>
enum requirement { CONFORMING, DOOR_01, DOOR_02 };
struct door { uint8_t open; uint8_t locked; };
/*@ requires valid: \\valid(d);
    terminates \\true;
    exits never: \\false;
    assigns *d;
    $2 */
enum requirement door_open(struct door *d, uint8_t key);
END
    cat > "$scratch/$1/core/door.c" << 'END'
#include "door.h"
enum requirement door_open(struct door *d, uint8_t key)
{
    if (d->locked != 0 && key == 0) {
        return DOOR_01;
    }
    d->open = 1;
    d->locked = d->locked != 0 ? 0 : d->locked;
    return CONFORMING;
}
END
}
refused='\old(d->locked) != 0 && key == 0'
answer="ensures DOOR_01: ($refused) ==> \\result == DOOR_01 && *d == \\old(*d);
    ensures CONFORMING: !($refused) ==> \\result == CONFORMING;"
core exact "$answer
    ensures opened: !($refused) ==> d->open == 1 && d->locked == 0;"
core hole "$answer
    ensures opened: !($refused) ==> d->open == 1;"
core false "$answer
    ensures opened: d->open == 1;"

mutate() { # name of the run, directory, more arguments: what it says goes to a file
    local name=$1 directory=$2 status=0
    shift 2
    tests/mutate_core --source "$scratch/$directory" --argued "$scratch/$name.argued" "$@" \
        > "$scratch/$name.said" 2>&1 || status=$?
    echo "$status" > "$scratch/$name.status"
}
said() { # text, name of the run
    grep -qF -- "$1" "$scratch/$2.said" || { cat "$scratch/$2.said"; return 1; }
}
ended() { # status, name of the run
    [[ $(cat "$scratch/$2.status") -eq $1 ]] || { cat "$scratch/$2.said"; return 1; }
}
cd "$scratch"
touch {list,exact,idle,false,sample}.argued
cat > hole.argued << 'END'
# The hole is argued away for one of the two mutants that fall through it.
in: door.c door_open
was: d->locked = d->locked != 0 ? 0 : d->locked;
now: (removed)
why: It is not, but this is a test of the argument.

in: door.c door_open
was: return DOOR_01;
now: return CONFORMING;
why: An argument for what is killed.

in: door.c door_open
was: return DOOR_01;
now: return DOOR_03;
why: An argument about no mutant.

in: door.c door_open
was: d->open = 1;
now: d->open = 2;
END
cd - > /dev/null
mutate list exact --list
it 'the mutants are listed' ended 0 list
it 'an operator is turned' said 'now: if (d->locked == 0 && key == 0)' list
it 'an operand is dropped' said 'now: if ((key == 0))' list
it 'a role is swapped' said 'now: d->locked = 1;' list
it 'a return is swapped' said 'now: return CONFORMING;' list
it 'a statement is removed' said 'now: (removed)' list
mutate exact exact
it 'a contract that says all kills all that is another program' ended 0 exact
it 'what is the same program is counted as that' said ' 2 the same program' exact
it 'each clause is broken by a mutant' said '3 named clauses: 3 broken by a mutant, 0 argued, 0 broken by none' exact
core idle "$answer
    ensures opened: !($refused) ==> d->open == 1 && d->locked == 0;
    ensures is_little: d->locked <= 255;"
mutate idle idle
it 'a clause that no mutant breaks is an error' ended 1 idle
it 'and is named' said 'door.c door_open_ensures_is_little' idle
printf 'clause: door_open_ensures_is_little\nwhy: It is true of each byte.\n' > "$scratch/argued.argued"
mutate argued idle --resume
it 'unless it is argued that none can' ended 0 argued
printf 'clause: door_open_ensures_opened\nwhy: It is not so.\n' >> "$scratch/wrong.argued"
mutate wrong exact --resume
it 'an argument about a clause that one breaks is an error' said 'door_open_ensures_opened: a mutant breaks this clause' wrong
mutate exact exact --resume
it 'a run goes on where one before was stopped, and says so' said 'are those of a run before' exact
it 'with the same outcome' said ' 2 the same program' exact
cp -r "$scratch/exact" "$scratch/changed"
cp "$scratch/exact.argued" "$scratch/changed.argued"
sed -i '/^    return CONFORMING/i\    if (key == 9) { return DOOR_01; }' "$scratch/changed/core/door.c"
mutate changed changed --resume
it 'a verdict on another text counts for nothing' ended 2 changed
mutate hole hole
it 'a hole in a contract is found' ended 1 hole
it 'the survivor is shown' said 'now: d->locked = d->locked != 0 ? 1 : d->locked;' hole
it 'what is argued is shown as that' said ' 1 argued' hole
it 'an argument about a killed mutant is an error' said 'return DOOR_01;: this mutant is killed' hole
it 'an argument about no mutant is an error' said 'return DOOR_01;: there is no such mutant' hole
it 'an argument that says nothing is an error' said 'd->open = 1;: no line why:' hole
mutate false false
it 'a function that is not proved as it stands has no verdict' ended 2 false
mutate sample exact --every 9
it 'a sample says that it is one' said 'not the whole' sample
it 'an unknown function' exits 2 tests/mutate_core --source "$scratch/exact" --function window_open
it 'an unknown file' exits 2 tests/mutate_core --source "$scratch/exact" --file window.c
it 'an unknown option' exits 2 tests/mutate_core --all
done_testing
