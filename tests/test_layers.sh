#!/usr/bin/env bash
# usage: tests/test_layers.sh
#
# The folders of src/, and which may include from which: an arrow that is not in the table below
# is refused. No circle among files, of includes or of calls. An example driver needs ndis.h
# and what lies beside it, and nothing else: it can be copied. Speaks TAP.
set -euo pipefail
. "$(dirname "$0")/tap.sh"

# A folder, and the folders below it. protocol has the tables, core what is proved of them.
layers() {
    cat << 'END'
protocol:
core: protocol
ndis:
trace: core protocol
runtime: trace core protocol ndis
drivers: ndis
tap: runtime ndis
closeaf: drivers runtime trace core protocol
page:
END
}

includes() { # DIRECTORY: lines "file folder", for each file that is included from another folder
    (cd "$1" && grep -oE '^ *# *include "[a-z]+/[a-z_]+\.(h|def)"' -- */*.[ch]) |
        sed -E 's,^([^:]*):.*"([a-z]+)/.*,\1 \2,'
}
arrows_are_allowed() { # DIRECTORY
    awk 'NR == FNR { sub(":", ""); known[$1]; for (i = 2; i <= NF; i++) allowed[$1, $i]; next }
         { from = $1; sub("/.*", "", from) }
         !(from in known) { print $1 ": the table has no folder " from; bad = 1; next }
         from != $2 && !((from, $2) in allowed) { print $1 " must not include from " $2; bad = 1 }
         END { exit bad || FNR == 0 }' <(layers) <(includes "$1")
}
folders_are_known() { diff <(layers | sed 's/:.*//' | sort) <(cd src && ls -d -- *) ; }

it 'each folder stands in the table' folders_are_known
it 'each file includes from below only' arrows_are_allowed src

refused() { # FILE, INCLUDE: a file that includes from above is named
    local said
    copy
    echo "#include \"$2\"" >> "$scratch/src/$1"
    if said=$(arrows_are_allowed "$scratch/src"); then echo 'accepted'; return 1; fi
    [[ $said == "$1 must not include from ${2%%/*}" ]] || { echo "$said"; return 1; }
}
it 'the core that includes a trace is refused' refused core/core_af.c trace/trace.h
it 'so is a driver that includes the core' refused drivers/client.c core/core.h
it 'and one that includes the runtime' refused drivers/client.c runtime/runtime_lock.h
it 'and NDIS that includes its runtime' refused ndis/ndis.h runtime/runtime.h

# Circles: of includes, and of what one object file uses of another.
included() { # DIRECTORY: pairs of files of it, the second included in the first
    local file name
    (
        cd "$1"
        for file in */*.[ch]; do
            sed -nE 's/^ *# *include "([a-z_/]+\.(h|def))".*/\1/p' "$file" | while read -r name; do
                for name in "${file%/*}/$name" "$name" "ndis/$name"; do
                    if [[ -e $name ]]; then echo "$file $name"; break; fi
                done
            done
        done
    )
}
used() { # DIRECTORY: pairs of object files of it, of which the first uses what the second defines
    (
        cd "$1"
        # The tables' own programs define main, as closeaf does, and are no part of it.
        for file in */*.o; do
            [[ $file == protocol/* || ! -e $OLDPWD/src/${file%.o}.c ]] || nm -P "$file" | awk -v file="$file" '{ print file, $1, $2 }'
        done
    ) | awk '$3 ~ /[BCDRTV]/ { defined_in[$2] = $1 } $3 == "U" { file[++n] = $1; name[n] = $2 }
        END { for (i = 1; i <= n; i++) if (name[i] in defined_in) print file[i], defined_in[name[i]] }' | sort -u
}
no_circle() { # COMMAND DIRECTORY: that there are pairs, too
    "$1" "$2" > "$scratch/pairs"
    [[ $(wc -l < "$scratch/pairs") -gt 40 ]] || { echo 'there are next to no pairs'; return 1; }
    tsort "$scratch/pairs" > "$scratch/order" 2> "$scratch/circles" || { cat "$scratch/circles"; return 1; }
}
it 'no file includes itself by way of others' no_circle included src
it 'no two files call each other' no_circle used build/src

circle() { # NAME COMMAND DIRECTORY: this file is in one
    local said
    if said=$(no_circle "$2" "$3"); then echo 'accepted'; return 1; fi
    [[ $said == *"tsort: $1"* ]] || { echo "$said"; return 1; }
}
copy
echo '#include "runtime_thread.h"' >> "$scratch/src/runtime/system_lock.h"
it 'a circle of includes is found' circle runtime/system_lock.h included "$scratch/src"
calls_up() { # a lock of the system's that uses the discipline above it
    mkdir "$scratch/objects"
    cp -r build/src/* "$scratch/objects"
    {
        cat src/runtime/system_lock.c
        echo 'void take_lock(struct lock *l);'
        echo 'void calls_up(struct lock *l);'
        echo 'void calls_up(struct lock *l) { take_lock(l); }'
    } | gcc -std=c11 -Isrc -Isrc/runtime -c -o "$scratch/objects/runtime/system_lock.o" -x c -
    circle runtime/system_lock.o used "$scratch/objects"
}
it 'so is one of calls' calls_up

# The example drivers stand alone.
stands_alone() { # COMPILER DIRECTORY FILE
    "$1" -std=c11 -Wall -Wextra -Wconversion -Wpedantic -Werror -fsyntax-only -I"$2/ndis" -I"$2/drivers" "$2/drivers/$3"
}
cannot_stand() { # FILE, INCLUDE
    local said
    copy
    sed -i "/^#include \"common.h\"/i #include \"$2\"" "$scratch/src/drivers/$1"
    if said=$(stands_alone gcc "$scratch/src" "$1" 2>&1); then echo 'compiled'; return 1; fi
    [[ $said == *"$2: No such file"* ]] || { echo "$said"; return 1; }
}
for file in src/drivers/*.c; do
    file=${file##*/}
    for compiler in gcc clang; do
        it "$compiler: $file needs ndis.h and nothing else" stands_alone "$compiler" src "$file"
    done
    it "  and not with the runtime" cannot_stand "$file" runtime/runtime_lock.h
done

done_testing
