#!/usr/bin/env bash
# usage: tests/test_inside.sh
#
# Tools that this system does not package: what is installed, what goes into the Debian 12 root,
# what a script does that needs it, and what is said when it cannot be made or entered.
# Stand-ins for apt-get and mmdebstrap make a root of a few programs. Speaks TAP.
set -euo pipefail
. "$(dirname "$0")/tap.sh"

unset MAKEFLAGS MFLAGS MAKELEVEL IN INSIDE TOOLS DEBIAN_MIRROR
# In a copy of the tree, which somebody else may write into as well.
tree=$scratch/tree
chmod 755 "$scratch"
mkdir -p "$tree/proofs"
cp -r .ci Makefile src "$tree"
cd "$tree"

# A script that needs the tools of the proofs.
cat > proofs/where << 'END'
#!/usr/bin/env bash
set -euo pipefail
. "$(dirname "$0")/../.ci/script.sh"
needs proofs
echo "${INSIDE:-here} $# $*"
END
chmod +x proofs/where

# --- Stand-ins ---------------------------------------------------------------------------

# All tools of this system but Frama-C and mscgen, which this one does not package; apt-get
# "installs" mscgen, and all others if nothing that it does not have is asked for.
tools=$scratch/tools
mkdir "$tools"
cp -rsn /usr/bin/. /usr/sbin/. "$tools" 2> /dev/null || : some are in both
rm -f "$tools"/{frama-c,mscgen,apt-get,apt-config,mmdebstrap,bwrap,sudo}
stand_in() { rm -f "$tools/$1"; cat > "$tools/$1"; chmod +x "$tools/$1"; } # not through the link
for tool in spin why3 z3 cvc4 clang gcc-12 valgrind shellcheck parallel x86_64-w64-mingw32-gcc patch jq; do
    [[ -e $tools/$tool ]] || stand_in "$tool" <<< 'echo 99.0'
done
stand_in apt-get << END
#!/bin/sh
echo "\$*" >> "$scratch/asked"
case "\$*" in *indextargets*) exit 0 ;; *frama-c-base*) exit 100 ;; esac
case "\$*" in *' -s '*) exit 0 ;; *mscgen*) printf '#!/bin/sh\n' > "$tools/mscgen"; chmod +x "$tools/mscgen" ;; esac
END
stand_in sudo <<< 'exec "$@"'
stand_in apt-config <<< 'echo "Acquire::http::Proxy \"http://proxy.example:3128\";"'
stand_in dpkg-query <<< 'exit 1'

# A root of a few programs and their libraries, as an archive.
mkdir -p "$scratch/root/etc"
for program in bash cat chroot dirname env grep id ln mkdir mount mountpoint readlink sed sleep sh touch true umount unshare; do type -P "$program"; done | while read -r program; do
    echo "$program"
    ldd "$program" | grep -oE '/[^ ]+' || :
done | sort -u | while read -r file; do
    file=/usr/${file#/usr/}
    mkdir -p "$scratch/root/${file%/*}"
    cp -L "$file" "$scratch/root/$file"
done
for link in bin sbin lib lib64; do ln -s usr/$link "$scratch/root/$link"; done
mkdir -p "$scratch/root/usr/sbin"
echo small > "$scratch/root/etc/debian_version"
makes_root() { # mmdebstrap, which tells what it was asked for
    stand_in mmdebstrap << END
#!/bin/sh
case "\$*" in *--unshare-helper*) exit 0 ;; esac
printf '%s ' "\$@" > "$scratch/made_with"
if [ -e /proc/\$\$/fd/8 ] || [ -e /proc/\$\$/fd/9 ]; then echo 'E: Bad fd number' >&2; exit 1; fi
for option; do case \$option in --include=*) echo "\${option#*=}" | tr , '\n' | sed 's/\$/ 1.0/' > "$scratch/root/packages" ;; esac; done
while [ "\$1" != bookworm ]; do shift; done
if [ "\$2" = - ]; then exec tar -c -C "$scratch/root" .; else exec cp -a "$scratch/root/." "\$2"; fi
END
}
fails_with() { printf '#!/bin/sh\necho "%s" >&2\nexit 25\n' "$1" | stand_in mmdebstrap; }
with() { env PATH="$tools" "$@"; }

