# shellcheck shell=bash
# What kernels of another machine take: its QEMU, Debian's cross compiler, and the static libraries that the guest's
# programs are linked with. Those are Debian's for that architecture, verified by apt and unpacked into the user's
# cache, where bpf/Makefile looks for them. dpkg of this machine learns of no other architecture.
#
# scripts/setup sources this file, which uses its `say`, `die`, `quietly`, `user_cache` and `os_release`,
# libbpf.bash and private-apt.bash.

# `uname -m` there, Debian's name, GNU's name, and the package and the program of its QEMU.
readonly machines='
aarch64  arm64    aarch64-linux-gnu      qemu-system-arm      qemu-system-aarch64
s390x    s390x    s390x-linux-gnu        qemu-system-s390x    qemu-system-s390x
riscv64  riscv64  riscv64-linux-gnu      qemu-system-riscv64  qemu-system-riscv64
ppc64le  ppc64el  powerpc64le-linux-gnu  qemu-system-ppc      qemu-system-ppc64
'

readonly sysroot_packages='libc6-dev linux-libc-dev libbpf-dev libelf-dev zlib1g-dev libzstd-dev'

# machine_row NAME: prints its row of the table.
machine_row() {
    awk -v name="$1" '$1 == name' <<<"$machines"
}

machine_names() {
    awk 'NF { printf "%s%s", sep, $1; sep = ", " }' <<<"$machines"
}

# Prints the packages of a machine and the commands that prove that they are there, as the tables of scripts/setup.
packages_of_machine() {
    local gnu package qemu
    read -r _ _ gnu package qemu < <(machine_row "$1")
    printf '%s %s\n' "$package" "$qemu"
    printf 'gcc-%s %s-gcc\n' "$gnu" "$gnu"
}

# missing_sysroots NAME...: prints those that the cache lacks.
missing_sysroots() {
    without_libbpf sysroots "$@"
}

# fetch_cross_libc DIR ARCHITECTURE SUITE: the C library that SUITE has for its own cross compiler, into DIR; false
# where it has none. A newer suite's may be more than the linker takes: Debian 12's crashes over trixie's for riscv64.
fetch_cross_libc() {
    private_apt "$1" "$3" || die "suite $3 could not be read"
    apt-cache -c "$1/conf" show "libc6-dev-$2-cross" >/dev/null 2>&1 || return
    (cd "$1" && quietly apt-get -c "$1/conf" download "libc6-dev-$2-cross") ||
        die "libc6-dev-$2-cross could not be downloaded"
}

# unpack_cross_libc PACKAGE GNU ROOT: what it has for a compiler's own directory goes where a root has it.
unpack_cross_libc() {
    local new=$3/cross
    dpkg-deb -x "$1" "$new" && mkdir -p "$3/usr/lib/$2" "$3/usr/include" &&
        cp -a "$new/usr/$2/lib/." "$3/usr/lib/$2/" && cp -a "$new/usr/$2/include/." "$3/usr/include/" && rm -rf "$new"
}

# fetch_sysroot DIR NAME: from this machine's own suite where that has the architecture, else from trixie, so that the
# libraries are as old as this machine's. It is moved into the cache when it is whole.
fetch_sysroot() {
    local scratch=$1 name=$2 architecture gnu own suite apt place new package libc cross
    read -r _ architecture gnu _ < <(machine_row "$name")
    place=$(user_cache sysroots)
    mkdir -p "$place"
    own=$([[ $(os_release ID) != debian ]] || os_release VERSION_CODENAME)
    for suite in $own trixie; do
        apt=$scratch/$suite-$architecture
        local of=(-o "APT::Architecture=$architecture" -o "APT::Architectures::=$architecture")
        private_apt "$apt" "$suite" "${of[@]}" -o Acquire::Check-Valid-Until=false 2>/dev/null || continue
        # shellcheck disable=SC2086 # the names are words
        (cd "$apt" && quietly apt-get -c "$apt/conf" "${of[@]}" download $sysroot_packages) 2>/dev/null || continue
        libc=() cross=$scratch/$own-$architecture-cross
        if [[ $own && $suite != "$own" ]] && fetch_cross_libc "$cross" "$architecture" "$own"; then
            rm "$apt"/libc6-dev_*.deb
            libc=("$cross"/*.deb)
        fi
        new=$(mktemp -d "$place/.new.XXXXXX")
        ((${#libc[@]} == 0)) || unpack_cross_libc "${libc[0]}" "$gnu" "$new" ||
            { rm -rf "$new"; die "unpacking ${libc[0]##*/} failed"; }
        for package in "$apt"/*.deb; do
            dpkg-deb -x "$package" "$new" || { rm -rf "$new"; die "unpacking ${package##*/} failed"; }
        done
        chmod 755 "$new"
        printf '%s\n' "$apt"/*.deb "${libc[@]}" | sed 's|.*/||' >"$new/packages"
        rm -rf "${place:?}/$name"
        mv -T "$new" "$place/$name"
        say "libraries for $name: those of $suite${libc[0]:+, with the C library of $own}"
        return 0
    done
    die "no suite of Debian's has the static libraries for $name"
}
