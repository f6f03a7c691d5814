#!/usr/bin/env bash
# usage: tests/test_command_line.sh
#
# The verbs of build/closeaf: what they say and how they end. Speaks TAP.
set -euo pipefail
. "$(dirname "$0")/tap.sh"

closeaf=build/closeaf
fails_to_say() { ! says "$@" > /dev/null; }
good=$scratch/good.trace bad=$scratch/bad.trace

{
    echo 'closeaf-trace 2'
    for b in 0 1; do
        echo "t0 enter ProtocolBindAdapterEx binding:$b.1 - PASSIVE"
        echo "t0 call NdisOpenAdapterEx binding:$b.1 - PASSIVE"
        echo "t0 return NdisOpenAdapterEx binding:$b.1 SUCCESS PASSIVE"
        echo "t0 do OwnProtocolOpenAdapterCompleteEx binding:$b.1 SUCCESS PASSIVE"
        echo "t0 do FreeOpenParameters binding:$b.1 - PASSIVE"
        [[ $b == 1 ]] || echo 't0 call NdisCmRegisterAddressFamilyEx binding:0.1 - PASSIVE'
        [[ $b == 1 ]] || echo 't0 return NdisCmRegisterAddressFamilyEx binding:0.1 SUCCESS PASSIVE'
        echo "t0 leave ProtocolBindAdapterEx binding:$b.1 SUCCESS PASSIVE"
    done
    echo 't0 enter ProtocolCoAfRegisterNotify binding:1.1 - PASSIVE'
    echo 't1 call NdisClOpenAddressFamilyEx af:0.1 - PASSIVE binding:1.1'
    echo 't1 enter ProtocolCmOpenAf af:0.1 - PASSIVE'
    echo 't1 do StoreCallMgrAfContext af:0.1 - PASSIVE'
    echo 't1 leave ProtocolCmOpenAf af:0.1 SUCCESS PASSIVE'
    echo 't1 return NdisClOpenAddressFamilyEx af:0.1 SUCCESS PASSIVE binding:1.1'
    echo 't1 do OwnProtocolClOpenAfCompleteEx af:0.1 SUCCESS PASSIVE'
} > "$good"
{
    cat "$good"
    echo 't1 call NdisClCloseAddressFamily af:0.1 - PASSIVE'
    echo 't1 call NdisClCloseAddressFamily af:0.1 - PASSIVE'
} > "$bad"
last=$(($(wc -l < "$bad")))
{ cat "$bad"; echo "# expect: AF-CL-03 at $last"; echo '# expect: AF-CL-24 at end'; } > "$scratch/expected.trace"
{ cat "$bad"; echo '# expect: AF-CL-24 at end'; } > "$scratch/too-few.trace"
{ cat "$good"; echo '# expect: AF-CL-24 at end'; } > "$scratch/too-many.trace"
{ cat "$good"; echo '# expect: AF-CL-999 at end'; } > "$scratch/unknown.trace"
printf 'not a trace\n' > "$scratch/text.trace"
head -c 100000 /dev/zero | tr '\0' x > "$scratch/long.trace"

it 'check accepts a conforming trace' exits 0 $closeaf check "$good"
it 'check refuses a second close' exits 1 $closeaf check "$bad"
it 'check names the line, the requirement, the text and the source' \
    says "$bad:$last: AF-CL-03: the client calls NdisClCloseAddressFamily" $closeaf check "$bad"
it 'check names what is left undone' says "$bad:end: AF-CL-24" $closeaf check "$bad"
it 'check judges each of several files' exits 1 $closeaf check "$good" "$bad" "$good"
it 'check of what is no trace' exits 2 $closeaf check "$good" "$scratch/text.trace"
it 'check says where it is no trace' says 'text.trace:1:1: not a trace: expected closeaf-trace 2' \
    $closeaf check "$scratch/text.trace"
it 'check of one endless line' exits 2 $closeaf check "$scratch/long.trace"
it 'check of a missing file' exits 2 $closeaf check "$scratch/missing"
it 'check of a directory' exits 2 $closeaf check "$scratch"
{ cat "$good"; echo 't0 enter ProtocolBindAdapterEx binding:1000.1 - PASSIVE'; } > "$scratch/many.trace"
it 'check of more bindings than fit is no verdict' exits 2 $closeaf check "$scratch/many.trace"
it 'check of more bindings than fit says so' says 'BOUND-REACHED' $closeaf check "$scratch/many.trace"
it 'check without a file reads standard input' says ":$last: AF-CL-03" bash -c "$closeaf check < '$bad'"
it 'check reads standard input' says ":$last: AF-CL-03" bash -c "$closeaf check - < '$bad'"
it 'check --expect reads a pipe' bash -c "cat '$scratch/expected.trace' | $closeaf check --expect -"
it 'check --expect: found what was expected' exits 0 $closeaf check --expect "$scratch/expected.trace"
it 'check --expect: found more' exits 1 $closeaf check --expect "$scratch/too-few.trace"
it 'check --expect: found less' exits 1 $closeaf check --expect "$scratch/too-many.trace"
it 'check --expect: an id that does not exist' exits 2 $closeaf check --expect "$scratch/unknown.trace"

it 'draw shows the actors' says 'client 1' $closeaf draw "$good"
it 'draw marks what is broken' says '<== breaks AF-CL-03' $closeaf draw "$bad"
it 'draw of what is no trace' exits 2 $closeaf draw "$scratch/text.trace"
it 'draw --msc is what mscgen reads' \
    bash -c "$closeaf draw --msc '$bad' | mscgen -T svg -i - -o '$scratch/chart.svg' && grep -q '<svg' '$scratch/chart.svg'"

