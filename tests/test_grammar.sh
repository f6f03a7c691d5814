#!/usr/bin/env bash
# usage: tests/test_grammar.sh
#
# The reader against the grammar of src/trace/TRACE.md. The grammar is read from the page: each
# alternative of each rule is written into a line, which is a trace, and altered so that the
# grammar no longer has it, which is none. Speaks TAP.
set -euo pipefail
. "$(dirname "$0")/tap.sh"

closeaf=build/closeaf

# The text of a rule, its lines joined.
awk '/^`/ { on = /abnf$/; next } on' src/trace/TRACE.md > "$scratch/abnf"
rule() {
    awk -v name="$1" '/^[a-z]+ *=/ { on = $1 == name || $1 == name "=" ; sub(/^[a-z]+ *= */, "") } on' "$scratch/abnf" |
        tr '\n' ' ' | tr -s ' '
}
# The strings of a rule that is a choice of strings.
words() { rule "$1" | grep -oE '"[^"]*"' | tr -d '"'; }

reads() { printf 'closeaf-trace 2\n%s\n' "$1" | $closeaf convert --to=trace > /dev/null; }
refuses() { printf 'closeaf-trace 2\n%s\n' "$1" | exits 2 $closeaf convert --to=trace > /dev/null 2>&1; }
comes_back() { [[ $(printf 'closeaf-trace 2\n%s\n' "$1" | $closeaf convert --to=trace | tail -n 1) == "$1" ]]; }

it 'the page has the grammar' test "$(grep -cE '^[a-z]+ *=' "$scratch/abnf")" -eq 19

# The choices are those of the source, no more and no less.
same() { diff <(sort) <(sort <<< "$2") > /dev/null || { echo "$1 differs from the source"; return 1; }; }
columns() { # VERB NAME OBJECT of each row
    printf '#define EVENT(i, verb, name, object, ...) @ verb name object\n#include "protocol/vocabulary.def"\n' |
        gcc -E -P -Isrc - | tr '\n@' ' \n' | sed -n 's/ *\/ */\//g;s/^ *//;s/ *$//;/./p'
}
columns > "$scratch/rows"
of_source() { cut -d' ' -f"$1" "$scratch/rows" | sort -u; }
verbs_agree() { words verb | same verb "$(of_source 1)"; }
kinds_agree() { words kind | same kind "$(of_source 3)"; }
it 'the verbs are those of the vocabulary' verbs_agree
it 'the kinds of object are those of the vocabulary' kinds_agree

line() { # VERB NAME KIND STATUS: with what must stand behind it
    local on=
    case $2:$3 in
        NdisClOpenAddressFamilyEx:*) on=' binding:3.4' ;;
        *:sap | *:vc | *:request) on=' af:3.4' ;;
        *:party) on=' vc:3.4' ;;
    esac
    echo "t1 $1 $2 $3:0.1 $4 PASSIVE$on"
}
every_row() {
    local verb name kind
    while read -r verb name kind; do line "$verb" "$name" "$kind" -; done < "$scratch/rows" > "$scratch/lines"
    { echo 'closeaf-trace 2'; cat "$scratch/lines"; } > "$scratch/rows.trace"
    $closeaf convert --to=trace "$scratch/rows.trace" | cmp - "$scratch/rows.trace"
}
it 'every row of the vocabulary is read and written alike' every_row
it 'there are many' test "$(wc -l < "$scratch/rows")" -gt 200

good='t1 return NdisClCloseAddressFamily af:0.1 SUCCESS PASSIVE'
for status in $(words status); do it "status $status" comes_back "${good/SUCCESS/$status}"; done
for irql in $(words irql); do it "irql $irql" comes_back "${good/PASSIVE/$irql}"; done
for word in $(words verb); do it "${word^} for $word" refuses "${good/return/${word^}}"; done
for word in $(words kind); do it "${word^} for $word" refuses "${good/af:/${word^}:}"; done
for word in $(words status); do [[ $word == - ]] || it "${word,,}" refuses "${good/SUCCESS/${word,,}}"; done
for word in $(words irql); do it "${word,,}" refuses "${good/PASSIVE/${word,,}}"; done
for word in t1 return NdisClCloseAddressFamily af:0.1 SUCCESS PASSIVE; do
    it "without $word" refuses "$(sed "s/ *\<$word\> */ /;s/^ //;s/ $//" <<< "$good")"
    it "$word twice" refuses "${good/$word/$word $word}"
    it "$word with a letter more" refuses "${good/$word/${word}x}"