# --- Making it ---------------------------------------------------------------------------

it 'doctor: a part that cannot be here yet' says 'proofs  not yet; to install what is missing, or make a Debian 12 root with it: .ci/setup proofs' \
    with .ci/setup --doctor
it 'a script whose tools are nowhere' says 'proofs/where: missing: frama-c 25 or newer; run: make doctor' with proofs/where
it 'its status' exits 2 with proofs/where

stand_in frama-c <<< 'echo "29.0 (Copper)"'
it 'a Frama-C from elsewhere is used' exits 0 with .ci/setup proofs
it 'and named' says 'Frama-C 29.0 has not been tried; tried: 25.0' with .ci/setup --doctor proofs
stand_in frama-c <<< 'echo "24.0 (Chromium)"'
it 'an older one is not' says 'missing: frama-c 25 or newer (24.0 is here)' with proofs/where
rm "$tools/frama-c"

refused() { # TEXT
    local said status=0
    said=$(with .ci/setup proofs 2>&1) || status=$?
    [[ $status -eq 2 && $said == *"$1"* && $said == *'proofs cannot run: missing: frama-c 25 or newer'* ]] || { echo "$status: $said"; return 1; }
    ! compgen -G 'build/debian12*/*' || { echo 'something is left'; return 1; }
}
fails_with 'E: Failed to fetch http://127.0.0.1:9/dists/bookworm/InRelease  Could not connect to 127.0.0.1:9 - connect (111: Connection refused)'
it 'no network' refused 'deb.debian.org/debian cannot be reached: see to the network'
fails_with "W: GPG error: http://a.example bookworm InRelease: The following signatures couldn't be verified because the public key is not available: NO_PUBKEY 6ED0E7B82643E131"
it 'an archive that Debian has not signed' refused 'is not signed by Debian: name another archive'
fails_with 'tar: ./usr/bin/frama-c: Wrote only 1024 of 10240 bytes: No space left on device'
it 'a disk that becomes full' refused 'the disk of build/ is full: make room'
fails_with 'E: something new'
it 'what nobody has foreseen' refused 'all it said is in build/debian12.log: E: something new'
stand_in df <<< 'printf "Avail\n1000000\n"'
it 'a disk with too little room' refused 'the disk of build/ has 1000 MB free, and making a Debian 12 root takes 4000'
rm "$tools/df"
ln -s "$(command -v df)" "$tools/df"
rm "$tools/mmdebstrap"
it 'no mmdebstrap' refused 'mmdebstrap is missing: install it'

