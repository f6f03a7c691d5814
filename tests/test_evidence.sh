#!/usr/bin/env bash
# usage: tests/test_evidence.sh
#
# Records, bundle and second judge, on a project of one of each: a requirement, a search, a function, a
# defect, a trace. The results are written by hand here; that those of the real checks are understood,
# make evidence itself sees. Speaks TAP.
# shellcheck disable=SC2016,SC2119,SC2120 # texts for sed and sh; it calls bundled with arguments
set -euo pipefail
. "$(dirname "$0")/tap.sh"
export TOOLS=' model=here'

# ---- a small project, and what its checks have left ----
tree=$scratch/tree
mkdir -p "$tree"/{model/configurations,src/core,src/protocol,src/closeaf,proofs,tests/{mutants,rules,sequences}}
cp -r .ci "$tree"
cp -r proofs/evidence proofs/goals.pl "$tree/proofs"
cp model/assertions model/assertions.awk "$tree/model"
(
    cd "$tree"
    touch README.md LICENSE Makefile model/{matrix.reasons,closeaf.pml}
    echo '#define RELEASE "0.1"' > src/closeaf/closeaf.c
    printf 'REQUIREMENT(DR_01, "AF-CL-01", "core", "client",\n    "A door MUST be closed.",\n    "door.md")\n' > src/protocol/requirements.def
    printf 'REQUIREMENT(DR_02, "AF-CL-02", "related", "client",\n    "A closed door, or \\"shut\\" one, MUST NOT be closed.",\n    "door.md ¶2")\n' >> src/protocol/requirements.def
    echo '# ID: why' > proofs/evidence/exceptions
    printf 'search\tdoor\t7\t9\tsafety\t-\nsearch\tprogress-door\t12\t20\tends\tnever_end\nset\tstandard\tdoor progress-door\n' > model/counts
    printf 'ends | AF-CL-01\nnever_end | AF-CL-01\n' > model/formulas
    echo 'DOORS=1' | tee model/configurations/door.conf > model/configurations/progress-door.conf
    printf 'inline close()\n{\n    need(open, RQ_AF_CL_02);\n    need(!locked, RQ_AF_CL_02);\n}\n' > model/door.pml
    printf 'door.pml:close:%d | defect door-closes-twice\n' 1 2 > model/asserted
    printf '/* door.c */\nint door_close(int *door)\n{\n    return *door;\n}\n' > src/core/door.c
    echo 4 > proofs/floor
    for name in twice locked; do
        printf 'part: model\nfinds: AF-CL-02\nalso: AF-CL-01\nby: door\nwhy: The door is closed, %s.\n\n' $name > tests/mutants/door-closes-$name.patch
    done
    echo 'closeaf-trace 2' > tests/sequences/SEQ-01.trace
    printf 'closeaf-trace 2\n# expect: AF-CL-02 at 4\n' > tests/rules/AF-CL-02.trace

    mkdir -p build/{model/{door,progress-door/safety},unreached/door,proofs,mutants/door-closes-{twice,locked},lockstep/{door,progress-door},readings,verify}
    searched() { printf 'pan: elapsed time 1 seconds\nState-vector 9 byte, errors: %d\n   %d states, stored\n' "$2" "$1"; }
    printf 'door\t7\t9\t1\tpass\n' > build/model/door/row.tsv
    searched 7 0 > build/model/door/safety.log
    printf 'progress-door\t12\t20\t3\tpass\n' > build/model/progress-door/row.tsv
    searched 5 0 > build/model/progress-door/ends.log
    searched 2 1 > build/model/progress-door/never_end.log
    searched 7 0 > build/model/progress-door/safety/safety.log
    printf 'reached\tdoor.pml:9\t= door.pml:close:%d\n' 1 2 > build/unreached/door/rows
    echo door_close > build/proofs/functions
    echo z3 > build/proofs/00.prover
    for goal in ensures_AF_CL_01 ensures_AF_CL_02 assigns terminates; do
        echo "[wp] [Qed] Goal typed_ref_door_close_$goal : Valid"
    done > build/proofs/00.log
    echo '[wp] [Passed] Smoke-test typed_ref_door_close_requires' >> build/proofs/00.log
    echo cvc4 > build/proofs/01.prover
    echo '[wp] [CVC4] Goal typed_ref_door_close_ensures_AF_CL_02 : Valid' > build/proofs/01.log
    for name in twice locked; do
        printf 'door-closes-%s\tmodel\tAF-CL-02\tfound\n' $name > build/mutants/door-closes-$name/row.tsv
        echo 'breaks AF-CL-02, AF-CL-01' > build/mutants/door-closes-$name/log.txt
    done
    for name in door progress-door; do
        printf '%s\t7\t9\t0\t0\tagree\n' $name > build/lockstep/$name/row.tsv
        echo > build/lockstep/$name/log
    done
    printf 'door.c\tdoor_close\t%d\tremoved\treturn *door;\t\t1\tkilled\tdoor_close_ensures_AF_CL_01\n' 1 2 > build/mutants/code.tsv
    printf 'door.c\tdoor_close_ensures_AF_CL_0%d\tdoor_close\t%d\n' 1 1 2 2 > build/mutants/clauses.tsv
    printf 'AMB-01\ta\tyes\tholds\tholds\t7\tit holds\t-\n' > build/readings/table.tsv
    printf 'whole=yes\nOPERATIONS=10000000\n' > build/verify/settings
    echo 'model here: spin 6.5.2' > build/verify/tools
    echo '  compared by core and model: 7 traces' > build/verify/crosscheck.log
    echo '  discipline: 3 goals proved' > build/verify/runtime.log
    echo '  0 refused' > build/verify/stress.log
    cat > build/closeaf << 'END'
#!/bin/sh
for file; do :; done
case $2,$file in
    --expect,*rules*) grep -q '^# expect: AF-CL-02 at 4' "$file" ;;
    *rules*) echo "$file:4: AF-CL-02: the door is closed a second time"; exit 1 ;;
    *) echo "$file: conforms" ;;
