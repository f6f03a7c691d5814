#!/usr/bin/env bash
# usage: tests/test_tables.sh
#
# The tables of src/protocol: a bad row is named with its file, its line and what is wrong with it,
# before anything else is compiled; and where a row stands means nothing. Speaks TAP.
set -euo pipefail
cd "$(dirname "$0")/.."
. tests/tap.sh

copy=$scratch/copy
mkdir "$copy"
cp -r Makefile .ci src model proofs tests "$copy"
builds() { env -u MAKEFLAGS -u MAKELEVEL make -s -C "$copy" "$@"; }

# ---- bad rows ----

refused() { # FILE PATTERN TEXT SED...: the row that the pattern finds, once the script has changed it
    local file=src/protocol/$1 line said status=0
    cp "$file" "$copy/$file"
    sed -i "${@:4}" "$copy/$file"
    line=$(grep -nE "$2" "$copy/$file" | tail -n 1 | cut -d: -f1)
    said=$(builds build/src/core/core.o 2>&1) || status=$?
    cp "$file" "$copy/$file"
    [[ $status -ne 0 ]] || { echo 'the build accepts it'; return 1; }
    [[ $(grep -m 1 ': error: ' <<< "$said") == "$file:$line:"*"$3"* ]] || { echo "not line $line: $3, but: $said"; return 1; }
}
vocabulary='^EVENT\(LEAVE_BIND,'
row() { it "$1" refused vocabulary.def "$vocabulary" "$2" "$3"; }
row 'a column too few' 'LEAVE_BIND has 10 columns, and an EVENT has 11' '/^EVENT(LEAVE_BIND,/s/ any,//'
row 'a column too many' 'LEAVE_BIND has 12 columns' '/^EVENT(LEAVE_BIND,/s/ any,/ any, any,/'
row 'an empty column' 'LEAVE_BIND has no status' '/^EVENT(LEAVE_BIND,/s/ any,/ ,/'
row 'an unknown verb' 'LEAVE_BIND: verb "leaves" is none of: call return enter leave do' '/^EVENT(LEAVE_BIND,/s/ leave,/ leaves,/'
row 'an unknown object' 'LEAVE_BIND: object "bindings" is none of: af binding' '/^EVENT(LEAVE_BIND,/s/ binding, none/ bindings, none/'
row 'an unknown object at the end' 'LEAVE_BIND: on "sap" is none of: none binding af vc' '/^EVENT(LEAVE_BIND,/s/ none,/ sap,/'
row 'an unknown status' 'LEAVE_BIND: status "some" is none of: none any' '/^EVENT(LEAVE_BIND,/s/ any,/ some,/'
row 'an unknown driver' 'LEAVE_BIND: who "driver" is none of: client manager' '/^EVENT(LEAVE_BIND,/s/ owner,/ driver,/'
row 'an unknown level' 'LEAVE_BIND: level "DIRQL" is none of: PASSIVE DISPATCH' '/^EVENT(LEAVE_BIND,/s/PASSIVE/DIRQL/'
row 'an unknown requirement' 'LEAVE_BIND: requirement "IRQL_99" is not in requirements.def' '/^EVENT(LEAVE_BIND,/s/IRQL_23/IRQL_99/'
row 'an unknown section' 'LEAVE_BIND: section "bind" is none of: opening closing' '/^EVENT(LEAVE_BIND,/s/ binding, core/ bind, core/'
row 'an unknown judge' 'LEAVE_BIND: judge "nobody" is none of: core runtime model' '/^EVENT(LEAVE_BIND,/s/ core)/ nobody)/'
row 'another judge than its section has' 'LEAVE_BIND is of one section with ENTER_BIND, and of another judge' '/^EVENT(LEAVE_BIND,/s/ core)/ model)/'
vocabulary='^EVENT\(RECORDING_ENDS,'
row 'one that is judged in traces alone, and its section not' 'RECORDING_ENDS is of one section with SYSTEM_CRASH, and of another judge' '/^EVENT(RECORDING_ENDS,/s/ trace)/ core)/'
vocabulary='^EVENT\(LEAVE_BIND,'
it 'the model knows none that is judged in traces alone' exits 1 grep -qE 'EV_(SYSTEM_CRASH|RECONFIGURE_ENTER|PLAIN_SEND_CALL)' build/vocabulary.pml
row 'a leave without a status' 'LEAVE_BIND: a return or leave is traced for its status' '/^EVENT(LEAVE_BIND,/s/ any,/ none,/'
row 'an event twice' 'LEAVE_BIND stands in the vocabulary twice' '/^EVENT(LEAVE_BIND,/p'
vocabulary='^EVENT\(OTHER,'
row 'verb, name and object twice' 'OTHER has verb, name and object of LEAVE_BIND' '/^EVENT(LEAVE_BIND,/{p;s/LEAVE_BIND/OTHER/}'
it 'the other row is named too' says 'vocabulary.def:' refused vocabulary.def '^EVENT\(OTHER,' 'nothing' '/^EVENT(LEAVE_BIND,/{p;s/LEAVE_BIND/OTHER/}'
vocabulary='^NET_PNP_EVENT\(PAUSE'
row 'a shorter form without a column' 'NET_PNP_EVENT' 's/^NET_PNP_EVENT(PAUSE, .*/NET_PNP_EVENT(PAUSE)/'
row 'a shorter form twice' 'PAUSE_ENTER stands in the vocabulary twice' '/^NET_PNP_EVENT(PAUSE,/p'
vocabulary='^ *ProtocolClRegisterSapComplete' # its last line
row 'one of several lines without a column' 'OPERATION' '/^OPERATION(SAP_REGISTER,/s/ af,//'
it 'a requirement twice' refused requirements.def '^REQUIREMENT\(AF_CL_01,' 'AF_CL_01 stands among the requirements twice' '/^REQUIREMENT(AF_CL_01,/{N;N;p}'
it 'one whose id is another' refused requirements.def '^REQUIREMENT\(AF_CL_01,' 'AF_CL_01 has the id "AF-CL-02"' 's/"AF-CL-01"/"AF-CL-02"/'
it 'one without a priority' refused requirements.def '^REQUIREMENT\(AF_CL_01,' 'AF_CL_01: priority "client" is none of: core related' 's/"AF-CL-01", "core"/"AF-CL-01", "client"/'

