#!/usr/bin/env bash
# usage: tests/test_acceptor.sh
#
# model/acceptor: SPIN as the judge of one trace. Speaks TAP.
set -euo pipefail
cd "$(dirname "$0")/.."
. tests/tap.sh

make -s build/vocabulary.pml
model/acceptor "$scratch/accept"
verdict() { (cd "$scratch/accept" && TRACE=$1 ./pan -n -m100000 -w16 2>&1) | sed -n 1p; }

# More binds of one adapter than a byte can count; $1: the status with which the last ends.
binds() {
    echo 'closeaf-trace 1'
    for g in {1..300}; do
        echo "t0 enter ProtocolBindAdapterEx binding:0.$g - PASSIVE"
        echo "t0 return NdisOpenAdapterEx binding:0.$g FAILURE PASSIVE"
        [ "$g" -lt 300 ] || set -- "$1" "$1"
        echo "t0 leave ProtocolBindAdapterEx binding:0.$g ${2:-FAILURE} PASSIVE"
    done
}
binds FAILURE > "$scratch/many.trace"
binds SUCCESS > "$scratch/breach.trace"
echo nonsense > "$scratch/nonsense.trace"

it 'accepts what conforms, however long' says 'accepted 900 events' verdict "$scratch/many.trace"
it 'names line, event and requirement' says 'refused at line 901: leave ProtocolBindAdapterEx breaks CAD-09' \
    verdict "$scratch/breach.trace"
sed '1s/$/ amb_11=a/' "$scratch/many.trace" > "$scratch/read.trace"
sed '1s/$/ amb_22=a/' "$scratch/many.trace" > "$scratch/other.trace"
it 'a reading that the model takes from the trace' says 'accepted 900 events' verdict "$scratch/read.trace"
it 'a reading that it does not' says 'has only reading c of amb_22; closeaf check knows a too' verdict "$scratch/other.trace"
it 'no trace' says 'nonsense.trace:1:9: expected closeaf-trace 1' verdict "$scratch/nonsense.trace"
it 'no directory' exits 2 model/acceptor
it 'help' says 'usage: model/acceptor' model/acceptor --help
done_testing