esac
END
    chmod +x build/closeaf
)
listed() { env -C "$tree" bash -c '. .ci/script.sh; inputs' > "$tree/build/verify/inputs"; }
parts=(model proofs mutants lockstep readings crosscheck runtime stress traces)
recorded() { # OPTION...
    local part
    rm -rf "$tree/build/verify/records"
    listed
    for part in "${parts[@]}"; do "$tree/proofs/evidence/records" "$@" "$part" || return; done
}
bundled() { recorded "$@" && "$tree/proofs/evidence/bundle"; }
judge() { proofs/evidence/judge "$tree/build/evidence/bundle" "$tree"; }
archive() { echo "$tree"/build/evidence/closeaf-evidence-*.tar.gz; }

it 'each part is written down' recorded
it 'and bundled' says 'records of 2 requirements, whole' bundled
it 'the second judge accepts it' says 'accepted: whole: ' judge
it 'the archive too' exits 0 proofs/evidence/judge "$(archive)" "$tree"
it 'a record is on one line, with all that it needs' jq -e -s 'map(select(.id == "search/door")) | .[0] |
    .bound == "DOORS=1" and .figures == {states: 7, transitions: 9, searches: 1} and .whole and (.sha256 | length == 64)' "$tree/build/evidence/bundle/records.jsonl"
it 'a log has no time in it' exits 1 grep -r 'elapsed' "$tree/build/evidence/bundle/logs"
it 'the table quotes what has a comma' says '"A closed door, or ""shut"" one, MUST NOT be closed."' cat "$tree/build/evidence/bundle/requirements.csv"

# ---- the same bytes ----
same_again() {
    cp "$(archive)" "$scratch/first.tar.gz"
    mv "$tree" "$scratch/elsewhere" && mkdir "$tree" && cp -r "$scratch/elsewhere/." "$tree" && rm -rf "$scratch/elsewhere"
    parts=(traces stress runtime crosscheck readings lockstep mutants proofs model)
    find "$tree" -exec touch -d '2001-01-01' {} +
    (umask 077 && bundled) || return
    cmp "$(archive)" "$scratch/first.tar.gz"
}
it 'in another folder, in another order, at another time: the same bytes' same_again

# ---- samples ----
it 'a sample says so' says 'a SAMPLE' bundled --sample
it 'and the judge says of what' says 'accepted: a sample of ' judge
no_assertions() { mv "$tree/build/unreached" "$scratch/unreached"; bundled; local status=$?; mv "$scratch/unreached" "$tree/build/unreached"; return $status; }
it 'without the assertions it is one' says 'a SAMPLE (assertion)' no_assertions