number() { sed -n "s/^#define $1 //p" build/vocabulary.pml; }
printf 'depth 7\n  @readings amb_06=a\n\t@ 1 %d 0 1 %d %d\n@! %d\npan: ended\n' "$(number EV_CALL_CLOSE_AF)" \
    "$(number ST_NO_STATUS)" "$(number IRQL_DISPATCH)" "$(number RQ_AF_CL_02)" > "$scratch/spin.out"
printf 'closeaf-trace 2 amb_06=a\nt1 call NdisClCloseAddressFamily af:0.1 - DISPATCH\n# breaks: AF-CL-02\n' > "$scratch/decoded"
it 'decode makes a trace of what SPIN prints' \
    bash -c "$closeaf decode '$scratch/spin.out' | cmp - '$scratch/decoded'"
it 'decode reads standard input' bash -c "$closeaf decode < '$scratch/spin.out' | cmp - '$scratch/decoded'"

# What the core does not judge, drivers and their threads: named, decoded and drawn like any
# other event.
printf '@ 1 %d 0 1 0 0 1 1\n@ 1 %d 1 1 0 0\n@ 4 %d 2 1 %d 0 0 1\n@! %d\n' "$(number EV_OPEN_AF_CALL)" \
    "$(number EV_WAIT)" "$(number EV_SAP_REGISTER_MCM_COMPLETE)" "$(number ST_RESOURCES)" \
    "$(number RQ_SAP_04)" > "$scratch/model.out"
{
    echo 'closeaf-trace 2'
    echo 't1 call NdisClOpenAddressFamilyEx af:0.1 - PASSIVE binding:1.1'
    echo 't1 do Wait driver:1.1 - PASSIVE'
    echo 't4 call NdisMCmRegisterSapComplete sap:2.1 RESOURCES PASSIVE af:0.1'
    echo '# breaks: SAP-04'
} > "$scratch/model.trace"
it "decode makes a trace of the model's own events" \
    bash -c "$closeaf decode '$scratch/model.out' | cmp - '$scratch/model.trace'"
printf '@ 1 %d 0 1 0 0\n' "$(number EV_SAP_REGISTER_CALL)" > "$scratch/no-af.out"
it 'decode of a SAP without its AF' exits 2 $closeaf decode "$scratch/no-af.out"
printf '@ 1 %d 0 1 0 0 0 1\n' "$(number EV_CALL_CLOSE_AF)" > "$scratch/two-afs.out"
it 'decode of an AF with another' exits 2 $closeaf decode "$scratch/two-afs.out"
printf '@ 1 %d 0 1 0 0\n' "$(number EV_NAMED_COUNT)" > "$scratch/event.out"
it 'decode of the number behind the last event' exits 2 $closeaf decode "$scratch/event.out"
printf '@ 1 %d 0 1 %d 0\n' "$(number EV_RETURN_CLOSE_AF)" "$(number ST_COUNT)" > "$scratch/status.out"
it 'decode of the number behind the last status' exits 2 $closeaf decode "$scratch/status.out"

# A driver's thread waits, between a trace that conforms and one that does not.
{ cat "$good"; sed -n 3p "$scratch/model.trace"; tail -n 2 "$bad"; } > "$scratch/waits.trace"
waits=$(($(wc -l < "$good") + 1))
not_judged="$waits: not judged: 1 event about a driver as a whole (its registration, locks, waits)"
it "check says that it does not judge the model's event" says "waits.trace:$not_judged" $closeaf check "$scratch/waits.trace"
it 'it judges what is behind it' exits 1 $closeaf check "$scratch/waits.trace"
found=$($closeaf check "$bad" | cut -d' ' -f2) || : it breaks something
it 'there is something behind it' test -n "$found"
it 'as if it were not there' bash -c "[ \"\$($closeaf check '$scratch/waits.trace' | cut -d' ' -f2)\" = '$found' ]"
it 'JSON counts it' bash -c "$closeaf check --format=json '$scratch/waits.trace' |
    jq -e '.files[0] | .not_judged == 1 and .verdict == \"violations\"'"
it 'SARIF has a note of it' bash -c "$closeaf check --format=sarif '$scratch/waits.trace' |
    jq -e '.runs[0].results[-1] | .level == \"note\" and .locations[0].physicalLocation.region.startLine == $waits'"
{ cat "$good"; sed -n 3p "$scratch/model.trace"; } > "$scratch/wait-last.trace"
it 'a trace that conforms but for that conforms' exits 0 $closeaf check "$scratch/wait-last.trace"

