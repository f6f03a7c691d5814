#!/usr/bin/env bash
# usage: tests/test_readings.sh
#
# model/read on small sets of readings: what is written is confirmed, and each way to be
# wrong is found. Speaks TAP.
set -euo pipefail
. "$(dirname "$0")/tap.sh"

# Register and readings of one ambiguity, AMB-16, made of standard input.
cp src/protocol/requirements.def "$scratch"
registered() { # ID RECOMMENDED LETTER...: one more
    echo "AMBIGUITY(\"$1\", \"which AFs?\", \"a page\", \"why\", \"AF-CL-03, AF-CL-15\")"
    echo "MODEL_READING(${1/-/_}, \"$2\", $(printf 'LETTER("%s", "these", "then") ' "${@:3}"))"
}
readings() { # RECOMMENDED LETTER...
    rm -rf "$scratch/readings"
    mkdir "$scratch/readings"
    registered AMB-16 "$@" > "$scratch/readings.def"
    cat > "$scratch/readings/AMB-16"
}
read_them() { model/read --readings "$scratch/readings" --register "$scratch/readings.def" --out "$scratch/out" "$@"; }

# One run of a set, of which several things are asked.
run() { status=0; read_them "$@" > "$scratch/said.txt" 2>&1 || status=$?; }
status_is() { [[ $status -eq $1 ]] || { echo "status $status, not $1"; cat "$scratch/said.txt"; return 1; }; }
says_so() { grep -F -- "$1" "$scratch/said.txt" || { cat "$scratch/said.txt"; return 1; }; }

readings b a b << 'END'
b | one-client | WORK=0 | holds | those that nobody closes
a | one-client | AMB_16=a WORK=0 | breaks AF-CL-03 | all that are not closed
END
run
it 'what is written is confirmed' status_is 0
it 'the finding of each reading is shown' says_so 'breaks AF-CL-03'
it 'the counterexample is a chart' grep -q 'breaks AF-CL-03' "$scratch/out/AMB-16-a/counterexample.txt"
it 'and a picture' test -s "$scratch/out/AMB-16-a/counterexample.svg"
it 'what holds has no counterexample' exits 1 test -e "$scratch/out/AMB-16-b/counterexample.txt"

# What is wrong with the files is said without a search, too.
registered AMB-17 a a b >> "$scratch/readings.def"
run --list
it 'an entry without a file fails' status_is 1
it 'and is named' says_so 'AMB-17 needs readings, or a line "not a behaviour: REASON"'
: > "$scratch/readings/AMB-17"
run --list
it 'so is an entry without readings' says_so 'AMB-17 needs readings, or a line "not a behaviour: REASON"'
echo 'not a behaviour: it names a page' > "$scratch/readings/AMB-17"
run --list
it 'a reason will do' status_is 0
echo 'not a behaviour: it names a page' > "$scratch/readings/AMB-18"
run --list
it 'a file that no entry asks for fails' says_so 'AMB-18 is not in the register'

readings b a b << 'END'
b | one-client | WORK=0 | holds | those that nobody closes
a | one-client | AMB_16=a WORK=0 | deadlock | all that are not closed
END
run
it 'another finding than is written fails' status_is 1
it 'and both are told' says_so "found 'breaks AF-CL-03', the file says 'deadlock'"

readings a a b << 'END'
a | one-client | AMB_16=a WORK=0 | breaks AF-CL-03 | all that are not closed
b | one-client | WORK=0 | holds | those that nobody closes
END
run
it 'a recommended reading that does not hold fails, even if that is written' status_is 1
it 'and is named' says_so 'the recommended reading a does not hold'

readings c b c << 'END'
b | one-client | WORK=0 | holds | those that nobody closes
END
run
it 'a recommended reading that is none of the readings fails' says_so "'c' is none of its readings"

readings b a b << 'END'
b | one-client | WORK=0 | holds | those that nobody closes
a | no-such-configuration | AMB_16=a | sometimes | all that are not closed
b | one-client | WORK=0 | holds | once more
END
it 'an unknown configuration is named' says "no configuration 'no-such-configuration'" read_them --list
it 'a reading that is there twice is named' says 'two readings b' read_them --list

readings b a b << 'END'
b | one-client | WORK=0 | holds | those that nobody closes
a | one-client | AMB_16=z WORK=0 | holds | there is no such letter
c | one-client | AMB_61=a WORK=0 | holds | there is no such switch
d | one-client | WROK=0 | holds | there is no such setting
END
it 'an unknown letter is named' says 'AMB-16:2: AMB_16=z: no such letter; AMB_16 has the letters a b b-unclaimed' read_them --list
it 'an unknown switch is named' says 'AMB-16:3: AMB_61=a: no such setting' read_them --list
it 'an unknown setting is named' says 'AMB-16:4: WROK=0: no such setting; the nearest is WORK' read_them --list
it 'each of them fails' exits 1 read_them --list

readings b a b c << 'END'
b | one-client | WORK=0 | holds | those that nobody closes
a-again | one-client | AMB_16=a WORK=0 | breaks AF-CL-03 | all that are not closed
END
it 'a letter that has no search is named' says 'AMB-16: no reading has the letter c' read_them --list
it 'no other is' exits 1 says 'letter a' read_them --list

it 'an unknown file is bad usage' exits 2 read_them AMB-99
done_testing
