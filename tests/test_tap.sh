#!/usr/bin/env bash
# usage: tests/test_tap.sh
#
# The tap (src/tap/tap.h, src/tap/TAP.md) around the example drivers on the runtime: its trace, as
# closeaf convert makes it, conforms and is what the runtime has recorded, and each of its wrappers
# has run; with a defect in a driver it breaks the same requirement; a defect of the tap or of the
# log is seen. And the tap in a driver for Windows, by the cross compiler. Speaks TAP.
set -euo pipefail
. "$(dirname "$0")/tap.sh"

flags=(-std=c11 -Wall -Wextra -Wconversion -Wpedantic -Werror -pthread)
includes=(-Isrc -Isrc/ndis -Isrc/tap -Isrc/drivers '-DEXAMPLE_HOOKS="runtime/example_hooks.h"')
mapfile -t parts < <(printf '%s\n' src/*/*.c | sed 's,\.c$,.o,;s,^,build/,' | grep -vE '/(closeaf|vocabulary_promela|check_tables|client|call_manager|record)\.o$' | sort)

# What no defect touches, once; record.c unbinds through the tapped drivers.
gcc "${flags[@]}" "${includes[@]}" -DNdisUnbindAdapter=tapped_unbind -c -o "$scratch/record.o" src/closeaf/record.c
gcc "${flags[@]}" "${includes[@]}" -c -o "$scratch/schedule.o" tests/stress_parts/schedule.c

# KIND (0 stand-alone, 1 MCM) PROGRAM [SOURCE [FLAG...]]: few slots, so that they are used again.
build_tapped() {
    gcc "${flags[@]}" ${3:+-I"$3"} "${includes[@]}" -Itests -Itests/stress_parts -DTAPPED_MCM="$1" -DTAP_SLOTS=8 "${@:4}" -o "$2" \
        tests/tapped.c tests/tapped_client.c tests/tapped_call_manager.c "$scratch"/{schedule,record}.o "${parts[@]}"
}
# PROGRAM SEED CLIENTS EVENTS [SCHEDULE]: leaves log, recorded.trace and tapped.trace.
run_tapped() {
    local status=0
    timeout 120 "$1" "$2" "$3" "$4" "$scratch/log" "${@:5}" > "$scratch/recorded.trace" 2> "$scratch/record.messages" || status=$?
    convert "$scratch/log" > "$scratch/tapped.trace" 2> "$scratch/convert.messages" || status=$((status + 10))
    [[ $status -eq 0 ]] || cat "$scratch/record.messages" "$scratch/convert.messages"
    return "$status"
}
events_of() { awk '$5 != "#" { sub(/:.*/, "", $7); print $5, $6, $7 }' "$1" | sort -u; } # LOG: verb, name and object
convert() { build/closeaf convert --from=debugger "$1"; }
# What no driver sees (TAP.md): what the system and the miniport beneath do. Of drivers as a whole
# the tap tells nothing.
seen_by_drivers() {
    grep -vE '^(#|closeaf-trace)| driver:| (do Remove(Adapter|Binding)|(enter|leave) MiniportCo[A-Za-z]+|call NdisMCo[A-Za-z]+) ' "$1"
}
# Objects and threads by the order in which they appear.
by_appearance() {
    seen_by_drivers "$1" | awk '
        { for (i = 1; i <= NF; i++) if ($i ~ /^t[0-9]+$|^[a-z]+:[0-9]+\.[0-9]+$/) {
              kind = $i; sub(/[:0-9].*/, "", kind)
              if (!($i in name)) name[$i] = kind ++count[kind]
              $i = name[$i] }
          print }'
}
# The events of each thread in their order, whatever the threads and objects are called.
by_thread() {
    seen_by_drivers "$1" | awk '
        { thread = $1; gsub(/:[0-9]+\.[0-9]+/, ""); $1 = ""; events[thread] = events[thread] $0 "|" }
        END { for (t in events) print events[t] }' | sort
}
equal() { # HOW
    [[ $(grep -c . "$scratch/recorded.trace") -gt 40 ]] || { echo "next to nothing was recorded"; return 1; }
    diff <("$1" "$scratch/recorded.trace") <("$1" "$scratch/tapped.trace") | head -20
    [[ ${PIPESTATUS[0]} -eq 0 ]]
}
conforms_and_equals() { # HOW PROGRAM SEED CLIENTS EVENTS [SCHEDULE]
    run_tapped "${@:2}" && build/closeaf check "$scratch/tapped.trace" && equal "$1"
}

