#!/usr/bin/env bash
# usage: tests/test_porting.sh
#
# The core (src/core) and its headers without a library, by gcc, by clang and by the
# cross compiler of mingw-w64; the types of ndis.h against its DDK header. The table of
# that comparison goes to build/evidence/ddk.md. Speaks TAP.
set -euo pipefail
. "$(dirname "$0")/tap.sh"

mingw=x86_64-w64-mingw32
compilers=(gcc clang "$mingw-gcc")
export LC_ALL=C # for the words and the quotes of the compilers
flags=(-std=c11 -O2 -Wall -Wextra -Wconversion -Wpedantic -Werror)

# COMPILER ARGUMENT...: no headers but those that belong to the compiler itself.
freestanding() {
    "$1" "${flags[@]}" -ffreestanding -fno-pic -nostdinc -isystem "$("$1" -print-file-name=include)" "${@:2}"
}

compiles_freestanding() { # COMPILER DIRECTORY FILE
    mkdir -p "$scratch/$1"
    freestanding "$1" -I"$2" -c -o "$scratch/$1/$3.o" "$2/core/$3"
}
unit() { printf '#include "%s"\ntypedef int no_empty_unit;\n' "$1"; } # some headers have macros only
header_alone() { # COMPILER DIRECTORY HEADER
    unit "$3" | freestanding "$1" -fsyntax-only -I"$2" -I"$2/ndis" -x c -
}
hosted_header_alone() {
    unit "$3" | "$1" "${flags[@]}" -pthread -fsyntax-only -I"$2" -I"$2/ndis" -x c -
}

# COMPILER: the core as it has been compiled, but the copying that any compiler may ask for.
needs_no_library() {
    local file nm=nm undefined
    local -a objects=() options=(-nostdlib -r)
    # Newer linkers for Windows ask for what imports data, also where nothing is imported.
    [[ $1 != "$mingw-gcc" ]] || nm=$mingw-nm options+=("-Wl,--disable-auto-import")
    for file in "${core[@]}"; do objects+=("$scratch/$1/$file.o"); done
    "$1" "${options[@]}" -o "$scratch/core.o" "${objects[@]}"
    undefined=$("$nm" -u "$scratch/core.o" | grep -vwE 'mem(cpy|set|move|cmp)' || [[ $? -eq 1 ]])
    [[ -z $undefined ]] || { echo "the core needs: $undefined"; return 1; }
}