# Every object is judged, with each status; more of them than fit is no verdict.
{ cat "$good"; echo 't1 call NdisClRegisterSap sap:0.1 - PASSIVE af:0.1'; } > "$scratch/sap.trace"
sap_open=$(wc -l < "$scratch/sap.trace")
{ cat "$scratch/sap.trace"; echo 't1 call NdisClCloseAddressFamily af:0.1 - PASSIVE'; } > "$scratch/sap-left.trace"
it 'check judges a SAP' says ':end: SAP-' $closeaf check "$scratch/sap.trace"
it 'check judges an AF by its SAPs' says ":$((sap_open + 1)): SAP-" $closeaf check "$scratch/sap-left.trace"
{ cat "$good"; sed -n 4p "$scratch/model.trace"; } > "$scratch/status.trace"
it 'check judges each status' says ":$sap_open: SAP-11" $closeaf check "$scratch/status.trace"
for line in 'NdisClOpenAddressFamilyEx af:1000.1 - PASSIVE binding:1.1' \
    'NdisClRegisterSap sap:1000.1 - PASSIVE af:0.1' 'NdisClRegisterSap sap:0.1 - PASSIVE af:1000.1' \
    'NdisCoCreateVc/client vc:1000.1 - PASSIVE af:0.1' 'NdisCoCreateVc/manager vc:1000.1 - PASSIVE af:0.1' \
    'NdisMCmCreateVc vc:1000.1 - PASSIVE af:0.1' 'NdisClAddParty party:1000.1 - PASSIVE vc:0.1' \
    'NdisCoOidRequest/client request:1000.1 - PASSIVE af:0.1' \
    'NdisCoOidRequest/manager request:1000.1 - PASSIVE af:0.1' \
    'NdisMCmOidRequest request:1000.1 - PASSIVE af:0.1'; do
    { cat "$good"; echo "t1 call $line"; } > "$scratch/many.trace"
    it "check of more than fit: ${line%% -*}" exits 2 $closeaf check "$scratch/many.trace"
    it "check of more than fit says so: ${line%% -*}" says ":$sap_open: BOUND-REACHED" $closeaf check "$scratch/many.trace"
done
{ cat "$good"; echo 't1 call NdisClDeregisterSap sap:1000.1 - PASSIVE af:0.1'; } > "$scratch/many.trace"
it 'a handle beyond the table is a stale one' says ":$sap_open: SAP-07" $closeaf check "$scratch/many.trace"

drawn() { # LINE TEXT TRACE: that line of the chart has the text
    local line
    line=$($closeaf draw "$3" | grep "^ *$1 ") || return 1
    [[ $line == *"$2"* ]] || { echo "no \"$2\" in: $line"; return 1; }
}
unjudged='not judged: events about a driver as a whole'
it "draw says what is not judged" says "$unjudged" $closeaf draw "$scratch/model.trace"
it 'draw says no such thing of other traces' bash -c "! $closeaf draw '$bad' | grep -q 'not judged'"
it "draw knows the model's client" says 'client 1' $closeaf draw "$scratch/model.trace"
it 'draw writes the AF of a SAP' drawn 4 '(sap:2.1 af:0.1)' "$scratch/model.trace"
it 'draw marks what the comment says is broken' drawn 4 '<== breaks SAP-04' "$scratch/model.trace"
it 'draw judges what is behind it' drawn 4 '<== breaks SAP-11' "$scratch/model.trace"
it 'draw --msc marks it too' says '\nbreaks SAP-04", linecolour="red"' $closeaf draw --msc "$scratch/model.trace"
it 'draw --msc of it is what mscgen reads' \
    bash -c "$closeaf draw --msc '$scratch/model.trace' | mscgen -T svg -i - -o '$scratch/model.svg' && grep -q SAP-04 '$scratch/model.svg'"
{ cat "$bad"; echo '# breaks: AF-CL-03'; echo '# breaks: AF-CL-02'; echo '# breaks: nothing'; } > "$scratch/both.trace"
it 'draw marks what the core and what the comment says' \
    drawn "$last" '<== breaks AF-CL-03  <== breaks AF-CL-02' "$scratch/both.trace"
it 'draw marks the same once' bash -c "[[ \$($closeaf draw '$scratch/both.trace' | grep -o 'AF-CL-03' | wc -l) -eq 1 ]]"
{
    sed 's/binding:1/binding:2/' "$good"
    echo 't1 call NdisClRegisterSap sap:0.1 - PASSIVE af:0.1'
    echo 't1 call NdisClRegisterSap sap:0.2 - PASSIVE af:4294967295.1'
} > "$scratch/owner.trace"
it 'draw takes the client from the opening, if there is one' \
    says 'a3 => a1 [label="NdisClRegisterSap(sap:0.1' $closeaf draw --msc "$scratch/owner.trace"
it 'draw does not know the client of an AF beyond the tables' \
    says 'a4 => a1 [label="NdisClRegisterSap(sap:0.2' $closeaf draw --msc "$scratch/owner.trace"
printf '@ 1 999 0 1 0 0\n' > "$scratch/event.out"
it 'decode of an event that does not exist' exits 2 $closeaf decode "$scratch/event.out"
it 'decode of nothing' exits 2 $closeaf decode /dev/null
it 'decode knows no option' says 'decode does not know --fast' $closeaf decode --fast
it 'decode names standard input' says 'standard input:1: cannot decode' bash -c "echo @ | $closeaf decode -"
trailing() { echo '@ 1 5 0 1 0 0 and more' | $closeaf decode; }
it 'decode of more than numbers' exits 2 trailing
nul() { printf '@ 1 5 0 1 0 0\0 more\n@ 1 6 0 1 0 0\n' | $closeaf decode; }
it 'decode of a NUL, which would hide the next line' exits 2 nul