done
for n in 0 1 9 10 255 256 4294967295; do it "the number $n" comes_back "${good/0.1/$n.$n}"; done
for n in '' 00 01 +1 -1 1a 4294967296 42949672950 1e3 0x1; do it "no number: '$n'" refuses "${good/0.1/$n.1}"; done
for n in 0 9 10 99 255; do it "thread $n" comes_back "${good/t1/t$n}"; done
for n in '' 00 256 1000 -1; do it "no thread: '$n'" refuses "${good/t1/t$n}"; done
for on in ' binding:1.1' ' af:1.1' ' vc:1.1'; do
    it "on$on where none stands" refuses "$good$on"
    for row in 'NdisClRegisterSap sap' 'NdisCoCreateVc/client vc' 'NdisClAddParty party' 'NdisCoOidRequest/client request' 'NdisClOpenAddressFamilyEx af'; do
        whole=$(line call "${row% *}" "${row#* }" -)
        if [[ " ${whole##* }" == "${on%:*}":* ]]; then it "on$on of $row" comes_back "$whole"
        else it "on$on of $row" refuses "${whole% *}$on"; fi
    done
done

called='t1 call NdisClCloseAddressFamily af:0.1 - PASSIVE'
for n in 0 9 254; do it "by $n" comes_back "$called by:$n"; done
for by in by: by:255 by:01 by:-1 by:1.1 BY:1 binding:1.1 ' by:1' 'by:1 by:1'; do it "not by: '$by'" refuses "$called $by"; done
it 'by behind on' comes_back 't1 call NdisClRegisterSap sap:0.1 - PASSIVE af:0.1 by:2'
it 'by before on' refuses 't1 call NdisClRegisterSap sap:0.1 - PASSIVE by:2 af:0.1'
it 'by of what a driver does' comes_back 't1 do FreeClientAfContext af:0.1 - PASSIVE by:2'
it 'no driver acts in what NDIS calls' refuses 't1 enter ProtocolCmCloseAf af:0.1 - PASSIVE by:2'
it 'nor in what the system does' refuses 't1 do RemoveAdapter binding:0.1 - PASSIVE by:2'
it 'nor in a return' refuses "$good by:2"

for c in ' ' '!' '~' $'\t' $'\200' $'\377' 'é'; do it "a comment with $(printf %q "$c")" reads "#$c"; done
for c in $'\1' $'\r' $'\13' $'\33' $'\177'; do it "no comment: $(printf %q "$c")" refuses "#$c"; done

# Headers.
header() { printf '%b\n' "$1" | $closeaf convert --to=trace > /dev/null 2>&1; }
headed() { [[ $(printf '%s\n' "$1" | $closeaf convert --to=trace) == "$1" ]]; }
unheaded() { exits 2 header "$1"; }
it 'a header' headed 'closeaf-trace 2'
while read -r name letters recommended _; do
    for ((i = 0; i < ${#letters}; i++)); do
        letter=${letters:i:1}
        if [[ $letter == "$recommended" ]]; then it "reading $name=$letter" header "closeaf-trace 2 $name=$letter"
        else it "reading $name=$letter" headed "closeaf-trace 2 $name=$letter"; fi
    done
    it "no reading $name=z" unheaded "closeaf-trace 2 $name=z"
    it "reading $name twice" unheaded "closeaf-trace 2 $name=$recommended $name=$recommended"
    it "reading $name is one of the grammar" grep -qE '^amb_[0-9]{2}(_[a-z]+)?$' <<< "$name"
done < <(build/closeaf readings | grep '^amb_')
for bad in 'closeaf-trace' 'closeaf-trace 1' 'closeaf-trace 3' 'closeaf-trace 20' 'Closeaf-Trace 2' 'closeaf-trace 2 ' \
    'closeaf-trace  2' ' closeaf-trace 2' 'closeaf-trace 2 amb_99=a' 'closeaf-trace 2 amb_06' 'closeaf-trace 2 AMB_06=a'; do
    it "no header: '$bad'" unheaded "$bad"
done
done_testing