# ---- where a row stands means nothing ----

# Each row, of one line or several, at another place: the last is the first now.
turned_round() {
    awk '/^[A-Z_]+\(/ { row = ""; in_row = 1 }
         in_row { row = row $0 "\n"; if (/\)$/) { rows[++n] = row; in_row = 0 } next }
         /^#undef/ { while (n) printf "%s", rows[n--] }
         { print }' "$1"
}
turned_round src/protocol/vocabulary.def > "$copy/src/protocol/vocabulary.def"
it 'the rows have changed places' test "$(grep -c '^EVENT(' "$copy/src/protocol/vocabulary.def")" -eq "$(grep -c '^EVENT(' src/protocol/vocabulary.def)"
it 'such a copy builds' builds compiled
it '  and its numbers are others' exits 1 cmp -s build/vocabulary.pml "$copy/build/vocabulary.pml"
rows_of() { sed -E 's/ [0-9]+$//;/^#define is_/d' "$1" | sort; }
same_promela() { diff <(rows_of build/vocabulary.pml) <(rows_of "$copy/build/vocabulary.pml"); }
it 'the model has the same names' same_promela
said_of() { # CLOSEAF: all that it says of the traces
    local trace
    "$1" check --all tests/sequences/*.trace tests/rules/*.trace || [[ $? -eq 1 ]]
    for trace in tests/sequences/*.trace; do "$1" draw "$trace"; "$1" convert --to=jsonl "$trace"; done
    "$1" explain IRQL-01 IRQL-30 IRQL-91 | sort
}
same_verdicts() {
    said_of build/closeaf > "$scratch/ours" && said_of "$copy/build/closeaf" > "$scratch/others" &&
        diff "$scratch/ours" "$scratch/others" && [[ $(wc -l < "$scratch/ours") -gt 1000 ]]
}
it 'the same is said of each sequence and of each rule' same_verdicts

# A test for the place of a row: whatever stands between the two rows was of an AF.
spoilt() {
    sed -i 's/kind <= LAST_OF_notification ? TO_AF/kind <= FREE_CALL_MGR_AF_CONTEXT ? TO_AF/' "$copy/src/core/core.c"
    builds build/closeaf && same_verdicts > /dev/null
}
it 'a core that goes by the place of a row is found out' exits 1 spoilt
done_testing
