#!/usr/bin/env bash
# usage: tests/test_settings.sh
#
# model/settings: each kind of mistake in a configuration, a set or a reading is named with its
# place, whoever is given it; the table and the model have the same settings. Speaks TAP.
set -euo pipefail
. "$(dirname "$0")/tap.sh"

folder=$scratch/configurations
cp -r model/configurations "$folder"
settings() { model/settings --configurations "$folder" "$@"; }

refused() { # TEXT NAME [SETTING...]: one line says so, nothing is printed, the status is 2
    local said status=0
    said=$(settings "${@:2}" 2>&1 > "$scratch/printed") || status=$?
    [[ $status -eq 2 ]] || { echo "status $status: $said"; return 1; }
    [[ ! -s $scratch/printed ]] || { echo "and yet it prints:"; cat "$scratch/printed"; return 1; }
    grep -qF -- "$1" <<< "$said" || { echo "no \"$1\" in: $said"; return 1; }
}
bad() { # NAME TEXT WORDS: one-client.conf with these words appended is refused
    { cat model/configurations/one-client.conf; printf '%b\n' "$3"; } > "$folder/bad.conf"
    it "$1" refused "$2" bad
}
only() { # NAME TEXT WORDS: a configuration of these alone is refused
    printf '%b' "$3" > "$folder/bad.conf"
    it "$1" refused "$2" bad
}

misspelled='AMB_12=z REFUSLAS=3 FAIL_NOTIFICATOIN=1'
bad 'a letter that the reading has not' 'bad.conf:5: AMB_12=z: no such letter; AMB_12 has the letters a b c d' "$misspelled"
bad 'a misspelled setting' 'bad.conf:5: REFUSLAS=3: no such setting; the nearest is REFUSALS' "$misspelled"
bad 'and one more in the same line' 'FAIL_NOTIFICATOIN=1: no such setting; the nearest is FAIL_NOTIFICATION' "$misspelled"
bad 'SAP for SAPS' 'SAP=1: no such setting; the nearest is SAPS' SAP=1
bad 'CLAIM for CLAIMS' 'CLAIM=: no such setting; the nearest is CLAIMS' CLAIM=
bad 'what is near to nothing' 'XYLOPHONE=1: no such setting' XYLOPHONE=1
bad 'a reading that there is not' 'AMB_61=a: no such setting; the nearest is AMB_01' AMB_61=a
bad 'a number for a letter' 'AMB_01=1: no such letter' AMB_01=1
only 'a number beyond its range' 'REFUSALS=300: beyond its range; it may be: 0..255' \
    'CLIENTS=1 MINIPORT=0 MANAGER_LEAVES=1 CLIENTS_LEAVE=1 REFUSALS=300'
bad 'a number with very many digits' 'beyond its range' CALL_ATTEMPTS=99999999999999999999999
bad 'a number that is none' 'CALLS=two: not a number; it may be: 0..1' CALLS=two
bad 'a negative number' 'CALLS=-1: not a number' CALLS=-1
bad 'a number with a zero before it' 'CALLS=01: not a number' CALLS=01
bad 'an empty number' 'CALLS=: has no value; it may be: 0..1' CALLS=
bad 'an empty letter' 'AMB_12=: has no value; it may be: letters a b c d' AMB_12=
bad 'a setting without its value' 'CALLS: has no value' CALLS
bad 'a word with a value' 'LARGE=1: LARGE stands alone' LARGE=1
bad 'a setting twice, with two values' 'bad.conf:5: REFUSALS=0: set before, ' REFUSALS=0
bad 'a setting twice, with the same' "REFUSALS=1: set before, ${folder#./}/bad.conf:4; once is enough" REFUSALS=1
bad 'a word twice' 'LARGE: set before' 'LARGE LARGE'
bad 'an empty list of claims' 'CLAIMS=: has no value' CLAIMS=
bad 'an unknown claim' 'CLAIMS=clos_ends: the model has no formula clos_ends; the nearest is close_ends' CLAIMS=clos_ends
bad 'an unknown formula that must fail' 'the model has no formula never_cloze; the nearest is never_close' 'CLAIMS=close_ends VACUITY=never_cloze'
bad 'a claim twice' 'close_ends is there twice' CLAIMS=close_ends,close_ends
bad 'a comma too many' 'an empty name between commas' CLAIMS=close_ends,
bad 'what must fail, and no claims' 'the model does not combine VACUITY=1 CLAIMS=0: what must fail' VACUITY=never_close
only 'a required setting that is missing' 'bad.conf: CLIENTS is missing: 1..3, how many clients' 'MINIPORT=0 MANAGER_LEAVES=1 CLIENTS_LEAVE=1\n'
only 'an empty file' 'CLIENTS_LEAVE is missing' ''
required='CLIENTS=1 MINIPORT=0 MANAGER_LEAVES=1 CLIENTS_LEAVE=1'
only 'a byte order mark' 'bad.conf:1: begins with a byte order mark' "\xef\xbb\xbf$required\n"
only 'line ends of DOS' 'bad.conf:1: ends with a carriage return' "$required\r\nREFUSALS=1\r\n"
only 'UTF-16' 'bad.conf:1: holds a control character: \x00' 'C\0L\0I\0'
only 'a control character' 'bad.conf:2: holds a control character: \x1b' "$required\n\x1b[1m\n"
only 'a backspace in a comment' 'holds a control character: \x08' "$required # \x08\n"
only 'what is not together' 'the model does not combine BOTH_ROLES=1 DISCIPLINE=0: what one thread' "$required BOTH_ROLES=1\n"
only 'a number that goes by another' 'the model does not combine SAPS=2 CLIENTS=1: each client' "$required SAPS=2\n"
only 'one of several that are not together' 'the model does not combine DISCIPLINE=1 CALLS=1: ' "$required DISCIPLINE=1 CALLS=1\n"
it 'each of two alone is good' says 'DISCIPLINE=1' settings one-client DISCIPLINE=1
printf '%s\tREFUSALS=1' "$required" > "$folder/good.conf"
it 'a tab, and a last line without an end' says 'REFUSALS=1' settings good