# Killed in the middle: the next run begins anew, also if a root was half removed.
stand_in mmdebstrap << END
#!/bin/sh
while [ "\$1" != bookworm ]; do shift; done
if [ "\$2" = - ]; then tar -c -C "$scratch/root" usr; else cp -a "$scratch/root/usr" "\$2"; fi
exec sleep 60
END
killed() {
    env PATH="$tools" setsid .ci/setup proofs > "$scratch/killed" 2>&1 &
    for _ in {1..100}; do [[ ! -e build/debian12.new/usr/bin/env ]] || break; sleep 0.1; done
    [[ -e build/debian12.new/usr/bin/env ]] && kill -KILL -- "-$!" && ! wait $! && [[ ! -e build/debian12 ]]
}
it 'a set-up that is killed leaves no root' killed
mkdir build/debian12
it 'a half root is none' says 'there is no Debian 12 root yet' .ci/inside true
makes_root
: > "$scratch/asked"
it 'the next set-up makes it' exits 0 with .ci/setup model proofs
it 'nothing half is left' test "$(echo build/debian12*)" = 'build/debian12 build/debian12.lock build/debian12.log build/debian12.mount'
it 'what can be installed is, although another cannot' test -e "$tools/mscgen"
it 'what only a part of the root needs is not' test "$(grep -c 'install -y.*frama-c-base' "$scratch/asked")" = 2
it 'the root has the packages of its part' grep -q '^why3 1.0' build/debian12/packages
it 'and of no other' test "$(grep -c spin build/debian12/packages)" = 0
it "apt's proxy is kept" grep -q 'proxy.example:3128' "$scratch/made_with"
it "signatures are checked against Debian's keys" grep -q -- '--keyring=/usr/share/keyrings/debian-archive-keyring' "$scratch/made_with"
it 'and always' test "$(grep -c -e check-gpg -e trusted=yes "$scratch/made_with")" = 0
it 'set-up says what runs where' says 'proofs: in the Debian 12 root, build/debian12 (missing here: frama-c 25 or newer)' with .ci/setup proofs
it 'nothing is made twice' exits 0 bash -c "rm '$scratch/made_with'; PATH='$tools' .ci/setup proofs && ! test -e '$scratch/made_with'"
it 'where the tools are' test "$(with .ci/setup --where model) $(with .ci/setup --where proofs)" = 'here debian12'
it 'doctor: a part that is not in it' says 'model   not in the Debian 12 root yet; to add it: IN=debian12 .ci/setup model' \
    with IN=debian12 .ci/setup --doctor model
it 'its status' exits 2 with IN=debian12 .ci/setup --doctor model
it 'IN=debian12 makes a root with more' exits 0 with IN=debian12 DEBIAN_MIRROR=http://mirror.example/debian .ci/setup model
it 'of the old parts and the new' bash -c "grep -q '^why3 ' build/debian12/packages && grep -q '^spin ' build/debian12/packages"
it 'from the mirror that is named' grep -q 'deb http://mirror.example/debian bookworm main' "$scratch/made_with"
it 'another IN' says 'IN=debian13 is unknown; it is debian12' env IN=debian13 .ci/setup --check build
it 'another IN for a script' says 'IN=debian13 is unknown' env IN=debian13 proofs/where
it 'another IN for make' exits 2 make build IN=debian13

# --- Entering it -------------------------------------------------------------------------

# shellcheck disable=SC2016 # for the shells inside
entered() { # the ways in: as root, and as somebody else
    it "$1: the small system" says small "${as[@]}" .ci/inside cat /etc/debian_version
    it "$1: the same directory" says "$tree/src" "${as[@]}" env -C src ../.ci/inside bash -c 'pwd'
    it "$1: the exit status" exits 7 "${as[@]}" .ci/inside bash -c 'exit 7'
    it "$1: arguments as they are" says '<a  b><><$c>' "${as[@]}" .ci/inside bash -c 'printf "<%s>" "$@"' '' 'a  b' '' '$c'
    it "$1: standard input" says heard "${as[@]}" bash -c 'echo heard | .ci/inside cat'
    it "$1: the environment" says 'kept debian12 none' "${as[@]}" env KEPT=kept IN=debian12 .ci/inside bash -c 'echo $KEPT $INSIDE ${IN:-none}'
    it "$1: build/ can be written" "${as[@]}" .ci/inside touch build/written "$scratch/written-by-$2"
    it "$1: the system cannot" exits 1 "${as[@]}" .ci/inside touch /usr/written
    it "$1: its files stay as they were" test ! -e build/debian12/usr/written
    it "$1: what is mounted is seen once" "${as[@]}" .ci/inside bash -c '! compgen -G "build/debian12.mount/*"'
    it "$1: nothing stays mounted" test -z "$(grep -F "$tree" /proc/self/mountinfo)"
    it "$1: who is inside does not go in again" says small "${as[@]}" .ci/inside .ci/inside cat /etc/debian_version
    it "$1: a signal" exits 143 signalled
    it "$1: a script goes on inside" says 'debian12 2 a b c' "${as[@]}" env PATH="$tools" proofs/where a 'b c'
    it "$1: and says so" says 'proofs/where runs in the Debian 12 root' "${as[@]}" env PATH="$tools" proofs/where
}
signalled() {
    "${as[@]}" .ci/inside sleep 60 &
    sleep 1
    kill -TERM $!
    wait $!
}
# What is inside need not tell versions here.
# shellcheck disable=SC2016 # the text of the script
sed -i 's/^\[\[ -z ${INSIDE:-} \]\] || IN=$/[[ -z ${INSIDE:-} ]] || { echo here; exit; }/' .ci/setup
if [[ $(id -u) -eq 0 ]]; then
    as=(env)
    entered root root
    chmod -R a+rwX . "$scratch/tools" && chmod 1777 "$scratch"
    as=(setpriv --reuid 65534 --regid 65534 --clear-groups)
