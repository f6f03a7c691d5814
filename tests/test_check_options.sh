#!/usr/bin/env bash
# usage: tests/test_check_options.sh
#
# closeaf check: levels, which readings make a finding, what is selected, what is suppressed,
# what it says it saw. Speaks TAP.
set -euo pipefail
. "$(dirname "$0")/tap.sh"

closeaf=build/closeaf
contested=tests/field/86-answered-before-the-close.trace # NTF-23, but by AMB-01 c
advice=$(grep -lE '^# expect: .* advice' tests/field/*.trace | while read -r f; do
    grep -E '^# expect: ' "$f" | grep -qv advice || { echo "$f"; break; }
done)
breach=tests/rules/AF-CL-03.trace
conforming=tests/sequences/SEQ-01.trace

# ---- Levels ----
it 'a breach is status 1' exits 1 $closeaf check "$breach"
it 'so is what only some readings forbid' exits 1 $closeaf check "$contested"
it 'advice is status 0' exits 0 $closeaf check "$advice"
it '--fail-on=advice makes it 1' exits 1 $closeaf check --fail-on=advice "$advice"
it '--fail-on=breach passes what is contested' exits 0 $closeaf check --fail-on=breach "$contested"
it 'and no breach' exits 1 $closeaf check --fail-on=breach "$breach"
it '--fail-on takes no other word' exits 2 $closeaf check --fail-on=error "$breach"
it '--fail-on=observation: what the trace does not say counts too' exits 1 $closeaf check --fail-on=observation tests/field/107-left-on-another-thread.trace
# What check writes; another status than 0 and 1 is a failure of its own.
written() { $closeaf check "$@" > "$scratch/written" || [[ $? -eq 1 ]] || { echo "check ends with an error"; return 1; }; }
level_in_sarif() { written --format=sarif "$1" && jq -e --arg level "$2" '.runs[0].results[0].level == $level' "$scratch/written"; }
it 'in SARIF a breach is an error' level_in_sarif "$breach" error
it 'what is contested a warning' level_in_sarif "$contested" warning
it 'advice a note' level_in_sarif "$advice" note

# ---- Readings ----
it 'the letters are named by which there is no finding' says 'no finding by amb_01=c' $closeaf check "$contested"
it 'by that letter there is none' exits 0 $closeaf check --reading=amb_01=c "$contested"
letters_in_json() {
    written --format=json "$contested" &&
        jq -e '.files[0].findings[0].conforms_by == ["amb_01=c"] and .files[0].verdict == "contested"' "$scratch/written"
}
it 'JSON has the letters' letters_in_json
it 'a breach by every reading is not contested' bash -c "! $closeaf check $breach | grep -q contested"
from_a_pipe() { diff <($closeaf check "$contested" | sed "s,^$contested,standard input,") <(sed -n p "$contested" | $closeaf check -); }
it 'from a pipe too' from_a_pipe
it '--reading=any finds them' says ':end: conforms by amb_01=c' $closeaf check --reading=any "$contested"
it 'and says so if there are none' says 'conforms by none of the' $closeaf check --reading=any "$breach"
both() {
    local found
    written --format=json --reading=any "$contested" tests/field/81-*.trace || return 1
    found=$(jq -c '[.files[].conforms_by]' "$scratch/written")
    [[ $found == '[["amb_01=c"],["amb_30=b"]]' ]] || { echo "$found"; return 1; }
}
it 'for each file by itself' both

# ---- What is selected ----
it '--only=client' says 'NTF-23' $closeaf check --only=client "$contested"
it '--only=NDIS leaves it out' exits 0 $closeaf check --only=NDIS "$contested"
it 'and says how many' says '1 finding not selected' $closeaf check --only=NDIS "$contested"
it '--only by rule' exits 1 $closeaf check --only=NTF-23 "$contested"
it '--only by another rule' exits 0 $closeaf check --only=AF-CL-03,AF-CL-04 "$contested"
it '--only by object' exits 1 $closeaf check --only=af:0.1 "$contested"
it '--only by another object' exits 0 $closeaf check --only=af:1 "$contested"
it 'of two sorts both' exits 0 $closeaf check --only=NTF-23,vc "$contested"
it 'a word that is none' says 'the nearest is client' $closeaf check --only=cilent "$contested"
it 'is an error' exits 2 $closeaf check --only=cilent "$contested"
it 'a rule that is none' says 'the nearest is NTF-2' $closeaf check --only=NFT-23 "$contested"

# ---- What is suppressed ----
cp "$contested" "$scratch/driver.trace"
suppress() { printf '%s\n' "$@" > "$scratch/driver.trace.suppress"; }
suppress '# our client' '' 'NTF-23 of af:0.1: is mended in the next release'
it 'what is suppressed does not count' exits 0 $closeaf check "$scratch/driver.trace"
it 'but is counted' says '1 finding suppressed' $closeaf check "$scratch/driver.trace"
it 'SARIF has the reason' bash -c "$closeaf check --format=sarif $scratch/driver.trace |
    jq -e '.runs[0].results[0].suppressions[0].justification == \"is mended in the next release\"'"
suppress $'\xEF\xBB\xBF# of an editor on Windows\r' $'NTF-23 of af:0.1: is mended in the next release\r'
it 'a byte order mark and line ends of Windows' says '1 finding suppressed' $closeaf check "$scratch/driver.trace"
suppress 'NTF-23 at 3: elsewhere'
it 'not at another line' exits 1 $closeaf check "$scratch/driver.trace"
it 'a suppression of nothing is told' says 'driver.trace.suppress:1: suppresses nothing' $closeaf check "$scratch/driver.trace"
suppress 'NTF-23'
it 'without a reason' says 'driver.trace.suppress:1: no reason' $closeaf check "$scratch/driver.trace"
it 'it is an error' exits 2 $closeaf check "$scratch/driver.trace"
suppress 'NTF-32x: reason'
it 'a rule that is none is named' says 'no rule is called NTF-32x; the nearest is NTF-32' $closeaf check "$scratch/driver.trace"
suppress 'NTF-23 on af:0.1: reason'
it 'a word that is none is named' says 'cannot use af:0.1' $closeaf check "$scratch/driver.trace"
suppress 'NTF-23 at: reason'
it 'a word without its value' says 'nothing behind at' $closeaf check "$scratch/driver.trace"

# ---- What was seen ----
it 'success says what it saw' says 'conforms in 65 events (1 AF, 2 bindings, 1 SAP, 1 VC) by the recommended readings' $closeaf check "$conforming"
it 'and by which readings' says 'by amb_01=c' $closeaf check --reading=amb_01=c "$contested"
echo 'closeaf-trace 2' > "$scratch/empty.trace"
it 'a header alone' says 'no event: nothing was judged' $closeaf check "$scratch/empty.trace"
it 'options may stand behind files' exits 0 $closeaf check "$contested" --fail-on=breach "$contested"
cp "$breach" "$scratch/--all"
it 'but not behind --' bash -c "cd $scratch && ! $PWD/$closeaf check -- --all"
# A line contradicts what was seen of its object: what follows is not called a breach, and it is said.
sed '/leave MiniportCoCreateVc/d' tests/sequences/SEQ-08.trace > "$scratch/astray.trace"
it 'one finding of an object that is astray' test "$(build/closeaf check "$scratch/astray.trace" | grep -cE ':[0-9]+: [A-Z-]+-[0-9]+: .*\(vc:')" = 1
it '  and it says what was not judged' says 'later lines may be wrong and were not judged' build/closeaf check "$scratch/astray.trace"
# An event that the vocabulary does not know, in a finding.
printf '%s\n' 'closeaf-trace 2' 't0 do AcquireSpinLock driver:1.1 - DISPATCH' 't0 call NdisLater binding:1.1 - DISPATCH' > "$scratch/later.trace"
it 'who makes a call with an unknown name is a driver' says 'the driver calls NdisLater' $closeaf check "$scratch/later.trace"
# More locks at once than are kept.
{ echo 'closeaf-trace 2'; for verb in Acquire Release; do printf "t0 do ${verb}SpinLock driver:1.1 - DISPATCH\n%.0s" {1..10}; done; } > "$scratch/locks.trace"
it 'ten locks, and each released, are no breach' says 'conforms in 20 events' $closeaf check "$scratch/locks.trace"
# No page says at which level these run.
printf '%s\n' 'closeaf-trace 2' 't0 do RestartMiniport binding:0.0 - DISPATCH' 't0 enter MiniportInitializeEx binding:0.1 - DISPATCH' > "$scratch/level.trace"
it 'a level of which no page speaks stops nothing' exits 0 $closeaf check "$scratch/level.trace"
# A log that records no memory: asked for, and believed.
grep -vE '^t[0-9]+ do (Free|ReleaseAf)' "$conforming" > "$scratch/silent.trace"
sed '1a t0 do RecordingOmitsMemory driver:0.1 - PASSIVE' "$scratch/silent.trace" > "$scratch/said.trace"
it 'without a line about memory it is told how to say so' says 'begin it with "t0 do RecordingOmitsMemory' $closeaf check "$scratch/silent.trace"
it '  and is judged all the same' exits 1 $closeaf check "$scratch/silent.trace"
it 'which says so is not judged by it' exits 0 $closeaf check "$scratch/said.trace"
silent_on_memory() { written "$1" && ! grep RecordingOmitsMemory "$scratch/written"; }
it 'nor told, if it has some such lines' silent_on_memory "$breach"
echo 't1 do FreeSapContext sap:0.1 - PASSIVE af:0.1' >> "$scratch/said.trace"
echo 't1 do FreeSapContext sap:0.1 - PASSIVE af:0.1' >> "$scratch/said.trace"
it 'what it does free is judged' says 'MEM-01' $closeaf check "$scratch/said.trace"

done_testing
