# tools.sh - for scripts: goes on where the tools are, here or in the Debian 12 root.
# shellcheck shell=bash
#
# needs PART "$@"   the tools of a part (see .ci/setup) are here; or the script is run again
#                   in the Debian 12 root with its arguments; or it ends with status 2, and
#                   says what is missing. To be called before the script changes directory.
# look_for PART...  looks for the tools of these parts once, for all scripts that this one calls
# private_mounts    for root: sets private=(COMMAND...), which runs a command so that what it
#                   mounts is seen by nobody else, and is gone when it ends

ci=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

place_of() { # part: here or debian12; otherwise what is missing, and status 2
    local known
    for known in ${TOOLS:-}; do
        if [[ -z ${IN:-} && ${known%=*} == "$1" ]]; then echo "${known#*=}"; return; fi
    done
    "$ci/setup" --where "$1"
}

look_for() {
    local part place
    for part; do
        if place=$(place_of "$part"); then export TOOLS="${TOOLS:-} $part=$place"; fi
    done
}

needs() {
    local part=$1 place
    shift
    case ${1:-} in --help) return 0 ;; esac
    place=$(place_of "$part") || { echo "${0#"$PWD/"}: $place; run: make doctor" >&2; exit 2; }
    if [[ $place == here ]]; then
        export TOOLS="${TOOLS:-} $part=here"
        return 0
    fi
    # Under make, .ci/setup has said so.
    [[ -n ${MAKELEVEL:-} ]] || echo "${0#"$PWD/"} runs in the Debian 12 root, build/debian12" >&2
    exec "$ci/inside" "$0" "$@"
}

private_mounts() {
    local point=${ci%/*}/build/debian12.mount
    mkdir -p "$point"
    private=(unshare --mount --propagation slave)
    ! "${private[@]}" true 2> /dev/null || return 0
    # In a chroot "/" is no mount, and its propagation stays what it is: it must not be shared.
    private=(unshare --mount --propagation unchanged)
    if ! "${private[@]}" mount -t tmpfs none "$point" 2> /dev/null; then
        echo "this root may not mount anything, as in a container: use .ci/Containerfile, or a container with the right to (--privileged)"
        return 1
    fi
    if mountpoint -q "$point"; then
        umount "$point"
        echo "the system around this chroot would see its mounts: enter it with: unshare --mount chroot ..."
        return 1
    fi
}