it 'a setting in place of its own' says 'REFUSALS=3' settings one-client REFUSALS=3
it 'in place of it' exits 1 grep -q 'REFUSALS=1' <(settings one-client REFUSALS=3)
it 'none in place of the claims' exits 1 grep CLAIMS <(settings progress CLAIMS=none VACUITY=none)
it 'a misspelled one in place' refused 'REFUSLAS=3: no such setting' one-client REFUSLAS=3
it 'the same twice in place' refused 'REFUSALS=2: set before' one-client REFUSALS=3 REFUSALS=2
it 'a setting for a set' refused "'small' is a set, of which nothing can be set" small REFUSALS=1
it 'a reading' says 'AMB_10=a-success' settings AMB-10-a-success
it 'a reading for SPIN' says '-DAMB_10=READING_A_SUCCESS' settings --spin AMB-10-a-success
it 'a reading and a setting' says 'REFUSALS=2' settings AMB-16-a REFUSALS=2
it 'a pair of readings' says AMB_08=a settings AMB-01-a+AMB-08-a
it 'no such reading' refused "no configuration 'AMB-01-z'" AMB-01-z
it 'no such configuration' refused "no configuration 'one-cleint'; the nearest is one-client" one-cleint
it 'a path is no name' refused "no configuration '../configurations/one-client'" ../configurations/one-client
it 'no name' refused 'needs a configuration'
it 'an unknown option' refused 'unknown option --spun' --spun one-client

set_of() { printf '%b\n' "$1" > "$folder/some.set"; }
set_of 'one-client saps\npnp'
it 'a set is its members' test "$(settings --names some | paste -sd' ')" = 'one-client saps pnp'
it 'each is named once' test "$(settings --names some saps one-client pnp-io | paste -sd' ')" = 'one-client saps pnp pnp-io'
set_of 'one-client\nsapz'
it 'an unknown member' refused 'some.set:2: sapz: no such configuration; the nearest is saps' --names some
set_of 'one-client AMB-01-z'
it 'an unknown reading as a member' refused 'some.set:1: AMB-01-z: no such configuration' --names some
set_of 'one-client saps\none-client'
it 'a member twice' refused 'some.set:2: one-client is there twice' --names some
set_of 'one-client small'
it 'a set in a set' refused 'some.set:1: small is a set itself' --names some
set_of '# nothing'
it 'an empty set' refused 'some.set: the set is empty' --names some
set_of 'one-client\r'
it 'a set with line ends of DOS' refused 'some.set:1: ends with a carriage return' --names some
bad 'a member that is wrong is named' 'bad.conf:5: REFUSLAS=3: no such setting' REFUSLAS=3
set_of 'one-client bad'
it 'by its set too' refused 'bad.conf:5: REFUSLAS=3' --names some

