# frama_c.sh - for scripts: Frama-C/WP as the proofs run it. What differs between versions of
# Frama-C stands here, and nowhere else.
# shellcheck shell=bash disable=SC2034 # what is set is used by others
#
# frama_c_in DIRECTORY   keeps all that Frama-C, Why3 and the provers read or write of their own
#                        in DIRECTORY, and sets
#   frama_c=(...)        the command
#   wp=(...)             how goals are made, and how many steps each may take
#   with_values=(...)    besides, for the functions that read constant tables
#   versions             a line for each tool

frama_c_tried='25.0'

frama_c_in() {
    local here option version
    here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
    "$here/provers" "$1" || return 2
    export HOME=$1/home WHY3CONFIG=$1/why3.conf
    # Nothing in the environment may bring a cache in.
    unset FRAMAC_WP_CACHE FRAMAC_WP_CACHEDIR
    export OCAMLRUNPARAM=o=400 # memory for time
    # Large pages: a start of Z3 costs half, because it fills 16 MB first.
    export GLIBC_TUNABLES=glibc.malloc.hugetlb=1

    version=$(frama-c -version)
    versions=$(printf 'frama-c %s\n' "$version"; printf 'why3 %s\n' "$(why3 --version)"
        printf 'z3 %s\n' "$(z3 --version)"; printf 'cvc4 %s\n' "$(cvc4 --version | head -1)")
    [[ $version == "$frama_c_tried"* ]] ||
        echo "${0##*/}: Frama-C $version has not been tried; tried: $frama_c_tried" >&2

    # Without its compiler, or if this Frama-C does not take it, it is a little slower.
    frama_c=(frama-c)
    cp "$here/memory.ml" "$1/"
    if (cd "$1" && ocamlopt -shared -o memory.cmxs memory.ml) >/dev/null 2>&1 &&
        frama-c -load-module "$1/memory.cmxs" -version >/dev/null 2>&1; then
        frama_c+=(-load-module "$1/memory.cmxs")
    fi

    wp=(-wp-rte -warn-unsigned-overflow -warn-unsigned-downcast -warn-signed-downcast
        -wp-check-memory-model -wp-model Typed+ref -wp-steps 2000000)
    # Later versions rename and drop options. What only saves time is left out if this one does
    # not know it; without one of the others nothing is proved. Pruning of branches costs WP
    # three quarters of its time here, and Z3 none; the ground simplifications a tenth, and two
    # goals; the values of constants a third.
    with_values=()
    frama-c -wp-help >"$1/options" 2>&1 || true
    for option in pruning ground init-const; do
        if grep -q -- "^-wp-$option " "$1/options"; then wp+=("-wp-no-$option")
        else echo "${0##*/}: this Frama-C has no option -wp-no-$option, which saves time; it goes on without" >&2; fi
    done
    [[ ${wp[*]} != *init-const* ]] || with_values=(-wp-init-const)
}
