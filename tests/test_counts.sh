#!/usr/bin/env bash
# usage: tests/test_counts.sh
#
# A model, a set or a list of claims that becomes smaller is noticed by its counts alone
# (model/counts), and only --pin changes these. Speaks TAP.
set -euo pipefail
. "$(dirname "$0")/tap.sh"

# A tree of its own, since a copy given by --source has no counts.
tree=$scratch/tree
fresh_tree() {
    rm -rf "$tree"
    mkdir -p "$tree/build"
    cp -r .ci model "$tree"
    ln -s "$PWD"/build/{closeaf,vocabulary.pml} "$tree/build"
    ln -s "$PWD/src" "$tree"
}
check() { "$tree/model/check" "$@" > "$scratch/check.txt" 2>&1; }
# FILE SED: changed, and it must have something to change.
change() {
    sed -i "$2" "$tree/model/$1"
    ! cmp -s "$tree/model/$1" "model/$1"
}
fails_by() { # TEXT FILE SED NAME: after the change the check fails, and says the text
    fresh_tree
    change "$2" "$3" && ! check "$4" && says "$1" cat "$scratch/check.txt"
}

fresh_tree
it 'the counts are those of the model' check manager-leaves progress-af-close-oid
states=$(awk -F'\t' '$1 == "search" && $2 == "manager-leaves" { print $3 }' model/counts)
it 'an option that is taken out of the model' \
    fails_by "states: model/counts has $states, and now it is " call_manager.pml 's/^    :: close_queued\[i\] = 1;/    :: false; close_queued[i] = 1;/' manager-leaves
it 'a bound that is smaller' \
    fails_by "states: model/counts has $states, and now it is " configurations/manager-leaves.conf 's/REFUSALS=1/REFUSALS=0/' manager-leaves
it 'a claim that is left out' \
    fails_by 'claims: model/counts has ' configurations/progress-opening.conf 's/^CLAIMS=[^,]*,/CLAIMS=/' progress-opening
it 'a deadlock that no claim of progress sees' \
    fails_by 'deadlock: UNB-26 unmet' adapter.pml 's/^    :: else -> adapter_is_closed\[b\] = 1$/    :: else -> skip/' progress-af-close-oid
it 'what must be possible, left out' \
    fails_by 'what must be possible: model/counts has ' configurations/progress-af-close-oid.conf '/^VACUITY/d' progress-af-close-oid
it 'names that are taken out of a set' \
    fails_by 'no longer there: proxy; new: -' configurations/standard.set 's/ proxy progress$/ progress/;s/proxy//' standard
it 'a member of a set that nobody has counted' bash -c "
    cp -r .ci model '$scratch'; mkdir -p '$scratch/build'; ln -sf '$PWD'/build/{closeaf,vocabulary.pml} '$scratch/build' && ln -sf '$PWD/src' '$scratch'
    cd '$scratch' && echo manager-leaves > model/configurations/one.set && printf 'set\tone\tmanager-leaves\n' > model/counts
    ! model/check one > out && grep -F 'states: model/counts has none, and now it is $states' out"

pins() { # only the row that is named, and it makes the check pass
    fresh_tree
    change configurations/manager-leaves.conf 's/REFUSALS=1/REFUSALS=0/' && check --pin manager-leaves &&
        [[ $(diff "$tree/model/counts" model/counts | grep -c '^<') -eq 1 ]] && check manager-leaves
}
it '--pin changes the row that is named, and no other' pins
is_kept() { # the same again, and searched anew when something has changed
    fresh_tree
    check --keep manager-leaves && rm "$tree/build/evidence/model-manager-leaves.json" && check --keep manager-leaves && says 'pass, kept' cat "$scratch/check.txt" &&
        [[ ! -e $tree/build/evidence/model-manager-leaves.json ]] && change call_manager.pml 's/^    :: close_queued\[i\] = 1;/    :: false; close_queued[i] = 1;/' &&
        { check --keep manager-leaves || true; } && ! grep 'pass, kept' "$scratch/check.txt"
}
it 'what has not changed is kept, and is no evidence' is_kept

# tcc alone finds an error here: it forgets the jump behind the first condition.
not_left_out() {
    mkdir "$scratch/condition"
    cat > "$scratch/condition/condition.pml"
    (cd "$scratch/condition" && spin -a condition.pml) && model/compile --small "$scratch/condition" -DSAFETY &&
        says 'errors: 0' "$scratch/condition/pan"
}
it 'a condition with a constant in a part that is not evaluated' not_left_out << 'END'
byte x = 4, y;
active proctype p() {
    d_step {
        if
        :: (1 == 2 || !(1 || ((x == 3 && 1 == 1) || y > 0))) -> assert(false)
        :: else
        fi
    }
}
END

# As where a search does not fit breadth first (model/check --shortest).
compiled_twice() { # [--small]
    local folder=$scratch/twice${1:-} settings first again
    mapfile -t settings < <(model/settings --spin manager-leaves)
    model/prepare "$folder" && (cd "$folder" && spin "${settings[@]}" -a closeaf.pml && sha256sum pan.[bchmpt] > made) || return 1
    model/compile "$@" "$folder" -DSAFETY && first=$("$folder/pan" -m100000 -n | grep 'states, stored') &&
        model/compile "$@" "$folder" -DSAFETY && again=$("$folder/pan" -m100000 -n | grep 'states, stored') || return 1
    [[ $first == *" $states states"* && $again == "$first" ]] || { echo "first $first, then $again"; return 1; }
    (cd "$folder" && sha256sum --quiet -c made && [[ ! -e compiled ]])
}
it 'what is compiled twice is the same' compiled_twice
it 'and by one compiler too' compiled_twice --small

# The file itself: a row for each configuration, set and reading, and for nothing else.
listed() { cut -f1,2 model/counts | grep -v '^search.large-' | sort; }
there_are() {
    local file name
    {
        for file in model/configurations/*; do
            name=$(basename "${file%.*}")
            case $file in
            */swarm.conf | */large-*) ;; # no memory holds the one; the others take hours
            *.set) printf 'set\t%s\n' "$name" ;;
            *.conf) printf 'search\t%s\n' "$name" ;;
            esac
        done
        model/read --list | sed 's/^/shortest\t/'
    } | sort
}
it 'each configuration, set and reading is counted, and nothing else' diff <(listed) <(there_are)
done_testing
