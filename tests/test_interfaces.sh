#!/usr/bin/env bash
# usage: tests/test_interfaces.sh
#
# What the compiler must accept and refuse: the role types of ndis.h (SDV-09), and both
# compilers over all sources. Speaks TAP.
set -euo pipefail
. "$(dirname "$0")/tap.sh"

flags=(-std=c11 -O2 -Wall -Wextra -Wconversion -Wpedantic -Werror -pthread -Isrc -Isrc/ndis -Ibuild '-DEXAMPLE_HOOKS="runtime/example_hooks.h"')

compiles() { # text on standard input
    "$1" "${flags[@]}" -fsyntax-only -x c -
}
accepts() { compiles "$1" <<< "#include \"ndis.h\"
$2"; }
refuses() {
    local said
    if said=$(accepts "$1" "$2" 2>&1); then echo "compiled: $2"; return 1; fi
    # Refused for the reason meant, not because a header is missing.
    [[ $said == *"conflicting types"* || $said == *"incompatible"* ]] || { echo "$said"; return 1; }
}

role='PROTOCOL_CM_CLOSE_AF ProtocolCmCloseAf;'
pointer='PROTOCOL_CM_CLOSE_AF *handler = ProtocolCmCloseAf;'
for compiler in gcc clang; do
    it "$compiler accepts ProtocolCmCloseAf in its role (SDV-09)" accepts $compiler \
        "$role _Use_decl_annotations_ NDIS_STATUS ProtocolCmCloseAf(NDIS_HANDLE c) { (void)c; return NDIS_STATUS_SUCCESS; }"
    it "$compiler refuses one that returns nothing" refuses $compiler \
        "$role void ProtocolCmCloseAf(NDIS_HANDLE c) { (void)c; }"
    it "$compiler refuses one with another parameter" refuses $compiler \
        "$role NDIS_STATUS ProtocolCmCloseAf(int c) { return c; }"
    it "$compiler refuses one with a status too many" refuses $compiler \
        "$role NDIS_STATUS ProtocolCmCloseAf(NDIS_HANDLE c, NDIS_STATUS s) { (void)c; return s; }"
    it "$compiler refuses the completion with its arguments exchanged" refuses $compiler \
        'PROTOCOL_CL_CLOSE_AF_COMPLETE ProtocolClCloseAfComplete; void ProtocolClCloseAfComplete(NDIS_HANDLE c, NDIS_STATUS s) { (void)c; (void)s; }'
    it "$compiler refuses a pointer to another role" refuses $compiler \
        "PROTOCOL_CM_NOTIFY_CLOSE_AF_COMPLETE ProtocolCmCloseAf; $pointer"
    for source in src/*/*.c; do
        it "$compiler is silent about $source" "$compiler" "${flags[@]}" -c -o "$scratch/object.o" "$source"
    done
done

returns_nothing() { # a call manager cannot rely on an error indication
    local said
    if said=$(accepts gcc 'NDIS_STATUS f(NDIS_HANDLE h) { return NdisCmCloseAddressFamilyComplete(NDIS_STATUS_SUCCESS, h); }' 2>&1); then
        echo 'the completion returns a status'; return 1
    fi
    [[ $said == *void* ]] || { echo "$said"; return 1; }
}
it 'NdisCmCloseAddressFamilyComplete returns nothing (checks: AF-CM-23)' returns_nothing

# Each definition of the example call manager's callback is declared by its role type
# and carries the annotation.
declared_and_annotated() {
    grep -qE 'PROTOCOL_CM_CLOSE_AF +ManagerCmCloseAf;' src/drivers/call_manager.c || { echo 'not declared by its role'; return 1; }
    awk '/^static NDIS_STATUS ManagerCmCloseAf\(.*\)$/ { found = 1; if (before != "_Use_decl_annotations_") exit 1 }
         { before = $0 } END { if (!found) exit 1 }' src/drivers/call_manager.c || { echo 'not annotated'; return 1; }
}
it 'ProtocolCmCloseAf is declared by its role and annotated (checks: SDV-09, SDV-10)' declared_and_annotated

# With their hooks the example drivers see what a driver has, the events' names, and nothing else of
# the runtime or the core.
sees_only_what_a_driver_has() { # FILE
    local seen
    seen=$(gcc "${flags[@]}" -MM "$1" | tr -s ' \\\n' '\n' | grep -E '/(runtime|core|trace|closeaf)/' | grep -v '/runtime/example_hooks\.h$') || return 0
    echo "$1 sees" "$seen"
    return 1
}
for driver in client call_manager miniport; do it "$driver.c sees nothing of the runtime" sees_only_what_a_driver_has "src/drivers/$driver.c"; done
printf '#include "%s/src/drivers/client.c"\n#include "%s/src/runtime/runtime.h"\n' "$PWD" "$PWD" > "$scratch/peeps.c"
it 'one that does is found' exits 1 sees_only_what_a_driver_has "$scratch/peeps.c"

done_testing
