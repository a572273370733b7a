# shellcheck shell=bash
# What kernels of another machine take: its QEMU, Debian's cross compiler, and the static libraries that the guest's
# programs are linked with. Those are Debian's for that architecture, verified by apt and unpacked into the user's
# cache, where bpf/Makefile looks for them. dpkg of this machine learns of no other architecture.
#
# scripts/setup sources this file, which uses its `say`, `die`, `quietly`, `user_cache` and `os_release`,
# libbpf.bash and private-apt.bash.

# `uname -m` there, Debian's name, GNU's name, and the package of its QEMU.
readonly machines='
aarch64  arm64    aarch64-linux-gnu      qemu-system-arm
s390x    s390x    s390x-linux-gnu        qemu-system-misc
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
    local name gnu qemu
    read -r name _ gnu qemu < <(machine_row "$1")
    printf '%s qemu-system-%s\n' "$qemu" "$name"
    printf 'gcc-%s %s-gcc\n' "$gnu" "$gnu"
}

# missing_sysroots NAME...: prints those that the cache lacks.
missing_sysroots() {
    without_libbpf sysroots "$@"
}

# fetch_sysroot DIR NAME: from this machine's own suite where that has the architecture, else from trixie, so that the
# libraries are as old as this machine's. It is moved into the cache when it is whole.
fetch_sysroot() {
    local scratch=$1 name=$2 architecture suite apt place new package
    read -r _ architecture _ < <(machine_row "$name")
    place=$(user_cache sysroots)
    mkdir -p "$place"
    for suite in $([[ $(os_release ID) != debian ]] || os_release VERSION_CODENAME) trixie; do
        apt=$scratch/$suite-$architecture
        local of=(-o "APT::Architecture=$architecture" -o "APT::Architectures::=$architecture")
        private_apt "$apt" "$suite" "${of[@]}" -o Acquire::Check-Valid-Until=false 2>/dev/null || continue
        # shellcheck disable=SC2086 # the names are words
        (cd "$apt" && quietly apt-get -c "$apt/conf" "${of[@]}" download $sysroot_packages) 2>/dev/null || continue
        new=$(mktemp -d "$place/.new.XXXXXX")
        for package in "$apt"/*.deb; do
            dpkg-deb -x "$package" "$new" || { rm -rf "$new"; die "unpacking ${package##*/} failed"; }
        done
        chmod 755 "$new"
        (cd "$apt" && printf '%s\n' *.deb) >"$new/packages"
        rm -rf "${place:?}/$name"
        mv -T "$new" "$place/$name"
        say "libraries for $name: those of $suite"
        return 0
    done
    die "no suite of Debian's has the static libraries for $name"
}
