#!/usr/bin/env bash
# usage: tests/test_words.sh
#
# The model reads as the protocol: at most a twentieth of the lines of a file are conditions of the
# preprocessor, none of them is about a reading, and text of a reading stands in words.pml only.
# Speaks TAP.
set -euo pipefail
cd "$(dirname "$0")/.."
. tests/tap.sh

few_conditions() { # FOLDER: at most one line in twenty
    awk '/^[ \t]*#[ \t]*(if|ifdef|ifndef|else|elif|endif)([^a-z]|$)/ { n[FILENAME]++ } { lines[FILENAME]++ }
        END { for (file in n) if (20 * n[file] > lines[file]) {
                  printf "%s: %d of %d lines are conditions\n", file, n[file], lines[file]; bad = 1 }
              exit bad }' "$1"/*.pml
}
no_condition_on_a_reading() {
    ! grep -nE '^[[:space:]]*#[[:space:]]*(if|elif|ifdef|ifndef)\b.*\b(AMB|READING)_' "$1"/*.pml
}
text_of_readings_in_one_file() {
    ! grep -nE '\b(IF|UNLESS)_AMB_' "$1"/*.pml | grep -v '/words\.pml:'
}

it 'few lines are conditions' few_conditions model
it 'none is about a reading' no_condition_on_a_reading model
it 'text of a reading stands in words.pml' text_of_readings_in_one_file model

seeded() { # FILE TEXT: a copy of the model, with the text in place of each empty line of the file
    rm -rf "$scratch/model"
    cp -r model "$scratch"
    awk -v text="$2" 'NF { print; next } { print text }' "model/$1" > "$scratch/model/$1"
}
seeded client.pml $'#if SAPS > 0\n#endif'
it 'more conditions are noticed' says 'client.pml: ' exits 1 few_conditions "$scratch/model"
seeded threads.pml $'# if PNP > 0 && AMB_14 == READING_A\n#endif'
it 'a condition on a reading is noticed' says 'AMB_14 == READING_A' exits 1 no_condition_on_a_reading "$scratch/model"
seeded call_manager.pml 'UNLESS_AMB_03_C(skip;)'
it 'text of a reading elsewhere is noticed' says 'UNLESS_AMB_03_C' exits 1 text_of_readings_in_one_file "$scratch/model"
done_testing
