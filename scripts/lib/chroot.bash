# shellcheck shell=bash
# A small Debian in a directory, made by debootstrap from the archive that this machine uses. Needs root.
#
# Sourced by scripts/check-dist and scripts/image, after private-apt.bash.

# security_uri: prints the URI of Debian's security archive as this machine knows it, or nothing.
security_uri() {
    # shellcheck disable=SC2016 # apt-get fills these in
    apt-get indextargets --format '$(LABEL) $(REPO_URI)' 'Created-By: Packages' |
        awk '$1 == "Debian-Security" && !found++ { print $2 }'
}

# make_debian SUITE DIR: the smallest one that has apt, with the machine's archive, proxy and name servers.
make_debian() {
    local suite=$1 root=$2 uri security
    uri=$(debian_uri)
    if [[ ! $uri ]]; then
        printf 'no Debian archive is known here: run apt-get update, or set HARNESS_MIRROR\n' >&2
        return 1
    fi
    quietly debootstrap --variant=minbase "$suite" "$root" "$uri" || return 1
    printf 'deb %s %s main\n' "$uri" "$suite" >"$root/etc/apt/sources.list"
    security=$(security_uri)
    [[ ! $security ]] || printf 'deb %s %s-security main\n' "$security" "$suite" >>"$root/etc/apt/sources.list"
    apt-config dump | grep -i '^Acquire::https\?::proxy' >"$root/etc/apt/apt.conf.d/proxy" || true
    cp /etc/resolv.conf "$root/etc/resolv.conf"
}

# in_debian DIR READ_ONLY COMMAND...: runs a command there, with a process table and mounts of its own, which end with
# it. READ_ONLY, a directory below DIR, cannot be written meanwhile, not by root either.
in_debian() {
    # shellcheck disable=SC2016 # the inner bash expands it
    unshare --mount --pid --fork --kill-child bash -euc '
        root=$1 fixed=$2
        shift 2
        mount -t proc proc "$root/proc"
        mount --rbind /dev "$root/dev"
        mount --bind "$root$fixed" "$root$fixed"
        mount -o remount,bind,ro "$root$fixed"
        exec chroot "$root" env -i HOME=/root LANG=C.UTF-8 TERM=dumb CI=true \
            PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "$@"' bash "$@"
}