mapfile -t core < <(find src/core -name '*.c' -printf '%f\n' | sort)
mapfile -t core_headers < <(find src -path 'src/[pcn]*' ! -path 'src/closeaf/*' -name '*.h' -printf '%P\n' | sort)
# The tap's headers want a role and ndis.h before them: tests/test_tap.sh compiles them.
mapfile -t headers < <(find src -name '*.h' ! -path 'src/tap/*' -printf '%P\n' | sort)
it 'there is a core' test ${#core[@]} -gt 0
for compiler in "${compilers[@]}"; do
    for file in "${core[@]}"; do
        it "$compiler compiles $file freestanding" compiles_freestanding "$compiler" src "$file"
    done
    for file in "${core_headers[@]}"; do
        it "$compiler compiles $file alone, freestanding" header_alone "$compiler" src "$file"
    done
    for file in "${headers[@]}"; do
        it "$compiler compiles $file alone" hosted_header_alone "$compiler" src "$file"
    done
    it "the core by $compiler needs no library" needs_no_library "$compiler"
done

# What these must refuse, in a copy.
refused() { # TEXT COMMAND...: it fails, and says this
    local said
    if said=$("${@:2}" 2>&1); then echo "not refused: ${*:2}"; return 1; fi
    [[ $said == *"$1"* ]] || { echo "refused, but not for \"$1\": $said"; return 1; }
}
spoil() { # FILE LINE: a new copy, with this line at the end of the file
    rm -rf "$scratch/src"
    cp -r src "$scratch/src"
    echo "$2" >> "$scratch/src/$1"
}
for compiler in "${compilers[@]}"; do
    spoil core/core.c '#include <string.h>'
    it "$compiler: a header of the library is refused" refused string.h compiles_freestanding "$compiler" "$scratch/src" core.c
    spoil core/core.c 'int narrow(long long wide); int narrow(long long wide) { return wide; }'
    it "$compiler: a conversion is refused" refused conversion compiles_freestanding "$compiler" "$scratch/src" core.c
    spoil core/core.c 'int puts(const char *); int calls_out(void); int calls_out(void) { return puts("out"); }'
    it "$compiler: a call of the library compiles" compiles_freestanding "$compiler" "$scratch/src" core.c
    it "$compiler: and is refused" refused puts needs_no_library "$compiler"
    spoil protocol/requirement.h 'extern uint8_t undeclared;'
    it "$compiler: a header that needs another is refused" refused uint8_t header_alone "$compiler" "$scratch/src" protocol/requirement.h
done

# ndis.h against the DDK header, whose directory its own includes need.
ddk=$($mingw-gcc -M -MG -x c - <<< '#include <ddk/ndis.h>' | grep -oE '[^ ]*/ddk/ndis\.h')
ddk=${ddk%/*}
compare() { # DIRECTORY [FLAG...]
    $mingw-gcc -std=gnu11 -Wall -Wextra -Werror -isystem "$ddk" -I"$1" -I"$1/ndis" "${@:2}" tests/ddk_types.c
}
ndis_names() { # DIRECTORY: the functions and the types of callbacks that ndis.h has behind a DDK header too
    gcc -E -P -D_NDIS_ "$1/ndis/ndis.h" | grep -oE '\b(Ndis[A-Z]|PROTOCOL_|MINIPORT_)\w+\(' | tr -d '(' | sort -u
}
# The rows of ddk_types.c as they stand there: kind, our name, the DDK's, the reason.
rows() {
    sed -nE 's/^(SAME|COUNTERPART|CHANGED|CHANGED_FUNCTION)\((\w+), (\w+)(, "(.*)")?\);$/\1\t\2\t\3\t\5/p' tests/ddk_types.c
}
compare src -DDDK_ALONE -E -P -dD | grep -oE '\w+' | sort -u > "$scratch/ddk"
ndis_names src > "$scratch/ours"
comm -12 "$scratch/ours" "$scratch/ddk" > "$scratch/same"
rows | cut -f2 | sort > "$scratch/rows"
rows | awk -F'\t' '/^(SAME|COUNTERPART)/ { print $2 }' | sort - "$scratch/same" > "$scratch/compared"
sort -u "$scratch/same" "$scratch/rows" | comm -23 "$scratch/ours" - > "$scratch/lacking"

it 'ndis.h and the DDK header agree' compare src -fsyntax-only
no_row_for_nothing() {
    local odd
    odd=$(comm -12 "$scratch/same" "$scratch/rows"; comm -13 "$scratch/ours" "$scratch/rows"; uniq -d "$scratch/rows")
    [[ -z $odd ]] || { echo "a row for what has the same name, is not in ndis.h, or has a row: $odd"; return 1; }
}
it 'each row is for a name that needs one' no_row_for_nothing

# Each name that is compared is refused, by name, when its type is altered. The MCM's
# functions stand apart: altered together with their counterparts, they would agree.
refused_by_name() { # NAMES SED: what it does to each declaration of such a name
    rm -rf "$scratch/src"
    cp -r src "$scratch/src"
    sed -i -E "$2" "$scratch"/src/ndis/ndis_bindings.h "$scratch"/src/ndis/ndis_objects.h
    compare "$scratch/src" -fsyntax-only > "$scratch/refusals" 2>&1 && { echo 'accepted'; return 1; }
    sed -nE "s/.*conflicting types for '(\w+)'.*/\1/p; s/.*static assertion failed: \"(\w+) is not .*/\1/p" \
        "$scratch/refusals" | sort -u > "$scratch/refused"
    grep -xE "$1" "$scratch/compared" > "$scratch/wanted" || { echo 'nothing is compared'; return 1; }
    comm -23 "$scratch/wanted" "$scratch/refused" > "$scratch/missed"
    [[ ! -s $scratch/missed ]] || { echo 'altered, and not refused:'; cat "$scratch/missed"; return 1; }
}
for option in '' -v; do # with, and without
    names=$(grep ${option:+"$option"} NdisMCm "$scratch/compared" | paste -sd '|')
    which=${option:+not }
    it "one parameter more is refused, ${which}of the MCM" refused_by_name "$names" \
        "s/\b($names)\(/\1(char more, /; s/more, void\)/more)/"
    it "another type returned is refused, ${which}of the MCM" refused_by_name "$names" \
        "s/\b(void|NDIS_STATUS) ($names)\(/char \2(/"
done

spoil ndis/ndis_bindings.h ''
sed -i 's/_CLOSE_ADAPTER_COMPLETE_EX(NDIS_HANDLE ProtocolBindingContext/&, NDIS_STATUS Status/' "$scratch/src/ndis/ndis_bindings.h"
it 'a type of NDIS 5 where NDIS 6 changed it is refused' \
    refused 'PROTOCOL_CLOSE_ADAPTER_COMPLETE_EX is CLOSE_ADAPTER_COMPLETE_HANDLER after all' \
    compare "$scratch/src" -fsyntax-only

# Whatever the vocabulary speaks of has a type, but what is judged in traces alone.
vocabulary_has_types() { # DIRECTORY
    local name type
    grep -v '^ *\(/\*\|\*\)\|, trace)' "$1"/protocol/vocabulary.def | grep -oE '\b(Ndis|Protocol|Miniport)[A-Z]\w*' | sort -u | while read -r name; do
        case $name in
            Ndis*) type=$name ;;
            ProtocolCmRegisterSap) type=PROTOCOL_CM_REG_SAP ;;
            ProtocolNetPnPEvent) type=PROTOCOL_NET_PNP_EVENT ;;
            MiniportInitializeEx) type=MINIPORT_INITIALIZE ;;
            MiniportHaltEx) type=MINIPORT_HALT ;;
            *) type=$(sed -E 's/([a-z])([A-Z])/\1_\2/g' <<< "$name" | tr '[:lower:]' '[:upper:]') ;;
        esac
        ndis_names "$1" | grep -qx "$type" || echo "no type for $name"
    done > "$scratch/untyped"
    [[ ! -s $scratch/untyped ]] || { cat "$scratch/untyped"; return 1; }
}
it 'each function and callback of the vocabulary has a type' vocabulary_has_types src
spoil protocol/vocabulary.def 'EVENT(MADE_UP, call, NdisMadeUp, af, none, none, client, DISPATCH, NONE, closing, core)'
it 'one that has none is missed' refused 'no type for NdisMadeUp' vocabulary_has_types "$scratch/src"

