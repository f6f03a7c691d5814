#!/usr/bin/env bash
# usage: tests/test_owed.sh
#
# closeaf owed: who owes what where a trace ends, and the plan, which check accepts. test_owed.c cuts each
# trace at each line; here is what the command says. Speaks TAP.
set -euo pipefail
. "$(dirname "$0")/tap.sh"

closeaf=build/closeaf
hangs=tests/sequences/SEQ-11.trace
good=tests/sequences/SEQ-08.trace
lacks() { ! says "$@" > /dev/null; }

# ---- A trace that hangs ----

it 'SEQ-11: something is owed' exits 1 $closeaf owed $hangs
it '  who, what, to whom, since which line' says "$hangs:30: the call manager owes the client of binding 1 the end of ProtocolCmCloseAf of af:0.1; AF-CM-11: " $closeaf owed $hangs
it '  how it ends' says 'the call manager calls NdisCmCloseAddressFamilyComplete SUCCESS (af:0.1' $closeaf owed $hangs
it '  what waits behind it' says 'behind it: ProtocolClNotifyCloseAf of af:0.1 (line 27), ProtocolUnbindAdapterEx of binding:0.1 (line 25), the unbind of binding:1.1 (line 23)' $closeaf owed $hangs
it '  the wait of the client, with its line' says "$hangs:33: thread t0 is held up: the client: WaitInProtocolClNotifyCloseAf (af:0.1, thread t0, PASSIVE_LEVEL), in ProtocolClNotifyCloseAf (af:0.1) since line 27" $closeaf owed $hangs
it '  and its rule' says '; THR-02: ' $closeaf owed $hangs
held_up() { { $closeaf owed $hangs || :; } | grep 'held up' | grep 'THR-02: '; }
it '  in one line' held_up
it 'check says the same in short' says 'held up: thread t0 waits at line 33, in ProtocolClNotifyCloseAf (af:0.1) since line 27, in ' $closeaf check $hangs
it '  and how many steps lead to rest' says 'steps to rest, which closeaf owed tells; the first: the call manager: ReleaseAfResources' $closeaf check $hangs
it '  and each outstanding thing once' test "$({ $closeaf check $hangs || :; } | grep -c 'outstanding: ProtocolCmCloseAf')" = 1
it '  in JSON, too' bash -c "$closeaf check --format=json $hangs | jq -e '.files[0].steps_to_rest > 5'"

# ---- The plan ----

rests() { # FILE: with the plan behind it, nothing is left undone or outstanding
    { $closeaf owed --plan "$1" || [[ $? -eq 1 ]]; } | cat "$1" - > "$scratch/whole.trace"
    { $closeaf check "$scratch/whole.trace" || [[ $? -eq 1 ]]; } > "$scratch/judged"
    if grep -E ':end: ([A-Z-]+[0-9]+:|outstanding)' "$scratch/judged"; then return 1; fi
    exits 0 $closeaf owed "$scratch/whole.trace"
}
it 'with the plan behind it, SEQ-11 is at rest' rests $hangs
one_breach() { [[ $({ $closeaf check "$scratch/whole.trace" || :; } | grep -cE '^[^ ]*:[0-9]+: [A-Z]+(-[A-Z]+)*-[0-9]+: ') -eq 1 ]]; }
it '  and has no breach but that of its own' one_breach
conforms_cut() { # LINE: SEQ-08 up to it
    head -n "$1" $good > "$scratch/cut.trace"
    rests "$scratch/cut.trace" && exits 0 $closeaf check "$scratch/whole.trace"
}
for line in 12 40 56 64; do
    it "SEQ-08, cut behind line $line, and its plan conform" conforms_cut $line
done
it 'a chart of both' bash -c "$closeaf owed --plan $hangs | cat $hangs - | $closeaf draw | grep 'ProtocolUnbindAdapterEx(binding:1.1) returns SUCCESS'"
it 'the plan begins with a comment' says '# closeaf: plan: ' $closeaf owed --plan $hangs
same_plan() { cmp <($closeaf owed --plan $hangs || :) <($closeaf owed --plan $hangs || :); }
it 'the plan is the same each time' same_plan
without_the_completion() {
    { $closeaf owed --plan $hangs || :; } | grep -v 'call NdisCmCloseAddressFamilyComplete' | cat $hangs - > "$scratch/lacks.trace"
    { $closeaf check "$scratch/lacks.trace" || :; } | grep 'NDIS calls ProtocolClCloseAfComplete'
}
it 'a plan that lacks a step is refused by check' without_the_completion

