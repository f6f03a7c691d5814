#!/usr/bin/env bash
# usage: tests/test_swarm.sh
#
# Bitstate searches by seed: what a run says, that it resumes and repeats itself, and how
# it ends when something is missing. Speaks TAP.
set -euo pipefail
. "$(dirname "$0")/tap.sh"

out=$scratch/out
searches=$out/manager-leaves/23
export SEEDS=2 MEMORY=1 COMPILER='gcc -O0'
unset ENGINE HOSTS JOBS
cp -r model "$scratch/model" # one model for all of the test
run() { model/swarm --source "$scratch/model" --out "$out" manager-leaves; }

it 'an unknown option' exits 2 model/swarm --none
it 'an unknown configuration' exits 2 model/swarm no-such
it 'two configurations' exits 2 model/swarm manager-leaves one-client
it 'an unknown engine' says "ENGINE is parallel or slurm, not 'none'" env ENGINE=none model/swarm
it 'no seeds' exits 2 env SEEDS=0 model/swarm
it 'no number' says 'MEMORY=much' env MEMORY=much model/swarm

without() { # TOOL, among the tools of the distribution
    rm -rf "$scratch/tools"
    cp -rs /usr/bin "$scratch/tools"
    rm -f "$scratch/tools/$1"
    TOOLS='' INSIDE=here PATH=$scratch/tools model/swarm # nor is there a Debian 12 root
}
it 'without GNU Parallel: the status' exits 2 without parallel
it 'without GNU Parallel is said' says 'missing: parallel' without parallel
export HOSTS=alpha
it 'without what other machines need' says 'is missing; install the package' without rsync
unset HOSTS
export ENGINE=slurm
it 'without Slurm: the status' exits 2 without sbatch
it 'without Slurm: the package' says 'install the package slurm-wlm' without sbatch
unset ENGINE

it 'a run without a violation' exits 0 run
complete=$(sed -n 's/ states, stored//p' "$searches/1.log" | tr -d ' ')
it 'each search sees every state' test "$(sed -n 's/ states, stored//p' "$searches/2.log" | tr -d ' ')" = "$complete"
MEMORY=1000 model/check --source "$scratch/model" --out "$scratch/complete" manager-leaves > "$scratch/complete.out"
it 'as many as the complete search' test "$(cut -f2 "$scratch/complete/manager-leaves/row.tsv")" = "$complete"
run > "$scratch/first"
it 'the result says what it saw' grep -q "a search saw $complete to $complete states" "$scratch/first"
it 'the result estimates what there is' grep -q 'at most 100.0 % were seen' "$scratch/first"
it 'the result is no proof' grep -q 'no violation found by 2 searches; that is no proof' "$scratch/first"

interrupt() { # half of the second search
    head -n 5 "$searches/2.log" > "$searches/2.part"
    rm "$searches/2.log"
    sed -i '1i kept' "$searches/1.log"
}
resumes() {
    interrupt
    run > "$scratch/resumed" || return 1
    grep '^  seed' "$scratch/resumed"
    [[ $(grep -c '^  seed' "$scratch/resumed") -eq 1 && $(head -n 1 "$searches/1.log") == kept ]]
}
it 'an interrupted run repeats only what is missing' resumes
it 'a resumed run comes to the same result' diff <(grep -v '^  seed' "$scratch/resumed") "$scratch/first"

# A Slurm that runs its jobs at once; what is asked of it is what sbatch takes.
mkdir "$scratch/slurm"
cat > "$scratch/slurm/sbatch" <<'END'
#!/usr/bin/env bash
for argument; do
    case $argument in
    --array=*) IFS=, read -r -a tasks <<< "${argument#*=}" ;;
    --chdir=*) cd "${argument#*=}" ;;
    --output=*) output=${argument#*=} ;;
    --wrap=*) command=${argument#*=} ;;
    esac
done
for task in "${tasks[@]}"; do SLURM_ARRAY_TASK_ID=$task sh -c "$command" > "${output/\%a/$task}" 2>&1; done
echo 7
END
printf '#!/bin/sh\n' > "$scratch/slurm/squeue"
printf '#!/bin/sh\n' > "$scratch/slurm/scancel"
chmod +x "$scratch/slurm/"*
slurm() {
    rm "$searches"/*.log
    ENGINE=slurm PATH=$scratch/slurm:$PATH run > "$scratch/slurm.out" &&
        diff <(grep -v '^  seed' "$scratch/slurm.out") "$scratch/first"
}
it 'a Slurm array comes to the same result' slurm

dies() { # a search that is killed is no result
    rm "$searches"/*.log
    printf '#!/bin/sh\nkill -9 $$\n' > "$out/manager-leaves/pan.dead"
    chmod +x "$out/manager-leaves/pan.dead"
    mv "$out/manager-leaves/pan" "$scratch/pan"
    mv "$out/manager-leaves/pan.dead" "$out/manager-leaves/pan"
    exits 1 run
}
it 'a search that dies is no result' dies
mv "$scratch/pan" "$out/manager-leaves/pan"

# Two searches that saw 300 states each, 150 of them the same: 600 are to be expected.
overlap() {
    local seed=$1 first=$2 state
    { echo 'State-vector 96 byte, depth reached 9, errors: 0'; echo '  300 states, stored'
      for ((state = first; state < first + 300; state++)); do echo "sample $state"; done
      echo 'hash factor: 9'; } > "$searches/$seed.log"
}
overlap 1 1000
overlap 2 1150
it 'capture and recapture: the union' says 'all together saw about 450 ' run
it 'capture and recapture: the whole' says 'capture and recapture 599 or more are reachable: at most 75.1 % were seen (67 %' run
overlap 2 1299
it 'searches that hardly overlap give no estimate' says 'the searches hardly overlap' run
sed -i 's/errors: 0/errors: 0, max search depth too small/' "$searches/2.log"
it 'a search that was cut short: the status' exits 1 run
it 'a search that was cut short: its name' says 'the search with seed 2 is incomplete' run

locked() { flock "$out/lock" "$@"; }
it 'two runs in one place' exits 2 locked model/swarm --source "$scratch/model" --out "$out" manager-leaves

# A seeded defect.
sed '1,/^$/d' tests/mutants/manager-completes-twice.patch | (cd "$scratch" && patch -p1 -s)
defect() { model/swarm --source "$scratch/model" --out "$scratch/defect" one-client; }
it 'a violation: the status' exits 1 defect
it 'a violation: the first seed that finds it' says 'seed 1 found a violation' defect
it 'a violation: the trail' test -s "$scratch/defect/one-client/23/closeaf.pml.trail"
it 'a violation: what it breaks' says 'breaks AF-CM-19: ' defect
it 'a violation: the chart' grep -q 'breaks AF-CM-19' "$scratch/defect/one-client/23/counterexample.txt"

# A complete search that memory stops: 190 MiB hardly hold more than its tables.
beyond() { MEMORY=190 model/check --out "$scratch/large/model" "$1"; }
it 'stopped by memory, without bitstate searches: the status' exits 1 beyond clients-leave
it 'stopped by memory: the figure' says 'stopped by memory: 190 MiB held' beyond clients-leave

done_testing