# ---- holes ----
without() { # FILE SED COMMAND...: with another text of a file
    local file=$tree/$1 status=0
    cp "$file" "$file.kept"
    sed -i "$2" "$file"
    shift 2
    "$@" || status=$?
    mv "$file.kept" "$file"
    return $status
}
it 'a requirement of which nothing speaks' says 'AF-CL-03 has no record' \
    without src/protocol/requirements.def '$a REQUIREMENT(DR_03, "AF-CL-03", "core", "client",\n    "It MUST be.",\n    "door.md")' bundled
it 'is no bundle' exits 1 without src/protocol/requirements.def '$a REQUIREMENT(DR_03, "AF-CL-03", "core", "client",\n    "It MUST be.",\n    "door.md")' bundled
both() { without proofs/evidence/exceptions '$a AF-CL-04 \\\nAF-CL-03: it is assumed' without src/protocol/requirements.def '$a REQUIREMENT(DR_03, "AF-CL-03", "core", "client",\n    "It MUST be.",\n    "door.md")\nREQUIREMENT(DR_04, "AF-CL-04", "core", "client",\n    "It MUST be.",\n    "door.md")' bundled; }
it 'unless there is a reason' both
it 'a reason that is not needed' says 'AF-CL-01 has a record, and' without proofs/evidence/exceptions '$a AF-CL-01: it is assumed' bundled
it 'a reason for nothing' says 'there is a reason for AF-CL-09' without proofs/evidence/exceptions '$a AF-CL-09: there is no such door' bundled
# An id that goes from any one of model, contract, rule or defect.
it 'an id that goes from the model' says 'AF-CL-02 has no record of the model' without model/door.pml 's/RQ_AF_CL_02/RQ_NONE/' bundled
it 'an id that goes from the formulas' says 'AF-CL-01 has no record of the model' without model/formulas 's/AF-CL-01/-/' bundled
it 'a check that leaves nothing' says 'has left nothing to be written down' without build/readings/table.tsv d bundled
it 'a check that failed' exits 1 without build/mutants/door-closes-twice/row.tsv 's/found/NOT FOUND/' bundled
it 'a trace that is judged otherwise' exits 1 without tests/rules/AF-CL-02.trace 's/at 4/at 5/' bundled
no_list() { recorded && rm "$tree/build/verify/inputs" && env -C "$tree" bash -c '. .ci/script.sh; changed_since build/verify/inputs'; }
it 'a list that is not there is no "nothing"' says 'build/verify/inputs' no_list
earlier() { # what an earlier run has left is not written down as this one's
    cp -r "$tree/build" "$scratch/build" && "$tree/proofs/evidence/records" --forget && listed && "$tree/proofs/evidence/records" model
    local status=$?
    rm -rf "$tree/build" && mv "$scratch/build" "$tree/build"
    return $status
}
it 'what an earlier run has left is not taken for new' says 'has left nothing to be written down' earlier
changed() { recorded && echo >> "$tree/README.md" && "$tree/proofs/evidence/bundle"; }
it 'a tree that has changed since' says 'README.md has changed since make verify' changed
it 'no run at all' exits 2 env -C "$scratch" bash -c "rm -rf '$tree/build/verify/inputs'; '$tree/proofs/evidence/bundle'"

# ---- the drill ----
it 'the whole again' bundled
it 'every forgery is rejected, by its name' tests/tamper "$tree/build/evidence/bundle" "$tree"
it 'a bundle that is none' exits 2 proofs/evidence/judge "$tree/src" "$tree"
it 'no checkout' exits 2 proofs/evidence/judge "$tree/build/evidence/bundle" "$scratch/none"
it 'the judge is short' test "$(wc -l < proofs/evidence/judge)" -lt 400
blind() { # a judge that believes everything is found out by the drill
    mkdir -p "$scratch/blind/proofs/evidence" "$scratch/blind/tests"
    cp -r .ci "$scratch/blind"
    cp tests/tamper "$scratch/blind/tests"
    printf '#!/bin/sh\necho accepted: whole\n' > "$scratch/blind/proofs/evidence/judge"
    chmod +x "$scratch/blind/proofs/evidence/judge"
    "$scratch/blind/tests/tamper" "$tree/build/evidence/bundle" "$tree"
}
it 'a judge that believes everything is found out' exits 1 blind
done_testing