it 'explain prints the rule' says 'AF-CL-02 (core; client)' $closeaf explain AF-CL-02
it 'explain counts what checks it' says 'seeded defects' $closeaf explain AF-CL-02
counted=$(model/matrix --checks | sed -n 's/^CHECKS("NTF-23", \([0-9]*\), \([0-9]*\),.*/\1 of the model, \2 answers/p')
it 'and no other than the matrix does' says "fail: ${counted:-no line of the matrix}" $closeaf explain NTF-23
mkdir -p "$scratch/evidence/build/evidence/bundle"
printf '{"id":"%s","kind":"search","requirements":["AF-CL-01","NTF-23"],"what":"no \\"deadlock\\"","verdict":"pass","whole":%s,"bound":"CLIENTS=1","figures":{"states":7},"command":"model/check %s","log":"logs/%s.txt","sha256":"","inputs":""}\n' \
    search/one false one one search/two true two two > "$scratch/evidence/build/evidence/bundle/records.jsonl"
explain_there() { env -C "$scratch/evidence" "$top/$closeaf" explain "$@"; }
it 'explain --evidence says what was checked' says 'What: no "deadlock"' explain_there NTF-23 --evidence
it 'and what is a sample' says 'search/one: pass, a sample' explain_there --evidence NTF-23
it 'with which bound' says 'Bound: CLIENTS=1' explain_there --evidence NTF-23
it 'with which figures' says 'Figures: "states":7' explain_there --evidence NTF-23
it 'what repeats it' says 'Again: model/check one' explain_there --evidence NTF-23
it 'where the raw log is' says 'Raw: build/evidence/bundle/logs/two.txt' explain_there --evidence NTF-23
it 'of which no record speaks' says 'Evidence: no record speaks of it' explain_there --evidence NTF-24
it 'without records' says 'to make it, from the top of the tree: make evidence' env -C "$scratch" "$top/$closeaf" explain --evidence NTF-23
it 'is an error' exits 2 env -C "$scratch" "$top/$closeaf" explain --evidence NTF-23
it 'explain with another option' says 'explain does not know --evidenc' $closeaf explain --evidenc NTF-23
it 'explain of an unknown id' exits 2 $closeaf explain AF-CL-999
it 'it names the nearest' says 'called AF-CL-999; the nearest is AF-CL-09' $closeaf explain AF-CL-999
it 'the others are explained all the same' says 'AF-CL-02 (core; client)' $closeaf explain AF-CL-999 AF-CL-02
it 'what is near to nothing' says 'is called something; try' $closeaf explain something
it 'nothing to explain' exits 2 $closeaf explain
it 'a very long word' exits 2 $closeaf explain "$(printf '%05000d' 0)"
it 'an id of another spelling' says 'AF-CL-02 (core; client)' $closeaf explain af_cl_02

# The register of ambiguities: each is explained, and a requirement names those that touch it.
mapfile -t ambiguities < <(sed -n 's/^AMBIGUITY("\([^"]*\)".*/\1/p' src/protocol/readings.def)
it 'there are ambiguities' test "${#ambiguities[@]}" -ge 42
# Under each question one letter at the least, one of them recommended unless another reading says it.
whole() {
    $closeaf explain "${ambiguities[@]}" | awk -v all="${#ambiguities[@]}" '
        function ends() { if (letters == 1 || letters && !recommended) { print "in " of; failed = 1 } letters = recommended = 0 }
        /^AMB-/ { ends(); of = $1; ambiguities++ }
        /^    (amb|AMB)_/ { ends(); of = $1 }
        /^      [* ] ([a-z]|any|[a-z]-[a-z]+): ./ { letters++; recommended += /^      \*/ }
        /^        the letter of AMB_/ { recommended = 1 }
        END { ends(); exit failed || ambiguities != all }'
}
it 'each has letters, one of them recommended' whole
for id in AMB-06 amb-06 AMB_06 amb_06; do it "explain $id" says 'AMB-06: What NDIS does with a close' $closeaf explain "$id"; done
it 'a reading by its name' says 'AMB-14: Whether' $closeaf explain amb_14_context
it 'the pages' says 'Pages: nc-ndis-protocol_cl_close_af_complete.md Status FAILURE' $closeaf explain AMB-06
it 'the letters' says '* b: NDIS forwards the close' $closeaf explain AMB-06
it 'one that the model alone has' says 'c: NDIS forwards the close and releases the SAPs by itself' $closeaf explain AMB-06
it 'what it touches' says 'AF-CL-11, AF-CL-12, AF-CM-13' $closeaf explain AMB-06
it 'no line is longer than 96 characters' test -z "$($closeaf explain "${ambiguities[@]}" | LC_ALL=C.UTF-8 grep -E '^.{97}')"
it 'an unknown ambiguity: the nearest' says 'called AMB-99; the nearest is AMB-' $closeaf explain AMB-99
it 'its status is that of a requirement' exits 2 $closeaf explain AMB-99
it 'a requirement names the ambiguity' says '(closeaf explain AMB-05)' $closeaf explain AF-CL-03
it 'and one that none touches does not' exits 1 says 'Left open' $closeaf explain AF-CL-01
touched() { # each that names a requirement is named by it
    local id requirement failed=0
    for id in "${ambiguities[@]}"; do
        for requirement in $(grep -A3 "^AMBIGUITY(\"$id\"" src/protocol/readings.def | grep -oE '[A-Z]+(-[A-Z]+)?-[0-9]{2}(, [A-Z]+(-[A-Z]+)?-[0-9]{2})*"\)$' | tr -d '",)'); do
            says "(closeaf explain $id)" $closeaf explain "$requirement" || failed=1
        done
    done
    return "$failed"
}
it 'each requirement names those that touch it' touched

