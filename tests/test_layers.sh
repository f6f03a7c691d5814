#!/usr/bin/env bash
# usage: tests/test_layers.sh
#
# The folders of src/, and which may include from which: an arrow that is not in the table below
# is refused. Speaks TAP.
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
drivers: runtime ndis
tap: runtime ndis
closeaf: drivers runtime trace core protocol
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
it 'and NDIS that includes its runtime' refused ndis/ndis.h runtime/runtime.h

done_testing
