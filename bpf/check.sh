#!/bin/sh
# Runs the guest's init and probes in a virtual machine and prints their KTAP.
#
#   BUILD=DIR    where init and the probes are (default: build beside this script)
#   PROBES=NAMES the probes, separated by spaces (default: prober)
#   FILES=DIR    what else the guest has, laid out as there (default: nothing)
#   KERNEL=FILE  the kernel image (default: the newest that the harness has in its cache)
#   CASES=GLOBS  only these cases, separated by commas
#   SECONDS_MAX  the deadline (default 120)
set -eu

fail() {
    echo "check: $*" >&2
    exit 1
}

# The cache keeps each image in a directory of its own, with its package's version beside it.
newest_image() {
    for about in "${XDG_CACHE_HOME:-$HOME/.cache}"/kernel-harness/images/*/image.json; do
        if ! [ -e "$about" ] || ! [ -e "${about%/*}/vmlinuz" ]; then continue; fi
        version=$(sed -n 's/^ *"version": "\([^"]*\)".*/\1/p' "$about")
        echo "$version ${about%/*}/vmlinuz"
    done | sort -V | tail -n 1 | cut -d ' ' -f 2-
}

here=$(dirname "$0")
build=${BUILD:-$here/build}
kernel=${KERNEL:-$(newest_image)}
[ -n "$kernel" ] || fail "no kernel: say KERNEL=FILE, or let the harness fetch some (scripts/harness fetch)"
[ -e "$kernel" ] || fail "$kernel: no such file"
probes=${PROBES:-prober}
for program in init $probes; do
    [ -e "$build/$program" ] || fail "$build/$program: no such file; run make first"
done
for tool in virtme-run cpio timeout; do
    command -v "$tool" >/dev/null || fail "$tool is not installed (virtme-ng, cpio, coreutils)"
done

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/guest/dev" "$work/guest/proc" "$work/guest/sys" "$work/guest/probes" "$work/root" "$work/tmp"
cp "$build/init" "$work/guest/init"
for program in $probes; do
    cp "$build/$program" "$work/guest/probes/$program"
done
[ -z "${FILES:-}" ] || cp -a "$FILES/." "$work/guest/"
(cd "$work/guest" && find . | LC_ALL=C sort | cpio --quiet -o -H newc) >"$work/guest.cpio"

# The initramfs is the whole guest; virtme-run insists on a root to export, so it gets an empty one that nobody mounts.
# The last of each of QEMU's options wins, hence --qemu-opts comes last.
TMPDIR="$work/tmp" timeout -k 5 "${SECONDS_MAX:-120}" virtme-run --kimg "$kernel" --mods none --root "$work/root" \
    --force-9p --disable-microvm --disable-monitor --disable-kvm --memory 256M --cpus 1 \
    --kopt quiet --kopt panic=-1 --kopt tsc=reliable --kopt no_timer_check --kopt rcupdate.rcu_expedited=1 \
    --kopt harness.nonce=check --kopt harness.channel=ttyS1 --kopt "harness.case=${CASES:-*}" \
    --qemu-opts -machine q35,accel=tcg -cpu qemu64 -no-reboot -initrd "$work/guest.cpio" -serial "file:$work/ktap" \
    </dev/null >"$work/console" 2>&1 || true

cat "$work/ktap" 2>/dev/null || true
# shellcheck disable=SC2086 # the names are words
if [ "$(grep -a -c '^# end nonce=check ' "$work/ktap" 2>/dev/null)" != "$(set -- $probes; echo $#)" ]; then
    cat "$work/console" >&2
    fail "not every probe did finish; the console is above"
fi
