# shellcheck shell=bash
# Debian's packages of kernel sources, for the scripts beside this file, which set `here` and `repo` and have `die`.

quietly() { "$@" >/dev/null; }
# shellcheck source=/dev/null
os_release() { (. /etc/os-release && printf '%s' "${!1-}"); }
# shellcheck source=scripts/lib/private-apt.bash
. "${repo:?}/scripts/lib/private-apt.bash"

# Suites of Debian beside this machine's own, in which a series may be.
readonly suites='bullseye bookworm bookworm-backports trixie trixie-backports sid experimental'

# Prints the package of a series that lies in DIRECTORY; the newest, where there are several.
package_of() { # DIRECTORY SERIES
    compgen -G "$1/linux-source-$2_*.deb" | sort --version-sort | tail -1
}

# Downloads linux-source-SERIES into DIRECTORY, unless it lies there.
fetch_source() { # DIRECTORY SERIES
    local suite
    [[ -z $(package_of "$1" "$2") ]] || return 0
    (cd "$1" && apt-get -qq download "linux-source-$2" 2>/dev/null) && [[ $(package_of "$1" "$2") ]] && return
    for suite in $suites; do
        private_apt "$1/apt-$suite" "$suite" || continue
        if apt-cache -c "$1/apt-$suite/conf" show "linux-source-$2" >/dev/null 2>&1; then
            (cd "$1" && apt-get -qq -c "$1/apt-$suite/conf" download "linux-source-$2") && return
        fi
    done
    die "no suite has linux-source-$2"
}

# Unpacks the tree of a series into an empty directory.
unpack_source() { # DIRECTORY SERIES TREE
    local package=$1/package-$2
    rm -rf "$package"
    dpkg-deb -x "$(package_of "$1" "$2")" "$package"
    tar -xf "$package/usr/src/linux-source-$2".tar.* -C "$3" --strip-components=1
    rm -rf "$package"
}

# Gives REPOSITORY a history of whole trees: a commit for each series, oldest first, with the tag vSERIES, as
# linux-source-SERIES of DIRECTORY has it. A tree that the repository holds as refs/trees/SERIES is taken from there.
make_releases() { # DIRECTORY REPOSITORY SERIES...
    local dir=$1 git=$2/.git series parent=
    shift 2
    [[ -d $git ]] || git init -q "${git%/.git}"
    for series; do
        git --git-dir="$git" rev-parse -q --verify "refs/trees/$series" >/dev/null || add_tree "$dir" "$git" "$series"
    done
    for series in $(git --git-dir="$git" for-each-ref --format='%(refname:lstrip=2)' refs/trees |
        sort --version-sort); do
        parent=$(GIT_AUTHOR_DATE='1700000000 +0000' GIT_COMMITTER_DATE='1700000000 +0000' \
            git --git-dir="$git" -c user.name=Debian -c user.email=debian@example.org commit-tree \
            ${parent:+-p "$parent"} -m "Linux $series, as Debian ships it" "refs/trees/$series")
        git --git-dir="$git" update-ref "refs/tags/v$series" "$parent"
    done
}

# Puts the tree of a series into a repository, as refs/trees/SERIES.
add_tree() { # DIRECTORY GIT-DIRECTORY SERIES
    local tree=$1/unpacked
    fetch_source "$1" "$3"
    rm -rf "$tree" "$tree.index"
    mkdir "$tree"
    unpack_source "$1" "$3" "$tree"
    GIT_INDEX_FILE=$tree.index git --git-dir="$2" --work-tree="$tree" -c gc.auto=0 add --force --all
    git --git-dir="$2" update-ref "refs/trees/$3" "$(GIT_INDEX_FILE=$tree.index git --git-dir="$2" write-tree)"
    rm -rf "$tree" "$tree.index"
}
