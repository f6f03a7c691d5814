#!/usr/bin/env bash
# usage: tests/test_states.sh
#
# closeaf states: what it says of a trace is what check finds there and what the core answers.
# Speaks TAP.
set -euo pipefail
. "$(dirname "$0")/tap.sh"

closeaf=build/closeaf
trace=tests/sequences/SEQ-08.trace
$closeaf states "$trace" > "$scratch/states"
of() { jq -es "$1" "$scratch/states" > /dev/null; } # FILTER: true of the lines, as a list

# ---- The events ----

it 'each line is JSON' of 'length > 0'
it 'the header names the readings' of '.[0]["closeaf-states"] == 1 and .[0].readings.amb_06 == "b"'
same_events() {
    cmp <(grep '^t' "$trace") <(jq -r 'select(.verb) | "t\(.thread) \(.verb) \(.name) \(.object) \(.status // "-") \(.irql)" + (if .on then " \(.on)" else "" end)' "$scratch/states")
}
it 'an event is that of the trace' same_events
same_lines() { cmp <(grep -n '^t' "$trace" | cut -d: -f1) <(jq -r 'select(.verb).line' "$scratch/states"); }
it 'and stands at its line' same_lines
it 'it is told who acts' of '[.[] | select(.verb).driver] | unique == ["call manager", "client 1", "system"]'

