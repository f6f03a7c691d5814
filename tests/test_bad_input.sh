#!/usr/bin/env bash
# usage: tests/test_bad_input.sh
#
# What is no trace: each verb that reads one says file, line, column and what should have
# stood there, ends with status 2, and needs no more memory for more input. Speaks TAP.
set -euo pipefail
. "$(dirname "$0")/tap.sh"

closeaf=build/closeaf
readers=('check' 'check --format=json' 'check --format=sarif' 'check --expect' states draw 'draw --svg' replay
    'convert --to=jsonl' 'convert --to=itf' 'convert --to=perfetto' 'convert --to=trace')

# Bounded: 60 MB of address space, 20 s of processor time.
bounded() { (ulimit -v 120000 -t 20; "$@"); }

refused() { # PLACE TEXT VERB FILE: ends with 2 and says so
    local said status=0
    # shellcheck disable=SC2086 # the words of the verb
    said=$(bounded $closeaf $3 "$4" 2>&1 > /dev/null) || status=$?
    [[ $status -eq 2 ]] || { echo "status $status of: closeaf $3: $said"; return 1; }
    [[ $said == "$4:$1: "*"$2"* ]] || { echo "not $1, $2: $said"; return 1; }
}
by_all() { # PLACE TEXT FILE
    local verb
    for verb in "${readers[@]}"; do refused "$1" "$2" "$verb" "$3" || return 1; done
}
header='closeaf-trace 2\n'
close='t1 call NdisClCloseAddressFamily af:0.1 - PASSIVE'
bad() { # NAME PLACE TEXT FORMAT [ARGUMENT...]: the trace that printf makes is refused there
    # shellcheck disable=SC2059 # the format is the test
    printf "$4" "${@:5}" > "$scratch/bad.trace"
    it "$1" by_all "$2" "$3" "$scratch/bad.trace"
}

bad 'an empty file' 1:1 'expected closeaf-trace 2' ''
bad 'another file' 1:1 'expected closeaf-trace 2' '\177ELF\2\1\1\0'
bad 'the version before' 1:15 'expected version 2 (version 1 lacks' 'closeaf-trace 1\n'
bad 'another version' 1:15 'expected version 2' 'closeaf-trace 3\n'
bad 'UTF-16' 1:1 'expected UTF-8 without a byte order mark' '\377\376c\0l\0o\0'
bad 'a line that ends in the middle' 2:42 'expected a space and an IRQL' "$header%s\n" "${close% *}"
bad 'a file that ends in the middle' 2:42 'expected LF at the end of the last line' "$header%s" "${close% *}"
bad 'a last line without LF' 2:50 'expected LF at the end of the last line' "$header%s" "$close"
bad 'a NUL byte in a word' 2:9 'expected a name' "${header}t1 call \\0NdisClCloseAddressFamily af:0.1 - PASSIVE\n"
bad 'a NUL byte behind a word' 2:13 'expected a printable' "${header}t1 call Ndis\\0ClCloseAddressFamily af:0.1 - PASSIVE\n"
bad 'a NUL byte in a comment' 2:3 'expected a printable' "${header}# \\0\n"
bad 'nothing but NUL bytes' 2:1 'expected an event' "$header\\0\\0\\0\\0"
# check and states pass over a name that is unknown, and check says so; the others refuse it.
misspelt='t1 call NdisClCloseAdressFamily af:0.1 - PASSIVE'
all_readers=("${readers[@]}")
readers=("${readers[@]:5}")
bad 'an unknown event' 2:9 'expected a name that the vocabulary has for call' "$header$misspelt\n"
readers=("${all_readers[@]}")
said_of_the_misspelt() { $closeaf check "$@" "$scratch/bad.trace" 2>&1; }
it 'check passes over it' exits 0 said_of_the_misspelt
it '  and says with which it may be meant' says 'NdisClCloseAdressFamily (did you mean NdisClCloseAddressFamily?)' said_of_the_misspelt
it '  and counts it' says '1 event with an unknown name, the first at line 2: NdisClCloseAdressFamily (nearest known: NdisClCloseAddressFamily)' said_of_the_misspelt
counts_it() { said_of_the_misspelt --format=json | jq -e '.files[0].unknown | .events == 1 and .names[0].nearest == "NdisClCloseAddressFamily"' > /dev/null; }
it '  in JSON too' counts_it
bad 'a word that is no name' 2:9 'expected a name that the vocabulary has for call' "${header}t1 call Ndis-Close af:0.1 - PASSIVE\n"
bad 'an unknown verb' 2:4 'expected call, return, enter, leave or do' "${header}t1 calls NdisClCloseAddressFamily af:0.1 - PASSIVE\n"
bad 'a thread out of range' 2:1 'expected an event (t0 to t255)' "${header}t256%s\n" "${close#t1}"
bad 'a slot out of range' 2:34 'each at most 4294967295' "$header%s\n" "${close/af:0.1/af:4294967296.1}"
bad 'a generation out of range' 2:34 'each at most 4294967295' "$header%s\n" "${close/af:0.1/af:0.99999999999999999999}"
bad 'what is not UTF-8 in a name' 2:13 'expected a printable' "${header}t1 call Ndis\\377 af:0.1 - PASSIVE\n"
bad 'CR LF' 1:16 'expected LF alone' 'closeaf-trace 2\r\n%s\r\n' "$close"
bad 'mixed ends of lines' 3:50 'expected LF alone' "$header%s\n%s\r\n" "$close" "$close"
bad 'CR alone' 1:16 'expected LF alone' 'closeaf-trace 2\r%s\r' "$close"
bad 'an empty line' 3:1 'expected an event' "$header%s\n\n%s\n" "$close" "$close"
bad 'a second header' 2:1 'expected one trace in a file' "$header$header"
bad 'two traces in one file' 3:1 'expected one trace in a file' "$header%s\n$header%s\n" "$close" "$close"