# All who read a configuration go by the table; in a tree of its own, whose build is this one.
tree=$scratch/tree
mkdir "$tree"
cp -r Makefile .ci src model tests "$tree"
ln -s "$PWD/build" "$tree/build"
{ cat model/configurations/one-client.conf; echo "$misspelled"; } > "$tree/model/configurations/bad.conf"
sed -i 's/^d | one-client | FAIL_NOTIFICATION=1/d | one-client | FAIL_NOTIFICATOIN=1/' "$tree/model/readings/AMB-12"
everybody() { # TEXT COMMAND...: ends with 2, says so, and nothing is searched
    local said status=0
    said=$(cd "$tree" && "${@:2}" 2>&1) || status=$?
    [[ $status -eq 2 && $said == *"$1"* && $said != *' states '* ]] || { echo "status $status: $said"; return 1; }
}
for command in 'model/check' 'model/lockstep' 'model/swarm' 'model/unreached' 'tests/bench --only configurations' 'tests/bench --only growth' 'tests/summary'; do
    # shellcheck disable=SC2086 # the words of the command
    it "$command" everybody 'bad.conf:5: REFUSLAS=3: no such setting; the nearest is REFUSALS' $command bad
done
for verb in model lockstep bench; do
    it "make $verb CONFIG=" everybody 'bad.conf:5: REFUSLAS=3: no such setting' make "$verb" CONFIG=bad
done
it 'model/read' says 'AMB-12:1: FAIL_NOTIFICATOIN=1: no such setting; the nearest is FAIL_NOTIFICATION' \
    bash -c "cd '$tree' && model/read --out '$scratch/read' --list AMB-12"
it 'tests/bench with a setting' everybody 'REFUSLAS=1: no such setting' tests/bench --only configurations 'saps REFUSLAS=1'
it 'tests/bench with an example' everybody 'QSZ=256: beyond its range; it may be: 1..255' tests/bench --only examples 'pftp QSZ=256'