kinds=(stand-alone MCM)
for kind in 0 1; do
    it "${kinds[kind]}: the tapped drivers compile" build_tapped "$kind" "$scratch/tapped$kind"
    for seed in 1 2 3 4; do
        it "${kinds[kind]}, one thread at a time, seed $seed: conforms, equal to what the runtime recorded" \
            conforms_and_equals by_appearance "$scratch/tapped$kind" "$seed" $((seed % 3 + 1)) 2000 -
        events_of "$scratch/log" >> "$scratch/ran"
        it "${kinds[kind]}, threads, seed $seed: conforms, on each thread what the runtime recorded" \
            conforms_and_equals by_thread "$scratch/tapped$kind" "$seed" $((seed % 3 + 1)) 100
    done
done

# Defects of the drivers.
# NAME: as "sed" of a file of src, or a patch of tests/mutants. The trace of the tap breaks the
# requirement that ended the run, and those of another driver that led to it.
mutated() { # KIND SED FILE, or KIND PATCH
    rm -rf "$scratch/mutated"
    mkdir "$scratch/mutated"
    cp src/drivers/client.c src/drivers/call_manager.c "$scratch/mutated"
    if [[ $# -eq 2 ]]; then
        patch -s -d "$scratch/mutated" -p3 < "$2" || return 2
    else
        sed -i -E "$2" "$scratch/mutated/$3"
        ! cmp -s "src/drivers/$3" "$scratch/mutated/$3" || { echo "the defect is none"; return 2; }
    fi
    build_tapped "$1" "$scratch/broken" "$scratch/mutated" -Wno-unused
}
same_requirement() { # REQUIREMENT...
    local seed found recorded requirement
    for seed in {1..30}; do
        run_tapped "$scratch/broken" "$seed" 2 100 - > /dev/null || :
        recorded=$(grep -oE 'breaks [A-Z]+-([A-Z]+-)?[0-9]+' "$scratch/record.messages" | head -1) || continue
        found=$(build/closeaf check "$scratch/tapped.trace") || :
        [[ $recorded == "breaks $1" ]] || { echo "the runtime says: $recorded"; return 1; }
        for requirement; do
            [[ $found == *": $requirement: "* ]] || { echo "the tap's trace, seed $seed: $found"; return 1; }
        done
        return 0
    done
    echo "no run broke anything"
    return 1
}
driver_defect() { # "REQUIREMENT..." KIND ...
    local requirements
    read -ra requirements <<< "$1"
    mutated "${@:2}" && same_requirement "${requirements[@]}"
}

for name in runtime-client-completes-a-pended-close runtime-manager-keeps-resources; do
    it "defect $name: the tap's trace names the same requirement" driver_defect \
        "$(sed -n 's/^finds: //p' "tests/mutants/$name.patch")" 0 "tests/mutants/$name.patch"
done
it 'a client that keeps its SAP at the close' driver_defect 'AF-CM-27 AF-CL-14' 0 's/if \(af->sap_state == SAP_IS_THERE\)/if (0)/' client.c
it 'a client that keeps its call at the close' driver_defect 'MCM-09 AF-CL-14' 1 's/^( *)end_calls\(af\);/\1(void)end_calls;/' client.c
it 'a call manager that completes with a failure' driver_defect AF-CM-14 0 \
    's/CloseAddressFamilyComplete\(NDIS_STATUS_SUCCESS,/CloseAddressFamilyComplete(NDIS_STATUS_FAILURE,/' call_manager.c
it 'an MCM that completes twice' driver_defect AF-CM-19 1 \
    '/^static void complete\(/,/^}/s/^( *)NdisAcquireSpinLock.*/    functions_of(af)->CloseAddressFamilyComplete(NDIS_STATUS_SUCCESS, af->handle);\n&/' call_manager.c
it 'an MCM that notifies at DISPATCH_LEVEL' driver_defect IRQL-08 1 \
    's/^( *)NDIS_STATUS status = functions_of\(af\)->NotifyClose/    KIRQL before;\n    KeRaiseIrql(DISPATCH_LEVEL, \&before);\n&/' call_manager.c

# Defects of the log. One that is whole, to begin with.
refused() { # TEXT COMMAND...: it fails, and says this
    local said status=0
    said=$("${@:2}" 2>&1) || status=$?
    [[ $status -eq 1 && $said == *"$1"* ]] || { echo "status $status: $said"; return 1; }
}
run_tapped "$scratch/tapped0" 2 2 1 -
log=$scratch/whole.log
cp "$scratch/log" "$log"
# A line of the middle, and the next is of the same driver.
middle=$(awk -v lines="$(wc -l < "$log")" '
    NR > lines / 2 && $5 != "#" && $2 == driver { print NR - 1; exit } { driver = $5 == "#" ? "" : $2 }' "$log")
line=$(sed -n "${middle}p" "$log")
[[ $line =~ closeaf-tap\ ([a-z]+)\ ([0-9]+) ]]
driver=${BASH_REMATCH[1]} number=${BASH_REMATCH[2]}
broken_log() { sed -E "$1" "$log" > "$scratch/broken.log"; }
convert_broken() { convert "$scratch/broken.log" > "$scratch/broken.trace"; }

broken_log "${middle}d"
it 'a lost line is missed, by driver and number' refused "1 lines of $driver are missing before this one, from #$number on" convert_broken
it '  and the trace says where' grep -q "^# missing: 1 lines of the tap of $driver, from #$number on" "$scratch/broken.trace"
broken_log "$((middle + 1)),$((middle + 9))d"
it 'several lost lines are missed' refused 'are missing before this one' convert_broken
broken_log "${middle}s/...\$//"
it 'a cut line is seen' refused "broken.log:$middle: a line of the tap is cut or mixed" convert_broken
broken_log "${middle}s/ #[0-9]+\$/0 #${number}9/"
it 'a line whose numbers differ is seen' refused 'cut or mixed' convert_broken
broken_log "${middle}s/ call | enter | return | leave | do / closeaf-tap client 7 t1 en/"
it 'a line in another line is seen' refused 'cut or mixed' convert_broken
broken_log "${middle}s/PASSIVE|DISPATCH/HIGH/"
it 'a line with a word that no trace has is seen' refused 'cut or mixed' convert_broken
{ sed -n "1,${middle}p" "$log"; sed -E "${middle}!d; s/PASSIVE/DISPATCH/" "$log"; sed "1,${middle}d" "$log"; } > "$scratch/broken.log"
it 'two lines with one number are seen' refused 'another line has this sequence number too' convert_broken

same_trace() { # the broken log gives the same trace, with status 0
    convert "$log" > "$scratch/whole.trace" 2> /dev/null
    convert "$scratch/broken.log" > "$scratch/broken.trace" || return 1
    cmp "$scratch/whole.trace" "$scratch/broken.trace"
}
sed -E -f tests/tap_logs/debugger.sed "$log" > "$scratch/broken.log"
it 'what debuggers put around the lines does not matter' same_trace
sed -n "${middle}{p;p}; ${middle}!p" "$log" > "$scratch/broken.log"
it 'a line that is shown twice counts once' same_trace
head -c 100000 /dev/zero | cat - "$log" > "$scratch/broken.log"
it 'nor do NULs, or a long line' same_trace
awk -v m="$middle" 'NR == m { held = $0; next } { print } NR == m + 1 { print held }' "$log" > "$scratch/broken.log"
conforms_still() { convert_broken && build/closeaf check "$scratch/broken.trace"; }
it 'lines that were printed the other way round conform' conforms_still
both_loads() { # the drivers are loaded twice: the second load's names are new
    cat "$log" "$log" > "$scratch/broken.log"
    convert_broken && build/closeaf check "$scratch/broken.trace" &&
        [[ $(grep -c ' ' "$scratch/broken.trace") -eq $((2 * $(grep -c ' ' "$scratch/whole.trace") - 1)) ]]
}
it 'a driver that is loaded again counts from 1' both_loads
of_the_model='t4 do Wait driver:1.1 - PASSIVE'
echo "closeaf-tap client 1 $of_the_model #1" > "$scratch/broken.log"
it 'an event that only the model has is no line of the tap' says 'broken.log:1: a line of the tap is cut or mixed' convert_broken
numbered() { # LINE...: of a client and a call manager; numbers each
    awk '{ number[$1]++; who = $1; sub(/^[a-z]+ /, ""); print "closeaf-tap " who " " number[who] " t4 " $0 " #" number[who] }'
}
bind() { # ROLE BINDING [LINE...]
    printf "$1 %s\n" "enter ProtocolBindAdapterEx $2 - PASSIVE" "call NdisOpenAdapterEx $2 - PASSIVE" \
        "return NdisOpenAdapterEx $2 SUCCESS PASSIVE" "do OwnProtocolOpenAdapterCompleteEx $2 SUCCESS PASSIVE" \
        "do FreeOpenParameters $2 - PASSIVE" "${@:3}" "leave ProtocolBindAdapterEx $2 SUCCESS PASSIVE"
}
{
    bind manager binding:0.1 'call NdisCmRegisterAddressFamilyEx binding:0.1 - PASSIVE' \
        'return NdisCmRegisterAddressFamilyEx binding:0.1 SUCCESS PASSIVE'
    for b in 0 1; do bind client binding:$b.1; echo "client enter ProtocolCoAfRegisterNotify binding:$b.1 - PASSIVE"; done
    printf 'client %s\n' 'enter ProtocolUnbindAdapterEx binding:0.1 - PASSIVE' 'call NdisCloseAdapterEx binding:0.1 - PASSIVE' \
        'return NdisCloseAdapterEx binding:0.1 SUCCESS PASSIVE' 'do FreeProtocolBindingContext binding:0.1 - PASSIVE' \
        'leave ProtocolUnbindAdapterEx binding:0.1 SUCCESS PASSIVE'
} | numbered > "$scratch/broken.log"
it 'one binding that is unbound tells nothing of the others' conforms_still
{
    printf 'client %s\n' 'call NdisClOpenAddressFamilyEx af:0.1 - PASSIVE binding:0.1'
    seq -f 'client call NdisClRegisterSap sap:0.%.0f - PASSIVE af:0.1' 200000
} | numbered > "$scratch/many.log"
many_names() { (ulimit -t 100; convert "$scratch/many.log" | tail -n 1); }
it 'many objects need no more time each' says ' - PASSIVE af:' many_names
it 'a log without a line of the tap is bad input' exits 2 convert README.md
it 'so is none' exits 2 convert "$scratch/none"
it 'and a directory' exits 2 convert src

# The order that NDIS alone knows: here an AF is closed from its notification, and the line of
# the return of the open came late. Without the search for another order it is refused.
late=tests/tap_logs/open-returns-late.log
conforming_log() { "$1" "$2" > "$scratch/order.trace" && build/closeaf check "$scratch/order.trace"; }
it 'a return that NDIS saw before the line was printed' conforming_log convert "$late"
build_without() { # SED: closeaf with another event_order.c
    local others
    mapfile -t others < <(printf '%s\n' src/*/*.c | sed 's,\.c$,.o,;s,^,build/,' | grep -vE '/(vocabulary_promela|check_tables|event_order)\.o$' | sort)
    sed -E "$1" src/trace/event_order.c > "$scratch/event_order.c"
    ! cmp -s src/trace/event_order.c "$scratch/event_order.c" || { echo "it is still there"; return 2; }
    gcc "${flags[@]}" "${includes[@]}" -Isrc/trace -o "$scratch/closeaf" "$scratch/event_order.c" "${others[@]}" || return 2
}
convert_without() { "$scratch/closeaf" convert --from=debugger "$1"; }
is_refused_without() { build_without "$1" && conforming_log convert_without "$2"; } # SED LOG
it '  without the search its trace is refused' refused 'AF-OP-05' is_refused_without 's/(MOST_IN_VAIN) = 200/\1 = 0/' "$late"
late_breach() { # no order excuses what is wrong in each
    sed 's/do OwnProtocolClCloseAfComplete af:0.1 SUCCESS/do OwnProtocolClCloseAfComplete af:0.1 FAILURE/' "$late" > "$scratch/late.log"
    convert "$scratch/late.log" | build/closeaf check --fail-on=advice -
}
it 'no order excuses a breach' refused 'AF-CL-04' late_breach

# What no driver sees is filled in: each part of it is needed.
run_tapped "$scratch/tapped0" 3 2 2000 -
cp "$scratch/log" "$scratch/unseen.log"
it 'what no driver sees is filled in' conforming_log convert "$scratch/unseen.log"
is_found_without() { # REQUIREMENT ROW: what is missing has many consequences, up to tables that are full
    local said
    if said=$(is_refused_without "s/^    $2,.*//" "$scratch/unseen.log" 2>&1); then echo "accepted"; return 1; fi
    [[ $said == *": $1: "* ]] || { echo "refused, but not for $1: ${said:0:2000}"; return 1; }
}
while read -r requirement row; do
    it "  and $row is needed for it" is_found_without "$requirement" "$row"
done << 'end'
VC-03 VC_WITH_MINIPORT.CLIENT.
VC-03 VC_WITH_MINIPORT.MANAGER.
VC-21 ASKS_MINIPORT.VC_DEACTIVATE.
CAD-02 ASKS_MINIPORT.REQUEST_TO_MINIPORT.
BND-14 .ENTER_UNBIND
end

# Defects of the tap itself.
tap_defect() { # SED FILE: a tap of its own, before that of src
    rm -rf "$scratch/mutated"
    mkdir "$scratch/mutated"
    cp src/tap/*.h src/drivers/client.c src/drivers/call_manager.c "$scratch/mutated"
    sed -i -E "$1" "$scratch/mutated/$2"
    ! cmp -s "src/tap/$2" "$scratch/mutated/$2" || { echo "the defect is none"; return 2; }
    build_tapped 0 "$scratch/broken" "$scratch/mutated" -Wno-unused "${@:3}"
}
defect_is_seen() { # TEXT SED FILE [FLAG...]
    local said
    tap_defect "${@:2}" || return 1
    if said=$(conforms_and_equals by_appearance "$scratch/broken" 6 2 "${events:-400}" - 2>&1); then echo "not seen"; return 1; fi
    [[ $said == *"$1"* ]] || { echo "seen, but not for \"$1\": $said"; return 1; }
}
events=3000 it 'a generation that is used again' defect_is_seen 'slot and generation name a second object' \
    's/\(void\)TAP_NEXT\(&e->generation\);/TAP_WRITE(\&e->generation, 1);/' tap.h
it 'a table that is full' defect_is_seen 'TAP_SLOTS is too small' 's/^#ifndef TAP_SLOTS/#if 1\n#undef TAP_SLOTS/; s/^(#define TAP_SLOTS) 64/\1 1/' tap.h
it 'a sequence number that is skipped' defect_is_seen 'are missing before this one' \
    's/TAP_PRINT\(TAP_PREFIX " %lu t%lu # %s/(void)TAP_NEXT(\&tap.sequence);\n    &/' tap.h
it 'a line that is not printed' defect_is_seen 'REG-11' \
    '/^#define TAP_STATUS_FUNCTION/,/^ *}/s/tap_line\("call"[^;]*;/(void)0;/' tap.h
it 'a line that is printed behind the call' defect_is_seen 'AF-CM-02' \
    '/^#define TAP_STATUS_FUNCTION/,/^ *}/{/tap_line\("call"/d; s/^( *)end; .*/        end; tap_line("call", #function, which, o, "-"); \\/}' tap.h
it 'another status than the driver sees' defect_is_seen 'AF-CM-05' 's/"NOT_ACCEPTED"/"FAILURE"/' tap.h
it 'another IRQL' defect_is_seen 'DISPATCH' 's/TAP_IS_PASSIVE\(\) \? "PASSIVE"/1 ? "PASSIVE"/' tap.h
it 'a handler that is not wrapped' defect_is_seen 'CAD-02' 's/\*handler = tap_##member; /(void)tap_##member; /' tap.h
changes_the_result() {
    tap_defect '/^#define TAP_STATUS_HANDLER/,/return result/s/return result;/return NDIS_STATUS_SUCCESS;/' tap.h || return 1
    ! run_tapped "$scratch/broken" 2 2 "${events:-400}" - > /dev/null
}
it 'a tap that changes what NDIS sees does not pass' changes_the_result

# Each function and each handler of the tap, called once on stubs: what is printed are events,
# and all those of the vocabulary in which a driver of this role takes part.
tap_source=src/tap
: > "$scratch/printed"
prototypes() { # as "TYPE NAME(PARAMETERS)", one a line
    gcc -E -P src/ndis/ndis.h | tr '\n' ' ' | sed 's/;/;\n/g' | grep -oE '(typedef )?(void|NDIS_STATUS) [A-Z]\w+\([^;]*\)'
}
call_all() { # ROLE: the program
    printf '#define %s\n#include "ndis.h"\n#include "tap.h"\nFILE *tap_file;\n' "$1"
    printf 'uint8_t thread_number(void) { return 0; }\nuint8_t thread_irql(void) { return 0; }\n'
    printf '#include "ndis.h"\n#include "tap.h"\n' | gcc -E -P -I"$tap_source" "${includes[@]}" -D"$1" -x c - |
        grep -oE 'static (PROTOCOL|MINIPORT)_\w+ \*tap_own_\w+|tap_Ndis\w+ ?\(' | sort -u > "$scratch/own"
    prototypes | awk -v own="$scratch/own" '
        BEGIN { oid = "((PNDIS_OID_REQUEST)p)->DATA.SET_INFORMATION.Oid"; while ((getline < own) > 0) { if ($0 ~ /^static/) { sub(/.*own_/, "", $3); member[$2] = member[$2] " " $3 }
                                              else { sub(/^tap_/, ""); sub(/ ?\($/, ""); tapped[$0] = 1 } } }
        { type = $0 ~ /^(typedef )?NDIS_STATUS / ? "NDIS_STATUS" : "void"; name = $0; sub(/\(.*/, "", name); sub(/.* /, "", name)
          list = $0; sub(/[^(]*\(/, "", list); sub(/\)$/, "", list); n = list == "void" ? 0 : split(list, p, ","); a = ""
          for (i = 1; i <= n; i++) a = a (i > 1 ? ", " : "") (p[i] ~ /^ *(P|NDIS_HANDLE)/ ? "p" : "0")
          body = type == "void" ? "{}" : "{ return 0; }"
          b = a; if (name == "NdisCoOidRequest") sub(/p, p/, "p, 0", b); if (name ~ /CO_OID_REQUEST_COMPLETE/) sub(/p/, "0", b)
          asked = reset = ""; if (name ~ /OidRequest|OID_REQUEST/) { asked = oid " = OID_CO_AF_CLOSE; "; reset = oid " = 0;" }
          each = name ~ /NET_PNP/ ? "for (int *code = p; *code < 5; ++*code) " : ""
          if ($0 !~ /^typedef/) { if (name in tapped) { print "#undef " name "\n" type " " name "(" list ")" body; calls = calls "tap_" name "(" a "); tap_" name "(" b "); " asked "tap_" name "(" a "); " reset "\n" } }
          else if (name in member) { m = split(member[name], q, " ")
              for (i = 1; i <= m; i++) { print "static " type " own_" q[i] "(" list ")" body
                  calls = calls "{ " name " *h = own_" q[i] "; tap_wrap_" q[i] "(&h); " each "h(" a "); h(" b "); " asked "h(" a "); " reset " }\n" } } }
        END { print "int main(void) { void *zeros[64] = {0}, *p = zeros; (void)p; tap_file = stdout;\n" calls "return 0; }" }'
}
rows_of_vocabulary() { # @, verb, name, object and driver of what the core judges
    printf '#define EVENT(identifier, verb, name, object, on, status, who, level, id, section, judge) @ verb name object who judge\n#include "protocol/vocabulary.def"\n' |
        gcc -E -P -Isrc -x c - | sed 's/@/\n@/g' | awk '{ gsub(/ *\/ */, "/") } $1 == "@" && $6 == "core"'
}
vocabulary_of() { # DRIVER...: verb, name and object
    rows_of_vocabulary | awk -v wanted=" $* " '$2 != "do" && index(wanted, " " $5 " ") { print $2, $3, $4 }' | sort -u
}
# Not wrapped: TAP.md says which. The completion of a PnP event has the name of the last event.
not_wrapped='CompleteNetPnPEvent/NetEvent[^P]|Receive|ReturnNetBuffer|Status|NdisOidRequest/|DropParty/last|NdisCoSend.* binding|ProtocolCoSend.* binding'
all_lines() { # ROLE OTHERS DRIVER... : none of its events lacks
    local lacking
    call_all "$1" > "$scratch/all.c"
    gcc -std=c11 -w -I"$tap_source" "${includes[@]}" -o "$scratch/all" "$scratch/all.c" || return 1
    "$scratch/all" > "$scratch/all.log"
    convert "$scratch/all.log" > "$scratch/all.trace" 2> "$scratch/convert.messages" || :
    if grep 'cut or mixed' "$scratch/convert.messages"; then return 1; fi
    events_of "$scratch/all.log" > "$scratch/printed"
    lacking=$(vocabulary_of "${@:3}" | comm -23 - "$scratch/printed" | grep -vE "$not_wrapped|$2" || :)
    [[ $(wc -l < "$scratch/printed") -gt 40 ]] || { echo "next to nothing was printed"; return 1; }
    [[ -z $lacking ]] || { echo "no line for: $lacking"; return 1; }
}
it 'the tap of a client has a line for each of its events' all_lines TAP_CLIENT 'Miniport|CmRegister' client owner
cat "$scratch/printed" > "$scratch/can"
mcm_too() { all_lines TAP_MCM NetPnPEvent manager owner; } # which has the functions of both kinds
it 'that of a call manager and of an MCM too' mcm_too
cat "$scratch/printed" >> "$scratch/can"
# What no example driver does, and NDIS does not do to it here.
not_in_examples='OID_CO_AF_CLOSE|IncomingDropParty|NetEvent(SetPower|QueryRemoveDevice|CancelRemoveDevice)'
all_have_run() {
    local lacking
    lacking=$(comm -23 <(sort -u "$scratch/can") <(sort -u "$scratch/ran") | grep -vE "$not_in_examples" || :)
    [[ -z $lacking ]] || { echo "never printed around the example drivers: $lacking"; return 1; }
}
it 'each of these lines has been printed around the example drivers' all_have_run
sed -i '/ProtocolClIncomingCloseCall /d' "$scratch/ran"
it '  and one that has not is missed' refused 'never printed around the example drivers: enter ProtocolClIncomingCloseCall vc' all_have_run
tap_source=$scratch/other
mkdir "$tap_source"
cp src/tap/*.h "$tap_source"
sed -i 's/ProtocolClDropPartyComplete, ""/ProtocolClAddPartyComplete, ""/' "$tap_source/tap_client_objects.h"
it 'a handler with the name of another is missed' refused 'no line for: enter ProtocolClDropPartyComplete party' all_lines TAP_CLIENT 'Miniport|CmRegister' client owner
cp src/tap/*.h "$tap_source"
sed -i 's/ProtocolClDropPartyComplete, ""/ProtocolClMadeUp, ""/' "$tap_source/tap_client_objects.h"
it 'a name that no trace has is seen' refused 'cut or mixed' all_lines TAP_CLIENT 'Miniport|CmRegister' client owner

# The acts of TAP.md are the "do" lines of the vocabulary but for the system's, each with its kind.
acts_are_all() { # FILE
    diff <(rows_of_vocabulary | awk '$2 == "do" && $5 != "system" { print $3, $4 }' | sort) <(awk -F '|' 'NF == 5 && $3 ~ /^ `[a-z]+` $/ {
        gsub(/[ `]/, "", $3); n = split($2, act, ","); for (i = 1; i <= n; i++) { gsub(/[ `]/, "", act[i]); print act[i], $3 } }' "$1" | sort)
}
it 'TAP.md has each act of a driver' acts_are_all src/tap/TAP.md
sed 's/, .FreeCallParameters.//' src/tap/TAP.md > "$scratch/acts.md"
it '  and one that it lacks is missed' refused 'FreeCallParameters vc' acts_are_all "$scratch/acts.md"

# For Windows.
mingw=x86_64-w64-mingw32-gcc
ddk=$($mingw -M -MG -x c - <<< '#include <ddk/ndis.h>' | grep -oE '[^ ]*/ddk/ndis\.h')
for_windows() { # ROLE FLAG...: the DDK header's own warnings are not ours
    "$mingw" -std=gnu11 -O2 -Wall -Wextra -Wconversion -Werror -isystem "${ddk%/*}" "${@:2}" "${includes[@]}" -Itests -D"$1" \
        -c -o "$scratch/driver.o" tests/tap_ddk.c
}
for role in TAP_CLIENT TAP_CALL_MANAGER TAP_MCM; do
    it "$role: compiles against the DDK header" for_windows "$role"
done
calls_of_windows() { x86_64-w64-mingw32-nm -u "$scratch/driver.o"; }
it 'prints through DbgPrintEx' says DbgPrintEx calls_of_windows
it 'a driver that does not say what it is is refused' refused 'define one of TAP_CLIENT' for_windows TAP_NOTHING
mkdir "$scratch/narrow"
cp src/tap/*.h "$scratch/narrow"
sed -i 's/const unsigned long sequence =/const unsigned short sequence =/' "$scratch/narrow/tap.h"
it 'a conversion in the tap is refused' refused conversion for_windows TAP_CLIENT -I"$scratch/narrow"

done_testing