# A line of megabytes is refused at its beginning.
{ printf '%bt1 call ' "$header"; head -c 8000000 /dev/zero | tr '\0' N; } > "$scratch/long.trace"
it 'a word of megabytes' by_all 2:9 'expected a name' "$scratch/long.trace"
{ printf '%b%s ' "$header" "$close"; head -c 8000000 /dev/zero | tr '\0' ' '; echo; } > "$scratch/long.trace"
it 'a line of megabytes of spaces' by_all 2:50 'expected LF' "$scratch/long.trace"
{ printf '%b#' "$header"; head -c 8000000 /dev/zero | tr '\0' c; printf '\r\n'; } > "$scratch/long.trace"
it 'a comment of megabytes with CR LF' by_all 2:8000002 'expected LF alone' "$scratch/long.trace"
{ printf '%b#' "$header"; head -c 8000000 /dev/zero | tr '\0' c; printf '\n%s\r\n' "$close"; } > "$scratch/long.trace"
it 'what stands behind a comment of megabytes' by_all 3:50 'expected LF alone' "$scratch/long.trace"

# No file at all.
cannot_open() {
    local verb
    for verb in "${readers[@]}"; do
        # shellcheck disable=SC2086 # the words of the verb
        exits 2 bounded $closeaf $verb "$1" > /dev/null 2>&1 || { echo "$verb"; return 1; }
    done
}
it 'a directory' cannot_open "$scratch"
it 'a directory is named' says "cannot open $scratch: Is a directory" $closeaf check "$scratch"
it 'a file that is not there' cannot_open "$scratch/missing"
it 'a file that is not there is named' says "cannot open $scratch/missing: No such file" $closeaf check "$scratch/missing"
closed_input() { exits 2 $closeaf check < /dev/null; }
it 'an empty standard input' closed_input
it 'an empty standard input is named' says 'standard input:1:1: not a trace' $closeaf check
no_input() { exits 2 $closeaf check <&-; }
it 'a standard input that is closed' no_input
printf '%b%s\n\n' "$header" "$close" > "$scratch/other.trace"
it 'diff names the one of two' says "$scratch/other.trace:3:1: not a trace" \
    $closeaf diff "$scratch/other.trace" "$scratch/other.trace"