# ---- the table and the model ----
register=src/protocol/readings.def
rows() { # SOURCE: each setting with its values
    model/settings --source "$1" --register "$register" --list | awk '/^  [A-Z]/ { gsub(",", " ", $2); print $1, $2 }'
}
all_are_used() { # of the settings of the model each is in some file, and of the letters of a reading all but one
    local failed=0 name values letter told text letters
    text=$(cat "$1"/*.pml; awk -F ' [|] ' 'NF == 2' "$1/settings.table") # with what follows from settings
    while read -r name values; do
        case $values in formulas | word) continue ;; esac
        case $name in MEMORY | BITSTATE) continue ;; esac
        letters=${values^^} letters=${letters//-/_}
        grep -qE "\b$name\b|\b(IF|UNLESS)_$name(_(${letters// /|}))?\b" <<< "$text" || { echo "no file of the model has $name"; failed=1; }
        [[ $values != *..* ]] || continue
        # What c adds to b here, the model permits by b too.
        case $name in AMB_19 | AMB_23) told=1 ;; *) told=0 ;; esac
        for letter in $values; do
            letter=${letter^^}
            ! grep -qE "\b$name (==|!=) READING_${letter//-/_}\b|\b(IF|UNLESS)_${name}_${letter//-/_}\b" <<< "$text" || told=$((told + 1))
        done
        [[ $((told + 1)) -ge $(wc -w <<< "$values") ]] || { echo "$name: $told of its letters are told apart: $values"; failed=1; }
    done < <(rows "$1")
    return "$failed"
}
all_have_a_row() { # a reading in the model has a row, with that letter
    local failed=0 name letter table
    table=$(rows "$1")
    while read -r name letter; do
        grep -qE "^$name (.* )?$letter( |$)" <<< "$table" || { echo "no row for $name with the letter $letter"; failed=1; }
    done < <(grep -ohE 'AMB_[0-9A-Z_]+ *[=!]= *READING_[A-Z_]+' "$1"/*.pml |
        sed -E 's/^(\w+) *[=!]= *READING_(\w+)$/\1 \L\2/; :a; s/^(\S+ .*)_/\1-/; ta' | sort -u)
    while read -r name; do
        grep -q "^$name " <<< "$table" || { echo "no row for $name"; failed=1; }
    done < <(sed 's,/\*.*\*/,,' "$1"/*.pml | grep -ohE '\bAMB_[0-9A-Z_]+' | sort -u)
    return "$failed"
}
prepared() { # SOURCE NAME: no #if with a name that nothing defines
    local arguments
    mapfile -t arguments < <(model/settings --spin "$2")
    model/prepare --source "$1" "$scratch/prepared" "${arguments[@]}"
}
all_prepared() { # NAME...: the same, in a folder that is there
    local name arguments
    for name in "$@"; do
        mapfile -t arguments < <(model/settings --spin "$name")
        cpp -Wundef -Werror "${arguments[@]}" "$scratch/prepared/closeaf.pml" > /dev/null || { echo "$name"; return 1; }
    done
}
model/read --out "$scratch/read" --list > "$scratch/searches"
mapfile -t names < <(cd model/configurations && printf '%s\n' *.conf | sed 's/\.conf$//' | sort -u - "$scratch/searches")
it 'a configuration has no name that nothing defines' prepared model one-client
it "nor has any other of ${#names[@]} configurations and readings" all_prepared "${names[@]}"
mapfile -t sets < <(cd model/configurations && printf '%s\n' *.set | sed 's/\.set$//')
it 'every configuration and every set is good' model/settings --names "${names[@]}" "${sets[@]}"
it 'every setting and every letter is used' all_are_used model
it 'every reading that is used has a row' all_have_a_row model

spoiled() { rm -rf "$scratch/source"; cp -r model "$scratch/source"; }
spoiled; sed -i '/^DISCIPLINE |/d' "$scratch/source/settings.table"
it 'a setting without a row is noticed' says '"DISCIPLINE" is not defined' prepared "$scratch/source" one-client
spoiled; sed -i 's/IF_AMB_10_B/IF_AMB_61_B/' "$scratch/source/words.pml"
it 'text of a reading that has no row' says '"IF_AMB_61_B" is not defined' prepared "$scratch/source" one-client
it 'model/check says so' says '"IF_AMB_61_B" is not defined' model/check --source "$scratch/source" --out "$scratch/out" manager-leaves
spoiled; sed -i 's/AMB_10 == READING_A /AMB_61 == READING_A /' "$scratch/source/ndis.pml"
it 'a reading in a guard that has no row' says 'no row for AMB_61' all_have_a_row "$scratch/source"
spoiled; sed -i 's/^NOTIFIES_AGAIN | AMB_12/NOTIFIES_AGAIN | AMB_62/' "$scratch/source/settings.table"
it 'a reading that has no row in what follows' says '"AMB_62" is not defined' prepared "$scratch/source" one-client
spoiled; sed -i 's/AMB_10 == READING_B/AMB_10 == READING_E/' "$scratch/source/ndis.pml"
it 'a letter without a place in its row' says 'no row for AMB_10 with the letter e' all_have_a_row "$scratch/source"
spoiled; echo 'SAUCE | 0..1 | 0 | - | nobody knows' >> "$scratch/source/settings.table"
it 'a row that nothing uses' says 'has SAUCE' all_are_used "$scratch/source"
respelled() { # SED: another register of ambiguities
    cp src/protocol/requirements.def "$scratch"
    register=$scratch/readings.def
    sed "$1" src/protocol/readings.def > "$register"
}
spoiled; respelled '/^READING(amb_42/s/$/ MODEL_LETTER("c", "more", "then") MODEL_LETTER("d", "more", "then")/'
it 'a letter that nothing tells apart' says 'AMB_42: 1 of its letters' all_are_used "$scratch/source"

# ---- what a setting is there to reach ----
trace() { printf 't0 %s:0.1 %s PASSIVE\n' "$@" > "$scratch/trace"; }
not_reached() { # TEXT NAME: after the trace, one line says so, and the status is 1
    local said status=0
    said=$(model/settings --reached "$scratch/trace" "$2" 2>&1) || status=$?
    [[ $status -eq 1 && $said == *"$1"* ]] || { echo "status $status: $said"; return 1; }
}
refusal='leave ProtocolCmCloseAf af' work=('call NdisClRegisterSap sap' - 'call NdisClMakeCall vc' -)
trace "$refusal" NOT_ACCEPTED "${work[@]}"
it 'all is reached' model/settings --reached "$scratch/trace" manager-leaves
trace "$refusal" SUCCESS "${work[@]}"
it 'another status does not reach it' not_reached \
    "manager-leaves: REFUSALS=1 reaches nothing: there is no 'leave ProtocolCmCloseAf af NOT_ACCEPTED'" manager-leaves
trace "$refusal" NOT_ACCEPTED
it 'a setting that reaches nothing' not_reached 'WORK=1 reaches nothing' manager-leaves
it 'an event without its setting' not_reached "'leave ProtocolCmCloseAf af NOT_ACCEPTED' happens without REFUSALS" large-both-close
it 'nor is one reached in vain by a reading' model/settings --reached "$scratch/trace" AMB-03-c
: > "$scratch/trace"
it 'no event at all' not_reached 'REFUSALS=1 reaches nothing' manager-leaves
it 'no trace' exits 2 model/settings --reached "$scratch/no-such" manager-leaves

searched() { # TEXT ARGUMENT...: the search is complete, and fails since something is not reached
    local said status=0
    said=$(model/check --out "$scratch/out" "${@:2}" 2>&1) || status=$?
    [[ $status -eq 1 && $said == *unreached*"$1"* ]] || { echo "status $status: $said"; return 1; }
}
it 'what is there is reached' model/check --out "$scratch/out" manager-leaves progress-af-close-oid
it 'by an optimising compiler too' env COMPILER='gcc -Og' model/check --out "$scratch/out" manager-leaves
spoiled; sed -i 's/refusals\[i\] < REFUSALS/false/' "$scratch/source/call_manager.pml"
it 'a model that does not heed a setting' searched 'manager-leaves: REFUSALS=1 reaches nothing' --source "$scratch/source" manager-leaves
model/settings manager-leaves REFUSALS=0 > "$folder/willing.conf"
spoiled; sed -i 's/refusals\[i\] < REFUSALS/refusals[i] < 1/' "$scratch/source/call_manager.pml"
it 'a model that does what nobody has set' searched "happens without REFUSALS, of which" \
    --source "$scratch/source" --configurations "$folder" willing
spoiled; sed -i 's/leave ProtocolCmCloseAf af NOT_ACCEPTED/leave ProtocolCmCloseAf af RESOURCES/' "$scratch/source/settings.table"
it 'a table that says what is not so' searched "there is no 'leave ProtocolCmCloseAf af RESOURCES'" --source "$scratch/source" manager-leaves
spoiled; sed -i 's,enter ProtocolCoOidRequest/OID_CO_AF_CLOSE af,& SUCCESS,' "$scratch/source/settings.table"
it 'progress too' searched 'AF_CLOSE_OID=1 reaches nothing' --source "$scratch/source" progress-af-close-oid
each_is_on() { # what a row says is tried by a configuration of the standard set
    local name failed=0
    model/settings --names standard | while read -r name; do model/settings "$name"; done | sed 's/=.*//' | sort -u > "$scratch/on"
    while read -r name; do
        grep -qx "$name" "$scratch/on" || { echo "no configuration of standard.set sets $name"; failed=1; }
    done < <(sed -n 's/^\([A-Z_]*\) | [0-9]*\.\.[0-9]* | [^|]* | [a-z].*/\1/p' model/settings.table)
    return "$failed"
}
it 'what a setting reaches is tried' each_is_on

table() { # TEXT ROW: a table with this row is refused
    spoiled; echo "$2" >> "$scratch/source/settings.table"
    it "the row: $2" says "$1" model/settings --source "$scratch/source" --list
}
table 'CLIENTS has two rows' 'CLIENTS | 1..3 | 1 | - | once more'
table 'a row has five columns' 'SAUCE | 0..1 | 0 | -'
table "'sauce' cannot be the name of a setting" 'sauce | 0..1 | 0 | - | some'
table 'the default of SAUCE, 2, is none of its values' 'SAUCE | 0..1 | 2 | - | some'
table 'readings have their rows in the register of ambiguities' 'AMB_99 | a b | a | - | a: one; b: two'
table "'enter Something' is no event that SAUCE could reach" 'SAUCE | 0..1 | 0 | enter Something | some'

# The register of ambiguities: what is wrong with a row is said as a compiler would, by make build
# before it compiles anything.
line_of() { grep -n -m1 -- "$1" src/protocol/readings.def | cut -d: -f1; }
row() { # TEXT ROW SED: the row that begins so (or N lines behind: ROW+N), after this sed, is refused with the text
    local line behind=0
    [[ $2 != *+[0-9] ]] || behind=${2##*+}
    line=$(($(line_of "^${2%+[0-9]}") + behind))
    respelled "$line$3"
    it "the row $2: $1" says "readings.def:$line: $1" model/settings --register "$register" --ambiguities
    it 'it fails' exits 2 model/settings --register "$register" --ambiguities
}
row 'AMB_06 has the letter b twice; the other: ' 'READING(amb_06+2' 's/"b"/"a"/;s/LETTER("a"/LETTER("b", "x", "y") &/;s/"a"/"b"/'
row 'AMB_06 has no letter d, which is recommended' 'READING(amb_06' "s/'b'/'d'/"
row 'AMB_06 recommends the letter b, which the core does not have' 'READING(amb_06+2' 's/LETTER/MODEL_LETTER/'
row 'AMB_06: LETTER has 3 columns, each with something in it; here are 2' 'READING(amb_06+1' 's/"NDIS rejects the close", //'
row 'AMB_06: LETTER has 3 columns, each with something in it; here are 2' 'READING(amb_06+1' 's/"NDIS rejects the close"/""/'
row "AMB_06: 'A' cannot be a letter" 'READING(amb_06+1' 's/"a"/"A"/'
row 'AMB_06: no letter is written as LETER; the nearest is LETTER' 'READING(amb_06+1' 's/LETTER/LETER/'
row 'AMB_14_CONTEXT needs ASKS: what is its question?' 'READING(amb_14_context' "{N;s/ASKS([^)]*)//}"
row 'AMB_06 answers the question of its ambiguity; it has no ASKS' 'READING(amb_06' 's/$/ ASKS("What?")/'
row 'AMB_06 needs two letters at the least' 'READING(amb_06' '{N;N;N;s/LETTER.*/LETTER("b", "x", "y"))/}'
row 'AMB_06 has two rows; the other: ' 'READING(amb_07' 's/amb_07/amb_06/'
row 'AMB_61: there is no AMB-61 in this register' 'READING(amb_06' 's/amb_06/amb_61/'
row "'amb-06' cannot be the name of a reading, as amb_06 is" 'READING(amb_06' 's/amb_06/"amb-06"/'
row 'AMB-06 touches AF-CL-99: no such requirement; the nearest is AF-CL-09' 'AMBIGUITY("AMB-06"' '{N;N;N;s/AF-CL-12/AF-CL-99/}'
row 'AMB-06 touches AF-CL-12 twice' 'AMBIGUITY("AMB-06"' '{N;N;N;s/AF-CL-11/AF-CL-12/}'
row 'AMB-06 has two rows; the other: ' 'AMBIGUITY("AMB-07"' 's/AMB-07/AMB-06/'
row 'AMB-06 has no reading that answers it' 'AMBIGUITY("AMB-06"' '{n;n;n;n;s/READING(amb_06/READING(amb_07_more/}'
row 'AMBIGUITY has 5 columns, each with something in it; here are 4' 'AMBIGUITY("AMB-06"' '{N;s/\n.*//}'
row 'no row is called AMBIGUTIY; the nearest is AMBIGUITY' 'AMBIGUITY("AMB-06"' 's/AMBIGUITY/AMBIGUTIY/'
row 'a row, NAME(COLUMN, ...), is expected, not what' 'AMBIGUITY("AMB-06"' 's/^/what is this /'
row 'the ) of this row is missing' 'READING(amb_42' '{N;N;s/)$//}'
made() { # the build, in a tree of its own, says so before it compiles
    local said status=0
    mkdir "$scratch/build-tree"
    cp -r Makefile .ci src model "$scratch/build-tree"
    sed -i '/^READING(amb_06/s/'"'b'"'/'"'d'"'/' "$scratch/build-tree/src/protocol/readings.def"
    said=$(make -C "$scratch/build-tree" --no-print-directory build/src/trace/trace.o 2>&1) || status=$?
    [[ $status -eq 2 && $said == *"src/protocol/readings.def:$(line_of '^READING(amb_06'): AMB_06 has no letter d"* ]] || { echo "$said"; return 1; }
}
it 'make build says so too' made

# Where the folder is, the caller says; the tree itself gets nothing.
prepared_here() { mkdir "$scratch/here" && (cd "$scratch/here" && "$OLDPWD/model/prepare" .) && [[ -s $scratch/here/settings.pml ]]; }
it 'a folder is where the caller stands' prepared_here
it 'and nothing is put into the tree' test ! -e closeaf.pml

# Without its events a violation of any kind would look like a deadlock.
mkdir "$scratch/lost"
printf '#!/bin/sh\nexit 1\n' > "$scratch/lost/pan"
chmod +x "$scratch/lost/pan"
it 'a counterexample that cannot be replayed is said to be one' says 'cannot be replayed; see' model/check --explain "$scratch/lost"
not_called_deadlock() { ! says deadlock model/check --explain "$scratch/lost" > /dev/null; }
it 'and not called a deadlock' not_called_deadlock

done_testing
