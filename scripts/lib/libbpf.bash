# shellcheck shell=bash
# Fetches static libbpf of other versions than the machine's, for the `libbpf` axis of a matrix: the libbpf-dev of
# another suite, verified by apt and unpacked into the user's cache, where the harness looks for it. Installs nothing.
#
# scripts/setup sources this file, which uses its `say`, `die`, `quietly` and `user_cache`, and private-apt.bash.

# Oldest suite first; their libbpf versions rise in the same order.
readonly libbpf_suites='bullseye bookworm bookworm-backports trixie trixie-backports forky sid experimental'

# without_libbpf PLACE NAME...: prints those whose directory in that place of the cache has no static libbpf.
without_libbpf() {
    local place name
    place=$(user_cache "$1")
    for name in "${@:2}"; do
        compgen -G "$place/$name/usr/lib/*/libbpf.a" >/dev/null || printf '%s\n' "$name"
    done
}

# missing_libbpf VERSION...: prints those that the cache lacks.
missing_libbpf() {
    without_libbpf libbpf "$@"
}

# keep_libbpf VERSION PACKAGE-VERSION SUITE APT: downloads and unpacks the package, and moves it into the cache when it
# is whole.
keep_libbpf() {
    local version=$1 package=$2 suite=$3 apt=$4 place new
    place=$(user_cache libbpf)
    mkdir -p "$place"
    (cd "$apt" && quietly apt-get -c "$apt/conf" download "libbpf-dev=$package") ||
        die "downloading libbpf-dev $package from $suite failed"
    new=$(mktemp -d "$place/.new.XXXXXX")
    if ! dpkg-deb -x "$apt"/libbpf-dev_*.deb "$new" || ! compgen -G "$new/usr/lib/*/libbpf.a" >/dev/null; then
        rm -rf "$new"
        die "libbpf-dev $package of $suite holds no static libbpf"
    fi
    chmod 755 "$new"
    printf 'libbpf-dev %s (%s)\n' "$package" "$suite" >"$new/package"
    rm -rf "${place:?}/$version"
    mv -T "$new" "$place/$version"
    say "libbpf $version: libbpf-dev $package of $suite"
}

# fetch_libbpf DIR VERSION...: asks one suite after the other until all are found.
fetch_libbpf() {
    local scratch=$1 wanted=("${@:2}") left suite apt package upstream version seen=()
    [[ $(debian_uri) ]] || die 'no Debian archive is known here: run apt-get update as root, or set HARNESS_MIRROR'
    say "fetching static libbpf: ${*:2}"
    for suite in $libbpf_suites; do
        apt=$scratch/$suite
        # An old suite such as bullseye will leave the mirrors one day, so a suite that cannot be read is passed over.
        # An index past its Valid-Until date is accepted: the version is asked for by name, so an old list does no harm.
        private_apt "$apt" "$suite" -o Acquire::Check-Valid-Until=false 2>/dev/null ||
            { say "suite $suite cannot be read; going on"; continue; }
        package=$(apt-cache -c "$apt/conf" madison libbpf-dev | awk -F ' *[|] *' '!found++ { print $2 }')
        [[ $package ]] || continue
        [[ ${package#*:} =~ ^([0-9]+\.[0-9]+) ]] || continue
        upstream=${BASH_REMATCH[1]}
        [[ ${seen[*]-} == *"$upstream" ]] || seen+=("$upstream")
        left=()
        for version in "${wanted[@]}"; do
            if [[ $version == "$upstream" ]]; then
                keep_libbpf "$version" "$package" "$suite" "$apt"
            else
                left+=("$version")
            fi
        done
        wanted=("${left[@]}")
        rm -rf "$apt"
        ((${#wanted[@]})) || return 0
    done
    die "no suite of Debian's holds libbpf ${wanted[*]}; they hold: ${seen[*]:-none}"
}