it 'diff with a bad one' exits 2 $closeaf diff "$scratch/bad.trace" "$scratch/other.trace"
it 'what is bad does not hide what is not' says ':33: THR-02' $closeaf check "$scratch/bad.trace" tests/sequences/SEQ-11.trace
it 'the JSON of what is bad is JSON' \
    bash -c "$closeaf check --format=json '$scratch/bad.trace' '$scratch/missing' 2> /dev/null |
        jq -e '[.files[] | .verdict == \"not judged\"] | all and length == 2'"
it 'so is its SARIF' bash -c "$closeaf check --format=sarif '$scratch/bad.trace' 2> /dev/null |
    jq -e '.runs[0].results[-1].locations[0].physicalLocation.region.startLine == 3'"
it 'and that of what is not there' bash -c "$closeaf check --format=sarif '$scratch/missing' |
    jq -e '.runs[0].results[0] | .level == \"error\" and (.locations[0].physicalLocation.artifactLocation.uri | endswith(\"missing\"))'"
printf '%b%s\n%s\n' "$header" 't9 call NdisRegisterProtocolDriver driver:0.1 - PASSIVE' "$close" > "$scratch/$(printf 'odd\377"\\<.trace')"
it 'the JSON of a strange name is JSON' \
    bash -c "$closeaf check --format=json '$scratch'/odd* | jq -e '.files[0].findings | length == 1'"
it 'the URI of a strange name is one' bash -c "$closeaf check --format=sarif '$scratch'/odd* |
    jq -e '.runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri | endswith(\"odd%FF%22%5C%3C.trace\")'"

# A slot beyond every table, freed and then completed with success: nothing is written there.
beyond() { # LINE...
    printf '%b' "$header"
    printf '%s\n' 't0 call NdisOpenAdapterEx binding:4000000000.1 - PASSIVE' "$@"
}
it 'a SAP beyond the table' exits 1 $closeaf check <(beyond 't0 do FreeCallMgrSapContext sap:4000000000.1 - PASSIVE af:0.1' \
    't0 call NdisCmRegisterSapComplete sap:4000000000.1 SUCCESS PASSIVE af:0.1')
it 'a party beyond the table' exits 1 $closeaf check <(beyond 't0 do FreeCallMgrPartyContext party:4000000000.1 - PASSIVE vc:0.1' \
    't0 call NdisCmAddPartyComplete party:4000000000.1 SUCCESS PASSIVE vc:0.1')
it 'a binding beyond the table' exits 1 $closeaf check <(beyond 't0 do FreeOpenParameters binding:4000000000.1 - PASSIVE' \
    't0 enter ProtocolOpenAdapterCompleteEx binding:4000000000.1 SUCCESS PASSIVE')

# Much input: 300 MB of comments, of findings and of events in the same memory.
many() { # LINES LINE...: the lines, as often
    printf '%b' "$header"
    local n=$1
    shift
    yes "$(printf '%s\n' "$@")" | head -n "$n" || true
}
much_of_comments() { many 3000000 "$(head -c 99 /dev/zero | tr '\0' '#')" | exits 0 bounded $closeaf check; }
much_of_findings() { many 500000 "$close" | exits 1 bounded $closeaf check > /dev/null; }
it 'hundreds of megabytes of comments' much_of_comments
it 'hundreds of megabytes of findings' much_of_findings
converts_much() { many 300000 "$close" | exits 0 bounded $closeaf convert --to="$1" > /dev/null; }
for format in jsonl itf perfetto trace; do
    it "hundreds of megabytes of $format" converts_much $format
done

# Nobody listens any more: the reader ends soon, with a message and status 2.
closed_pipe() {
    local status=0
    { sleep 0.1; many 500000000 "$close" | bounded $closeaf "$@" 2> "$scratch/said" || status=$?; echo $status > "$scratch/status"; } | :
    [[ $(cat "$scratch/status") -eq 2 ]] || { echo "status $(cat "$scratch/status")"; return 1; }
    grep -q 'cannot write all of the output' "$scratch/said"
}
it 'check into a closed pipe' closed_pipe check
for format in jsonl itf perfetto trace; do
    it "convert --to=$format into a closed pipe" closed_pipe convert --to="$format"
done

done_testing
