#!/usr/bin/env bash
# usage: tests/test_seed_breaches.sh
#
# tests/seed_breaches in small: it passes, and finds a judge that names too much, and one that names too
# little. Speaks TAP.
set -euo pipefail
. "$(dirname "$0")/tap.sh"

judge_with() { # FILE SED: a judge with another src/trace/FILE
    local others
    mapfile -t others < <(printf '%s\n' src/*/*.c | sed 's,\.c$,.o,;s,^,build/,' | grep -vE "/(vocabulary_promela|check_tables|${1%.c})\\.o\$" | sort)
    sed -E "$2" "src/trace/$1" > "$scratch/$1"
    ! cmp -s "src/trace/$1" "$scratch/$1" || { echo "it is still there"; return 2; }
    gcc -std=c11 -O1 -pthread -Isrc -Isrc/ndis -Isrc/trace -Ibuild -o "$scratch/closeaf" "$scratch/$1" "${others[@]}"
}
by_another_judge() { # FILE SED ARGUMENT...
    judge_with "$1" "$2" && CLOSEAF=$scratch/closeaf tests/seed_breaches "${@:3}"
}

it 'breaches in runs of the model' tests/seed_breaches --walks 2
it 'breaches in recordings'        tests/seed_breaches --walks 0 --recordings 10
it 'a judge that names what follows from a breach' exits 1 by_another_judge findings.c \
    's/!is_consequence\(&j->going_on, as\)/1/' --walks 0 --recordings 12 --kind used-after-the-close
it 'a judge that names nothing of it' exits 1 by_another_judge findings.c \
    's/!is_consequence\(&j->going_on, as\)/0/' --walks 0 --recordings 12 --kind used-after-the-close
it 'a kind that there is not'      exits 2 tests/seed_breaches --kind nothing
it 'help'                          says 'usage: tests/seed_breaches' tests/seed_breaches --help
done_testing