# Of each trace: its lines with what breaks there, and what is left undone.
traces=(tests/sequences/*.trace tests/rules/*.trace)
said_by_states() {
    local file
    for file in "${traces[@]}"; do
        echo "\"$file\""
        $closeaf states "$file" | grep -v '^{"next"' || : a table may be full
    done | jq -nr 'foreach inputs as $i (""; if ($i | type) == "string" then $i else . end;
        . as $file | $i | objects | (.breaks[]? | "\($file) \(.line) \(.requirement)"), (.left_undone[]? | "\($file) end \(.requirement)"))' | sort
}
same_breaches() {
    { $closeaf check --format=json "${traces[@]}" || : breaches; } |
        jq -r '.files[] | .file as $file | .findings[] | "\($file) \(.line // "end") \(.requirement)"' | sort > "$scratch/found"
    [[ $(wc -l < "$scratch/found") -gt 250 ]] || { echo 'next to nothing was found'; return 1; }
    said_by_states | diff "$scratch/found" -
}
it 'what it says is broken is what check finds, in each sequence and rule' same_breaches

# ---- The objects ----

known=$(sed -n 's/^STATE(\([A-Z_]*\)).*/\1/p' src/protocol/states.def | jq -R . | jq -sc .)
it 'the names of states are those of states.def' of \
    "[.[] | .objects[]?.state.phase] - $known == []"
# shellcheck disable=SC2016 # for jq
it 'only what has changed is told' of \
    '[.[] | .objects[]?] | group_by(.object) | all(. as $o | [range(1; length)] | all($o[.] != $o[. - 1]))'
at() { jq -c "select(.line == $1)" "$scratch/states"; }
line_of() { grep -n "$1" "$trace" | head -1 | cut -d: -f1; }
closes=$(line_of 'call NdisClCloseAddressFamily')
opens=$(line_of 'OwnProtocolClOpenAfCompleteEx')
it 'once it is open the client may use and close' test "$(at "$opens" | jq -c '.objects[] | select(.object == "af:0.1").rights.client')" = '["use","close"]'
it 'from the call of the close on neither' test "$(at "$closes" | jq -c '.objects[] | select(.object == "af:0.1").rights.client // [] | map(select(IN("use", "close")))')" = '[]'
it 'and the AF is closing' test "$(at "$closes" | jq -r '.objects[] | select(.object == "af:0.1").state.phase')" = AF_CLOSING

# ---- A part of the trace ----

part() { $closeaf states "$@" "$trace" > "$scratch/part"; }
one_line() {
    part --from="$closes" --to="$closes" && [[ $(jq -s '[.[] | select(.verb)] | length' "$scratch/part") -eq 1 ]] &&
        jq -es --argjson whole "$(jq -s "[.[] | select(.verb and .line <= $closes).objects[]] | map({(.object): .}) | add" "$scratch/states")" \
            '([.[] | select(.verb)][0].objects | map({(.object): .}) | add) == $whole' "$scratch/part" > /dev/null
}
it 'of one line alone, each object is as the lines before have left it' one_line
it 'an option and its value may be two words' exits 0 $closeaf states --from "$closes" "$trace"
it 'options may stand behind the file' exits 0 $closeaf states "$trace" --to 20

# ---- What may come next ----

# Of every third event of a trace that conforms: behind the one before, it was said to be accepted.
foretold() { # TRACE
    local file=$1 before='' line event number=0
    while IFS=: read -r line event; do
        if [[ $((number++ % 3)) -eq 2 ]]; then
            $closeaf states --from="$before" --to="$before" "$file" > "$scratch/next"
            # shellcheck disable=SC2086 # the words of the event
            set -- $event
            jq -es --arg verb "$2" --arg name "$3" --arg object "$4" --arg status "$5" \
                'any(.[]; .next == $verb and .name == $name and .object == $object and (.accepted | index($status)))' "$scratch/next" > /dev/null ||
                { echo "$file:$line: $event: not foretold"; return 1; }
        fi
        before=$line
    done < <(grep -n '^t' "$file")
}
it 'what comes next in SEQ-08 was accepted' foretold tests/sequences/SEQ-08.trace
it 'and in SEQ-20' foretold tests/sequences/SEQ-20.trace
it 'a second close is refused, and why' test "$(part --to="$closes"; jq -c 'select(.next == "call" and .name == "NdisClCloseAddressFamily") | [.accepted, .refused]' "$scratch/part")" = '[[],{"AF-CL-03":["-"]}]'
bystander() { # to ask changes nothing: the state is told as it is without
    part --to="$closes"
    cmp <(jq -c 'select(.verb)' "$scratch/part") <(jq -c "select(.verb and .line <= $closes)" "$scratch/states")
}
it 'to ask changes nothing' bystander

# ---- What is wrong ----

printf 'closeaf-trace 2\nt1 call NdisClCloseAdressFamily af:0.1 - PASSIVE\n' > "$scratch/unknown.trace"
it 'a name that is unknown is passed over' says '"judged":false' $closeaf states "$scratch/unknown.trace"
printf 'closeaf-trace 2\n' > "$scratch/empty.trace"
it 'a trace without an event' exits 2 $closeaf states "$scratch/empty.trace"
it '  says so' says "no event of $scratch/empty.trace is in these lines" $closeaf states "$scratch/empty.trace"
it 'lines behind the end' exits 2 $closeaf states --from=100000 "$trace"
it 'lines that are none' says '--from takes the number of a line' $closeaf states --from=none "$trace"
it 'line 0' says '--to takes the number of a line' $closeaf states --to=0 "$trace"
it 'the end before the beginning' says '--from is behind --to' $closeaf states --from=9 --to=8 "$trace"
it 'two files' says 'states takes one file' $closeaf states "$trace" "$trace"
it 'an unknown option' says 'states does not know --form; the nearest is --from' $closeaf states --form 1 "$trace"
it 'a missing file' exits 2 $closeaf states "$scratch/missing"
it 'standard input' bash -c "$closeaf states < $trace | cmp - $scratch/states"
{ grep -v '^#' "$trace"; echo 't0 enter ProtocolBindAdapterEx binding:1000.1 - PASSIVE'; } > "$scratch/many.trace"
it 'more bindings than fit: no verdict' exits 2 $closeaf states "$scratch/many.trace"
it '  and BOUND-REACHED' says BOUND-REACHED $closeaf states "$scratch/many.trace"
full() { $closeaf states "$trace" > /dev/full; }
it 'a full disk' exits 2 full
{ cat "$trace"; echo 'nonsense'; } > "$scratch/half.trace"
it 'a line that is none' exits 2 $closeaf states "$scratch/half.trace"

done_testing
