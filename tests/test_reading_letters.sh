#!/usr/bin/env bash
# usage: tests/test_reading_letters.sh
#
# closeaf check by another reading than the recommended: for each of these letters a trace
# that it judges otherwise. That core and model agree on every state and event under each
# reading is for make lockstep. Speaks TAP.
set -euo pipefail
. "$(dirname "$0")/tap.sh"

# The first finding: its requirement, "end" if only something is left undone, "-" if nothing.
judged() { # trace [READING]
    build/closeaf check --format=json ${2:+"--reading=$2"} "$1" > "$scratch/found.json" || [[ $? -eq 1 ]]
    jq -r '.files[0].findings | map(select(.level != "observation")) | if length == 0 then "-" elif .[0].line == null then "end" else .[0].requirement end' \
        "$scratch/found.json"
}
differs() { # trace, reading, requirement by it, requirement as recommended
    local found
    found=$(judged "$1" "$2") || return 1
    [[ $found == "$3" ]] || { echo "$1 by $2: $found, not $3"; return 1; }
    found=$(judged "$1") || return 1
    [[ $found == "$4" ]] || { echo "$1 as recommended: $found, not $4"; return 1; }
}

# Who frees before the answer has come and gone; who notifies between completion and callback;
# who says success while the close pends.
early() { sed "/ $1 /d" "tests/sequences/$2.trace" | sed "/enter ProtocolClCloseAfComplete/a$3 do $1 af:0.1 - PASSIVE"; }
early FreeCallMgrAfContext SEQ-08 t0 > "$scratch/manager_frees.trace"
early FreeClientAfContext SEQ-08 t1 > "$scratch/client_frees.trace"
{
    cat tests/rules/MCM-02.trace
    echo 't0 return NdisClCloseAddressFamily af:0.1 PENDING PASSIVE'
    echo 't1 do ReleaseAfResources af:0.1 - PASSIVE'
    echo 't1 call NdisMCmCloseAddressFamilyComplete af:0.1 SUCCESS PASSIVE'
    echo 't2 call NdisMCmNotifyCloseAddressFamily af:0.1 - PASSIVE'
} > "$scratch/mcm_notifies.trace"
{
    sed '/do FreeClientAfContext/q' tests/rules/AF-CL-08.trace
    echo 't1 enter ProtocolCmCloseAf af:0.1 - DISPATCH'
    for event in 'leave ProtocolCmCloseAf' 'return NdisClCloseAddressFamily' 'do OwnProtocolClCloseAfComplete'; do
        echo "t1 $event af:0.1 NOT_ACCEPTED PASSIVE"
    done
} > "$scratch/client_frees_in_the_close.trace"
sed '/ vc:/d;/ sap:/d;/^# expect/d' tests/sequences/SEQ-04.trace > "$scratch/refused.trace" # for no reason
sed '/ do Wait/{s/.*/t0 leave ProtocolClNotifyCloseAf af:0.1 SUCCESS PASSIVE/;q}' tests/rules/THR-02.trace > "$scratch/client_is_hasty.trace"

while read -r reading trace by_it recommended; do
    [[ $trace == */* ]] && trace=tests/$trace || trace=$scratch/$trace
    it "$reading" differs "$trace.trace" "$reading" "$by_it" "$recommended"
done << 'END'
amb_01=c sequences/SEQ-09 AF-CL-02 -
amb_02=a refused AF-CL-03 -
amb_02=c refused AF-CL-07 -
amb_03=c refused AF-CM-05 -
amb_05=b refused AF-CL-05 -
amb_05=c refused AF-CL-07 -
amb_07=a mcm_notifies end AF-CM-16
amb_08=a manager_frees AF-CM-24 AF-CM-24
amb_08=c sequences/SEQ-08 NTF-07 -
amb_09=a client_frees_in_the_close - AF-CL-08
amb_09=b client_frees NTF-28 NTF-23
amb_10=a rules/NTF-36 NTF-08 NTF-36
amb_10=b rules/NTF-36 NTF-07 NTF-36
amb_10=s rules/NTF-38 NTF-05 NTF-38
amb_11=a client_is_hasty end NTF-26
amb_13=b sequences/SEQ-07 THR-03 -
amb_43=a field/03-data-held-over-the-close BND-12 BND-28
amb_44=b field/160-unbound-in-low-power UNB-06 -
END
done_testing