else
    as=(env)
    echo '# skipped: entering as root, and a full disk; these need root'
fi
if [[ $(id -u) -eq 0 ]] && unshare --mount true 2> /dev/null; then
    # In a chroot, whose "/" is no mount: what it mounts must not be seen outside of it.
    mkdir -p "$scratch/chroot/tree/build" "$scratch/chroot/proc" "$scratch/chroot/dev"
    cp -a "$scratch/root/." "$scratch/chroot"
    cp -a .ci "$scratch/chroot/tree"
    cp -a build/debian12 "$scratch/chroot/tree/build"
    in_chroot() { # private or shared: what is said, and what is mounted then
        unshare --mount --propagation "$1" bash -c "chroot '$scratch/chroot' bash -c 'cd /tree && .ci/inside cat /etc/debian_version'
            ! grep -F 'debian12.mount' /proc/self/mountinfo && exit 3"
    }
    it 'in a chroot' says small in_chroot private
    it 'in a chroot: nothing stays mounted' exits 3 in_chroot private
    it 'in a chroot whose mounts others see' says 'enter it with: unshare --mount chroot' in_chroot shared
    it 'there too, nothing stays mounted' exits 3 in_chroot shared
else
    echo '# skipped: in a chroot; this needs root, outside of one'
fi
if ! "${as[@]}" true 2> /dev/null; then
    echo '# skipped: what needs somebody who is not root; nobody may not enter this system'
    done_testing
    exit
fi
if bwrap=$(command -v bwrap) && "${as[@]}" bwrap --ro-bind / / true; then
    cp -s "$bwrap" "$tools/bwrap"
    rm -rf build/debian12
    it 'not root: a root is made through a pipe' exits 0 "${as[@]}" env PATH="$tools" .ci/root frama-c-base why3 z3 cvc4 jq clang gcc libc6-dev make
    it 'not root: nothing half is left' test "$(echo build/debian12*)" = 'build/debian12 build/debian12.lock build/debian12.log build/debian12.mount'
    entered 'not root' other
else
    echo '# skipped: entering without being root; bubblewrap does not start here'
fi
stand_in bwrap <<< 'echo "bwrap: No permissions to create new namespace" >&2; exit 1'
it 'no user namespaces, and not root' exits 2 "${as[@]}" env PATH="$tools" .ci/inside true
it 'what to do about it' says 'bubblewrap does not start (bwrap: No permissions to create new namespace): allow user namespaces, or be root' \
    "${as[@]}" env PATH="$tools" .ci/inside true
rm -rf build/debian12
if [[ $(id -u) -eq 0 ]] && type -P mmdebstrap > /dev/null; then # apt itself, on an archive without a signature
    mkdir -p "$scratch/archive/dists/bookworm"
    printf 'Suite: bookworm\nComponents: main\nArchitectures: all amd64\n' > "$scratch/archive/dists/bookworm/Release"
    it 'mmdebstrap refuses what is not signed' says "$scratch/archive is not signed by Debian" \
        env DEBIAN_MIRROR="file://$scratch/archive" .ci/root spin
    it 'and nothing is left of it' test ! -e build/debian12.new
fi
it 'and no root is made then' says 'bubblewrap does not start' "${as[@]}" env PATH="$tools" .ci/root spin
done_testing
