#!/usr/bin/env bash
# usage: tests/test_pinned.sh
#
# Weakening a check is noticed: in a copy of the tree each file of tests/pinned.list is made to
# check less, in the way of its kind, and tests/pinned must name it. Speaks TAP.
set -euo pipefail
. "$(dirname "$0")/tap.sh"

tree=$scratch/tree
mkdir "$tree"
cp -r model src proofs tests "$tree"

weaken() { # KIND FILE: the first check of the file that can be weakened
    local file=$tree/$2
    case $1 in
        requirement) sed -i '0,/ MUST /s// MAY /' "$file" ;;
        clause) perl -0pi -e 's/((?:ensures|requires) \w+:)(?! \\true)[^;]*;/$1 \\true;/ ||
            s/(predicate \w+[^=;]*=)[^;]*;/$1 \\true;/ || s/SAYS\((\w+),[^\n]*/SAYS($1, \\true)/ ||
            s/((?:ensures|requires|assigns) )[^;]*;/$1\\true;/ || s,(/\*\@)[^*]*\*/,$1 *\/,' "$file" ;;
        field) perl -pi -e '$done ||= s/^FIELD\(("[^"]*", \w+), ([^,]*),.*/FIELD($1, $2, $2,/ || s/(\w+) != (\w+)/$1 != $1/' "$file" ;;
        difference) perl -pi -e '$done ||= !/^#/ && s/^[^|:]+([|:])/.* $1/' "$file" ;;
        assertion) sed -i '0,/\<need(/s//need(true || /' "$file" ;;
        formula) perl -pi -e '$done ||= !/^#/ && s/^(ltl \w+|\w+ \|).*/$1/' "$file" ;;
        configuration) rm "$(find "$file" -type f | sort | sed -n '$p')" ;;
        defect) sed -i 's/^\(finds\|goal\|by\): .*/\1: /' "$(find "$file" -name '*.patch' | sort | sed -n 1p)" ;;
        trace) sed -i '$d' "$(find "$file" -name '*.trace' | sort | sed -n 1p)" ;;
        test) if [[ $file == *.sh ]]; then sed -i '0,/^ *it .*/s//:/' "$file"; else sed -i '0,/\<assert[a-z_]*(.*/s///' "$file"; fi ;;
        *) return 1 ;;
    esac
}
is_noticed() {
    local kind=$1 file=$2 status=0 noticed=0
    weaken "$kind" "$file" || return
    if diff -rq "$file" "$tree/$file" > "$scratch/same"; then echo "nothing was weakened in $file"; status=1; fi
    tests/pinned --source "$tree" > "$scratch/noticed" || noticed=$?
    if [[ $noticed != 1 ]] || ! grep "^$file: " "$scratch/noticed"; then echo 'it is not noticed'; status=1; fi
    rm -rf "${tree:?}/$file"
    cp -r "$file" "$tree/$file"
    return $status
}

it 'all is as it was pinned' tests/pinned
it 'and so is a copy' tests/pinned --source "$tree"
while IFS=$'\t' read -r kind file _; do
    it "$kind of $file: weaker, and noticed" is_noticed "$kind" "$file"
done < <(grep -v '^#' tests/pinned.list)
less() { rm "$tree/model/vc.pml" && says 'model/vc.pml: 0 of kind assertion' tests/pinned --source "$tree"; }
it 'a file that is gone' less
pinned_anew() { tests/pinned --pin --source "$tree" && tests/pinned --source "$tree"; }
it 'what is meant is pinned anew' pinned_anew
done_testing