# The documented sequences: a row for each trace, with its title; what each shows is there.
sequences() {
    local title id
    for trace in tests/sequences/SEQ-??.trace; do
        id=$(basename "$trace" .trace)
        title=$(sed -n "s/^# $id: \([^.]*\)\..*/\1/p" "$trace")
        [[ -n $title ]] || { echo "$trace has no title"; return 1; }
        says "$id: $title" $closeaf explain "$id" || return 1
    done
    [[ $(grep -c '^SEQUENCE(' src/protocol/sequences.def) == $(find tests/sequences -name 'SEQ-??.trace' | wc -l) ]]
}
it 'each sequence is explained, by the title of its trace' sequences
shown() { grep '^    "[A-Z].*")$' src/protocol/sequences.def | grep -oE '[A-Z]+(-[A-Z]+)?-[0-9]{2}' | sort -u | xargs $closeaf explain > /dev/null; }
it 'what they show is there' shown
it 'explain SEQ-06' says 'Shows: AF-CL-10' $closeaf explain seq-06
it 'a requirement names the sequences that show it' says 'Shown by: SEQ-' $closeaf explain SAP-15
it 'an unknown sequence: the nearest' says 'called SEQ-60; the nearest is SEQ-' $closeaf explain SEQ-60

# The readings that a trace may name: each letter that is listed is taken, and no other.
taken() {
    local name letters recommended letter failed=0
    while read -r name letters recommended _; do
        [[ $letters == *$recommended* ]] || { echo "$name recommends $recommended, no letter of $letters"; failed=1; }
        for letter in {a..z}; do
            if [[ $letters == *$letter* ]]; then exits 0 $closeaf check "--reading=$name=$letter" "$good" || failed=1
            else exits 2 $closeaf check "--reading=$name=$letter" "$good" 2> /dev/null || failed=1; fi
        done
    done < <($closeaf readings | grep '^amb_')
    return "$failed"
}
it 'readings lists what check --reading takes' taken
it 'each of them' test "$($closeaf readings | grep -c '^amb_')" = "$(grep -c '^READING(' src/protocol/readings.def)"
it 'readings marks the recommended letter' says '* b: NDIS forwards the close' $closeaf readings
it 'readings --format=json' bash -c "$closeaf readings --format=json | jq -e '.readings | length == $(grep -c '^READING(' src/protocol/readings.def) and
    (map(select(.letters[.recommended] == null)) == []) and (.[4].name == \"amb_06\")'"
it 'readings --format=xml' exits 2 $closeaf readings --format=xml
it 'readings takes no file' exits 2 $closeaf readings "$good"
# Who acts: a client closes what another has opened, and the call manager completes it.
sequence=tests/sequences/SEQ-08.trace
acts() { sed "/^t[0-9]* $1 /s/\$/ by:$2/" "$sequence" > "$scratch/by.trace"; }
acts 'call NdisClCloseAddressFamily' 1
it 'a client closes its own' exits 0 $closeaf check "$scratch/by.trace"
acts 'call NdisClCloseAddressFamily' 2
it 'a client closes what another opened' says 'AF-OP-03: the client calls NdisClCloseAddressFamily' $closeaf check "$scratch/by.trace"
it 'and is told' says 'by the driver of binding 2' $closeaf check "$scratch/by.trace"
it 'and nothing follows from it' test "$($closeaf check "$scratch/by.trace" | grep -c ':[0-9]*: [A-Z]')" = 1
acts 'call NdisCmCloseAddressFamilyComplete' 1
it 'a client completes for the call manager' says 'AF-OP-03' $closeaf check "$scratch/by.trace"
acts 'call NdisCmCloseAddressFamilyComplete' 0
it 'the call manager completes' exits 0 $closeaf check "$scratch/by.trace"
acts 'call NdisCloseAdapterEx' 5
it 'the adapter is closed by another' says 'CAD-02' $closeaf check "$scratch/by.trace"
it 'the runtime has no such driver' exits 2 $closeaf replay "$scratch/by.trace"

it 'replay of a missing file' exits 2 $closeaf replay "$scratch/missing"
it 'replay of what is no trace' exits 2 $closeaf replay "$scratch/text.trace"
it 'replay of a conforming trace' exits 0 $closeaf replay "$good"
it 'record without a seed' exits 2 $closeaf record --clients 1
it 'record with no client' exits 2 $closeaf record --seed 1 --clients 0
it 'record with too many clients' exits 2 $closeaf record --seed 1 --clients 4294967297
for seed in 1 2 3; do
    for drivers in '--clients 1' '--clients 3' '--clients 2 --miniport'; do
        it "record --seed $seed $drivers conforms" \
            bash -c "$closeaf record --seed $seed $drivers > '$scratch/recorded' && $closeaf check '$scratch/recorded'"
        it "replay of that record" $closeaf replay "$scratch/recorded"
    done
done

# Lists, and what is said of a function.
registered=$(grep -c '^REQUIREMENT(' src/protocol/requirements.def)
lists_all() { [[ $($closeaf "$1" --format=json | jq ".$1 | length") -eq $2 ]]; }
it 'rules lists all requirements' lists_all rules "$registered"
it 'events lists what --version counts' lists_all events "$($closeaf --version | sed 's/.* \([0-9]*\) events.*/\1/')"
only() { # WANTED COMMAND...: all of what a list prints is that
    local wanted=$1
    shift
    "$@" > "$scratch/list"
    [[ -s $scratch/list ]] && ! grep -v '^ ' "$scratch/list" | grep -vE "$wanted"
}
it 'rules of NDIS, of closing an AF' only '^AF-CL-[0-9]+ \(MUST; NDIS\)' $closeaf rules AF-CL MUST NDIS
it 'events of a call manager with VCs' only '^call .* vc .* manager ' $closeaf events call vc manager
it 'a word that nothing has' exits 2 $closeaf rules nobody
it 'explain of a function has its event' says 'call NdisClCloseAddressFamily af, at most at DISPATCH_LEVEL' \
    $closeaf explain ndisclcloseaddressfamily
it '  and a requirement that names it' says 'AF-CL-03: A client MUST NOT call' $closeaf explain NdisClCloseAddressFamily
it '  not one of another function' fails_to_say NTF-24 $closeaf explain NdisClCloseAddressFamily
it 'explain of a callback has what its page says' says 'AF-CM-0' $closeaf explain ProtocolCmCloseAf
it 'a function that is misspelt' says 'the nearest is NdisClCloseAddressFamily' $closeaf explain NdisClCloseAddresFamily

# What Windows makes of a file.
printf '\xef\xbb\xbf' | cat - "$good" > "$scratch/marked.trace"
iconv -f UTF-8 -t UTF-16 "$good" > "$scratch/wide.trace"
it 'a trace with a byte order mark' says '1:1: not a trace: expected UTF-8 without' $closeaf check "$scratch/marked.trace"
it 'one in UTF-16' says '1:1: not a trace: expected UTF-8 without' $closeaf check "$scratch/wide.trace"
it 'two traces in one file' says "$((last - 1)):1: not a trace: expected one trace in a file" bash -c "cat '$good' '$good' | $closeaf check -"
for coding in UTF-16 UTF-16LE UTF-16BE; do
    it "a log in $coding" bash -c "iconv -f UTF-8 -t $coding tests/tap_logs/open-returns-late.log |
        $closeaf convert --from=debugger - | cmp - <($closeaf convert --from=debugger tests/tap_logs/open-returns-late.log)"
done

# Several files.
it 'draw says which chart is whose' says "$bad:" $closeaf draw "$good" "$bad"
it 'draw --svg takes one file' exits 2 $closeaf draw --svg "$good" "$bad"
it 'convert makes one JSON Lines of two traces' bash -c "[[ \$($closeaf convert --to=jsonl '$good' '$bad' | grep -c '\"closeaf-trace\"\|\"format\"') -eq 2 ]]"
it 'an option behind the file' says '<svg' $closeaf draw "$good" --svg
it '  with its value' says '"verb"' $closeaf convert "$good" --to jsonl
it '  behind a word' says '"id":"AF-CL-02"' $closeaf rules AF-CL-02 --format=json
it '  but not behind --' exits 2 $closeaf draw -- "$good" --svg
it 'a log that begins with a NUL' bash -c "{ printf '\\0'; cat tests/tap_logs/open-returns-late.log; } | $closeaf convert --from=debugger - | $closeaf check -"
it 'convert --to=itf takes one file' exits 2 $closeaf convert --to=itf "$good" "$bad"

it 'no verb' exits 2 $closeaf
it 'an unknown verb' exits 2 $closeaf judge "$good"
it 'an unknown option' exits 2 $closeaf check --expects "$good"
it '  the nearest is named' says '--frmat=json; the nearest is --format' $closeaf check --frmat=json "$good"
it '  so is the nearest verb' says 'the nearest is check' $closeaf chek "$good"
it '--help' says 'usage: closeaf check' $closeaf --help
it '-h' says 'usage: closeaf check' $closeaf -h
it '-h of a verb, behind a file' says 'usage: closeaf draw' $closeaf draw "$good" -h
it '--version has a release' says 'closeaf 1.' $closeaf --version
for verb in check owed draw explain rules events readings convert diff replay record decode help; do
    it "$verb --help" says "usage: closeaf $verb" $closeaf $verb --help
    it "help $verb" says "usage: closeaf $verb" $closeaf help $verb
    it "the manual has $verb" grep -q "^.B closeaf $verb\$" src/closeaf/closeaf.1
done
manual() { # without a warning
    local said
    said=$(man --warnings -E UTF-8 -l -Tutf8 src/closeaf/closeaf.1 2>&1 > "$scratch/manual") || { echo "$said"; return 1; }
    [[ -z $said && -s $scratch/manual ]] || { echo "$said"; return 1; }
}
if command -v man > /dev/null && command -v groff > /dev/null; then it 'the manual is well formed' manual; fi

# What check says in other formats, by other readings, of what follows from what.
report() { $closeaf check "$@" || [[ $? -eq 1 ]]; }
finds() { report --format=json "${@:2}" | jq -e "$1"; }
it 'check --format=json' finds '.files[0].findings[0] | .requirement == "AF-CL-03" and .line == '"$last" "$bad"
it 'check --format json, two words' bash -c "$closeaf check --format json '$good' | jq -e '.files[0].verdict == \"conforming\"'"
it 'check --format=json: the source' finds '.files[0].findings[0].source | test("ndisclcloseaddressfamily")' "$bad"
sarif() { report --format=sarif "$@" | jq -e '.version == "2.1.0" and (.runs[0] | (.results | length > 0) and
    (([.results[].ruleId | select(.)] | unique) - [.tool.driver.rules[].id] == []) and
    (.results[0].locations[0].physicalLocation.region.startLine == '"$last"'))'; }
it 'check --format=sarif' sarif "$bad"
it 'check --format=xml' exits 2 $closeaf check --format=xml "$bad"
it 'check --reading=amb_99=a' exits 2 $closeaf check --reading=amb_99=a "$good"
{ cat "$good"; echo 't1 call NdisClRegisterSap sap:0.1 - PASSIVE af:0.1'; echo 't1 call NdisClCloseAddressFamily af:0.1 - PASSIVE'; echo 't1 enter ProtocolCmCloseAf af:0.1 - PASSIVE'; } > "$scratch/left.trace"
by_reading() { diff <($closeaf check "$@" "$scratch/left.trace") <(sed '1s/$/ amb_06=a/' "$scratch/left.trace" | $closeaf check - | sed "s,^standard input,$scratch/left.trace,"); }
it 'check --reading is as the header' by_reading --reading=amb_06=a
it 'and not as without it' exits 1 by_reading
no_escape() { ! $closeaf check "$bad" | grep -q $'\033'; }
it 'no colours but on a terminal' no_escape
if command -v script > /dev/null; then
    it 'colours on a terminal' says $'\033[' env -u NO_COLOR TERM=xterm script -qec "$closeaf check '$bad'" /dev/null
    plain() { ! env NO_COLOR=1 TERM=xterm script -qec "$closeaf check '$bad'" /dev/null | grep -q $'\033'; }
    it 'none with NO_COLOR' plain
fi

# The judge goes on from what is true after a breach: the return of a close that came twice is none
# of its own, and a further breach of the same AF is.
{ cat "$bad"; echo 't1 return NdisClCloseAddressFamily af:0.1 FAILURE PASSIVE'; } > "$scratch/follows.trace"
findings() { report --format=json "$1" | jq '.files[0].findings | length'; }
only_one() { [[ $(findings "$bad") -eq $(findings "$scratch/follows.trace") ]]; }
it 'what follows from a breach is no finding' only_one
{ cat "$bad"; echo 't1 call NdisClRegisterSap sap:0.1 - PASSIVE af:0.1'; } > "$scratch/two.trace"
it 'a further breach is one' says ":$((last + 1)): AF-CL-02" $closeaf check "$scratch/two.trace"
it 'what is outstanding is told' says 'since line' $closeaf check "$bad"
it 'a recommendation is advice' finds '[.files[0].findings[] | select(.level == "advice")] | length > 0' "$bad"
it 'and a breach is none' finds '[.files[0].findings[] | select(.level == "breach")] | length > 0' "$bad"

# What is converted can be turned back, or is what its readers ask for.
back() { # a trace of JSON Lines
    jq -r 'if .verb == null then "closeaf-trace 2" else "t\(.thread) \(.verb) \(.name) \(.object | "\(.kind):\(.slot).\(.generation)") \(.status // "-") \(.irql)" +
        (if .on then " " + (.on | "\(.kind):\(.slot).\(.generation)") else "" end) end'
}
for trace in tests/sequences/SEQ-08.trace tests/sequences/SEQ-20.trace; do
    there_and_back() { $closeaf convert --to=jsonl "$trace" | back | $closeaf diff - "$trace"; }
    it "$trace to JSON Lines and back" there_and_back
    it "$trace to the canonical form" bash -c "$closeaf convert --to=trace $trace | cmp - <(grep -v '^#' $trace)"
    events=$(grep -c '^t' "$trace")
    itf() { $closeaf convert --to=itf "$trace" | jq -e "(.states | length == $events + 1) and ((.vars | sort) as \$v | [.states[] | keys == \$v] | all) and ([.states[1:][] | .answer == \"CONFORMING\"] | all)"; }
    it "$trace to ITF" itf
    perfetto() { # each event once, in order; no slice ends that has not begun
        $closeaf convert --to=perfetto "$trace" | jq -e "[.traceEvents[] | select(.ph | IN(\"B\", \"E\", \"i\"))] as \$e |
            (\$e | length == $events) and ([\$e[].ts] | . == sort) and
            ([\$e[] | {B: 1, E: -1, i: 0}[.ph]] | [foreach .[] as \$d (0; . + \$d)] | min >= 0)"
    }
    it "$trace to Perfetto" perfetto
    mermaid() { [[ $($closeaf convert --to=mermaid "$trace" | grep -cE '^    (a[0-9]+-?->>a[0-9]+|Note over a[0-9]+): ') -eq $events ]]; }
    it "$trace to Mermaid" mermaid
    ! command -v python3 > /dev/null || it "$trace to SVG, well formed" bash -c "$closeaf draw --svg $trace | python3 -c 'import sys, xml.dom.minidom; xml.dom.minidom.parse(sys.stdin)'"
done
party_of_client() { ! $closeaf draw tests/sequences/SEQ-20.trace | grep -q 'client ?'; }
it 'draw knows whose a party is' party_of_client
{
    grep -v ' return NdisClOpenAddressFamilyEx ' "$good"
    echo 't1 call NdisClOpenAddressFamilyEx af:0.1 - PASSIVE binding:1.1'
    echo 't1 return NdisClOpenAddressFamilyEx af:0.1 PENDING PASSIVE binding:1.1'
    echo 't1 enter ProtocolClOpenAfCompleteEx af:0.1 SUCCESS PASSIVE'
    echo 't1 enter ProtocolClCloseAfComplete af:0.1 SUCCESS PASSIVE'
} > "$scratch/pended.trace"
it 'Perfetto: the life of an AF whose opening pended' bash -c "$closeaf convert --to=perfetto '$scratch/pended.trace' |
    jq -e '[.traceEvents[] | select(.cat == \"af\").ph] == [\"b\", \"e\"]'"
it 'draw reads a pipe' says 'client 1' bash -c "cat '$good' | $closeaf draw"
it 'convert to what is no format' exits 2 $closeaf convert --to=gif "$good"
it 'convert without a format' exits 2 $closeaf convert "$good"

it 'diff of the same' exits 0 $closeaf diff "$good" "$good"
it 'diff of a longer one' exits 1 $closeaf diff "$good" "$bad"
it 'diff says where one ends' says "$good:end: the trace ends" $closeaf diff "$good" "$bad"
it 'diff says what the other does' says ":$((last - 1)): the client calls NdisClCloseAddressFamily" $closeaf diff "$good" "$bad"
sed '$s/- PASSIVE/- DISPATCH/' "$bad" > "$scratch/irql.trace"
it 'diff names the difference' says 'then another IRQL' $closeaf diff "$bad" "$scratch/irql.trace"
it 'diff of other readings' says 'amb_06 is b' bash -c "sed '1s/$/ amb_06=a/' '$good' | $closeaf diff '$good' -"
sed '3s/PASSIVE/DISPATCH/; $s/.*/no event/' "$good" > "$scratch/breaks-off.trace"
it 'diff with what cannot be read says what differs before' says 'then another IRQL' $closeaf diff "$good" "$scratch/breaks-off.trace"
it 'and where it cannot be read' says 'not a trace' $closeaf diff "$good" "$scratch/breaks-off.trace"
it 'the status is that of bad input' exits 2 $closeaf diff "$good" "$scratch/breaks-off.trace"
it 'diff of one file' exits 2 $closeaf diff "$good"
it 'diff of standard input with itself' says 'standard input only once' $closeaf diff - -
{ cat "$scratch/waits.trace"; tail -n 1 "$bad"; } > "$scratch/waits-longer.trace"
sed '5d' "$bad" | sed '$s/- PASSIVE/- DISPATCH/' > "$scratch/twice.trace"
it 'diff goes on behind a difference' says '2 differences' $closeaf diff "$bad" "$scratch/twice.trace"
it '  and tells each' says 'then more in the first' $closeaf diff "$bad" "$scratch/twice.trace"
it '  with the common events between them' says "$((last - 6)) events in common; then another IRQL" \
    $closeaf diff "$bad" "$scratch/twice.trace"
sed 's/^t[0-9]*/t9/' "$good" > "$scratch/other.trace"
it 'diff of what has nothing in common ends' says "0 events in common" $closeaf diff "$good" "$scratch/other.trace"
it "diff judges what is behind the model's event" says 'here it breaks AF-CL-03' \
    $closeaf diff "$scratch/waits.trace" "$scratch/waits-longer.trace"
it '--version tells which requirements it knows' says "$(grep -c '^REQUIREMENT(' src/protocol/requirements.def) requirements" $closeaf --version
it '--version names the version of the trace format' says "trace format $(sed -n 's/^version = "\(.*\)"/\1/p' src/trace/TRACE.md)," $closeaf --version
it '--help ends well' exits 0 $closeaf check --help
cp "$good" "$scratch/--help"
behind_dashes() { # VERB...: the file is read, no help is printed
    local said
    said=$(cd "$scratch" && "$OLDPWD/$closeaf" "$@" -- --help) && [[ $said != usage* ]]
}
for verb in check draw 'convert --to=trace' replay; do
    # shellcheck disable=SC2086 # the words of the verb
    it "-- ends the options of $verb" behind_dashes $verb
done

it 'the bench measures a check' says 'times wc -l' tests/bench_check --events 500
it 'the bench knows no other option' exits 2 tests/bench_check --fast

to_full_disk() { "$@" > /dev/full; }
to_closed_pipe() {
    local status=0
    { sleep 0.2; "$@" || status=$?; echo $status > "$scratch/status"; } | :
    return "$(cat "$scratch/status")"
}
for verb in "record --seed 1 --clients 1 --events 4294967295" "explain AF-CL-02" "check $bad" "draw $bad" "draw --msc $bad" "decode $scratch/spin.out" --help; do
    # shellcheck disable=SC2086 # the words of the verb
    it "a full disk is noticed: ${verb%% *}" exits 2 to_full_disk timeout 60 $closeaf $verb
done
it 'a closed pipe is noticed' exits 2 to_closed_pipe $closeaf explain AF-CL-02
endless() { yes '@ 1 5 0 1 0 0' | timeout 60 $closeaf decode; }
it 'and ends what has no other end' exits 2 to_closed_pipe endless
limited() { (ulimit -f 0; $closeaf draw < <(cat "$good")); } # what comes from a pipe is copied
it 'a file that may not grow is noticed' exits 2 limited

# Where char has no sign, as on arm64, the rest of the compiler being the same.
unsigned_char() {
    gcc -std=c11 -Wall -Wextra -Wconversion -Wpedantic -Werror -funsigned-char -Isrc -c -o "$scratch/trace.o" src/trace/trace.c || return 1
    mapfile -t others < <(printf '%s\n' src/*/*.c | sed 's,\.c$,.o,;s,^,build/,' | grep -vE '/(vocabulary_promela|check_tables|trace)\.o$')
    gcc -pthread -o "$scratch/unsigned" "$scratch/trace.o" "${others[@]}" || return 1
    { cat "$good"; printf '# caf\303\251\n'; } > "$scratch/utf8.trace"
    "$scratch/unsigned" check "$scratch/utf8.trace"
}
it 'a comment in UTF-8 is read where char has no sign' unsigned_char

done_testing