table() {
    echo '# ndis.h beside the DDK header of mingw-w64'
    echo
    echo "$($mingw-gcc -dumpmachine), $(wc -l < "$scratch/ours") functions and callbacks of ndis.h."
    echo
    echo '| ndis.h | the DDK header | outcome |'
    echo '|---|---|---|'
    {
        sed 's/.*/| & | the same name | the same type |/' "$scratch/same"
        rows | awk -F'\t' '{
            outcome = "the same type"
            if ($1 == "COUNTERPART") outcome = "the same type as its stand-alone counterpart"
            if ($1 ~ /^CHANGED/) outcome = "changed by NDIS 6: " $4
            print "| " $2 " | " $3 " | " outcome " |" }'
        sed 's/.*/| & | lacks it | not compared |/' "$scratch/lacking"
    } | sort
}
mkdir -p build/evidence
table > build/evidence/ddk.md
table_is_whole() { # each name has one row
    [[ $(grep -c '^| [NPM]' build/evidence/ddk.md) -eq $(wc -l < "$scratch/ours") ]]
}
it 'the table has one row for each name' table_is_whole
echo "# $(wc -l < "$scratch/ours") types: $(wc -l < "$scratch/compared") are the DDK header's," \
    "$(grep -c 'changed by' build/evidence/ddk.md) were changed by NDIS 6, $(wc -l < "$scratch/lacking") are not in it"

done_testing
