# shellcheck shell=bash
# An apt of its own, for packages of another suite than this machine's. It has its own sources, lists, cache and
# preferences, so that the machine's are neither changed nor obeyed (a default release or a pin would get in the way);
# proxies and credentials, which live elsewhere in the configuration, still hold. apt verifies as always: the suite's
# signature against Debian's keyring, and each package by its hash. No privilege is needed.
#
# Sourced by scripts/setup; uses its `quietly` and `os_release`.

# The URI of Debian's main archive: the one given, else the one that this machine already uses, else the one that
# python-apt-common knows, for machines that are not Debian. The machine's is read from the indexes that apt holds, so
# one-line and deb822 sources, mirror lists and aliases as `oldstable` are all resolved.
debian_uri() {
    if [[ ${HARNESS_MIRROR-} ]]; then
        printf '%s\n' "$HARNESS_MIRROR"
    elif [[ $(os_release ID) == debian ]]; then
        # shellcheck disable=SC2016 # apt-get fills these in
        apt-get indextargets --format '$(CODENAME) $(ORIGIN) $(REPO_URI)' 'Created-By: Packages' |
            awk -v base="$(os_release VERSION_CODENAME)" '$1 == base && $2 == "Debian" && $3 !~ /^cdrom:/ && !found++ { print $3 }'
    else
        awk '/^[a-z]+:\/\// && !found++' /usr/share/python-apt/templates/Debian.mirrors 2>/dev/null
    fi
}

# private_apt DIR SUITE: makes an apt in DIR that knows this suite alone, and reads its lists. `apt-get -c DIR/conf` and
# `apt-cache -c DIR/conf` use it.
private_apt() {
    local apt=$1 suite=$2 uri
    uri=$(debian_uri)
    [[ $uri ]] || { printf 'no Debian archive is known here: run apt-get update, or set HARNESS_MIRROR\n' >&2; return 1; }
    mkdir -p "$apt/lists/partial" "$apt/cache/archives/partial"
    cat >"$apt/suite.sources" <<SOURCES
Types: deb
URIs: $uri
Suites: $suite
Components: main
Targets: Packages
Languages: none
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
SOURCES
    cat >"$apt/conf" <<CONF
Dir::Etc::SourceList "$apt/suite.sources";
Dir::Etc::SourceParts "/dev/null";
Dir::Etc::Preferences "/dev/null";
Dir::Etc::PreferencesParts "/dev/null";
Dir::State::Lists "$apt/lists";
Dir::Cache "$apt/cache";
APT::Default-Release "$suite";
#clear APT::Update::Pre-Invoke;
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
CONF
    # As root, apt fetches as the user _apt, who must be able to write here.
    ((EUID == 0)) && id _apt >/dev/null 2>&1 && chown _apt "$apt" "$apt/lists/partial" "$apt/cache/archives/partial"
    quietly apt-get -c "$apt/conf" "${@:3}" update
}