# ---- JSON ----

json() { { $closeaf owed --format=json "${@:2}" || :; } | jq -e "$1" > /dev/null; }
it 'JSON: the debts' json '.files[0].owed | map(.requirement) | contains(["AF-CM-11", "UNB-01"])' $hangs
it '  what is behind' json '.files[0].owed[0].behind | length == 3' $hangs
it '  the thread that waits' json '.files[0].threads == [.files[0].threads[] | select(.waits and .line == 33 and .requirement == "THR-02")] and (.files[0].threads | length == 1)' $hangs
it '  the plan' json '.files[0].plan | length > 5 and all(.step and .name and .says)' $hangs
it '  at rest' json '.files[0].verdict == "at rest" and .files[0].plan == []' $good
it '  of several files' json '.files | length == 2' $hangs $good
it '  of a file that is none' json '.files[0].verdict == "not judged"' "$scratch/missing"

# ---- At rest, and what cannot be said ----

it 'SEQ-08 is at rest' exits 0 $closeaf owed $good
it '  and says so' says 'at rest: nothing is owed' $closeaf owed $good
it '  its plan is a comment' says '# closeaf: at rest: nothing is owed' $closeaf owed --plan $good
head -n 1 $good > "$scratch/empty.trace"
it 'a header alone' says 'no event: nothing is owed' $closeaf owed "$scratch/empty.trace"
it '  exit status 0' exits 0 $closeaf owed "$scratch/empty.trace"
it 'a recording that begins in the middle' says 'the recording begins in the middle' $closeaf owed tests/field/102-begins-without-saying-so.trace
it 'a crash: what would have been owed' says 'this would have been owed' $closeaf owed tests/field/103-crash-in-the-unbind.trace
it '  with a plan' says 'it comes to rest with 11 steps' $closeaf owed tests/field/103-crash-in-the-unbind.trace
{ grep -v '^#' $good; echo 't0 enter ProtocolBindAdapterEx binding:1000.1 - PASSIVE'; } > "$scratch/many.trace"
it 'a table is full: no verdict' exits 2 $closeaf owed "$scratch/many.trace"
it '  and BOUND-REACHED' says 'BOUND-REACHED: a table is full' $closeaf owed "$scratch/many.trace"
it 'what a breach has begun may stay' says 'but for what was begun against the rules' $closeaf owed tests/rules/PNP-01.trace

# By reading a of AMB-01 nobody may answer the notification.
sed -e '1s/$/ amb_01=a/' -e 60q $good > "$scratch/reading.trace"
it 'a reading without progress: no way is promised' says 'no way to rest was found within' $closeaf owed "$scratch/reading.trace"
it '  it says what is left' says 'the nearest leaves: ProtocolClNotifyCloseAf of af:0.1 (line 35)' $closeaf owed "$scratch/reading.trace"
it '  and prints no plan' test -z "$($closeaf owed --plan "$scratch/reading.trace" 2> /dev/null)"
it '  exit status 1' exits 1 $closeaf owed "$scratch/reading.trace"
it '  null in JSON' json '.files[0].plan == null' "$scratch/reading.trace"
it '  by check, too' says 'no way to rest was found' $closeaf check "$scratch/reading.trace"

# ---- How it is called ----

it 'a missing file' exits 2 $closeaf owed "$scratch/missing"
it 'standard input' bash -c "$closeaf owed < $good"
it 'an unknown option' says 'owed does not know --plans; the nearest is --plan' $closeaf owed --plans $hangs
it 'an unknown format' says '--format is text or json' $closeaf owed --format=xml $hangs
it 'a plan of two files' says '--plan takes one file' $closeaf owed --plan $hangs $good
it 'options may stand behind the file' exits 0 $closeaf owed $good --format json
{ cat $good; echo nonsense; } > "$scratch/half.trace"
it 'a line that is none' exits 2 $closeaf owed "$scratch/half.trace"
full() { $closeaf owed $hangs > /dev/full; }
it 'a full disk' exits 2 full

done_testing
