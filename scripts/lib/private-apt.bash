# shellcheck shell=bash
# A separate apt for packages of another suite than this machine's. It has its own sources, lists, cache and
# preferences, so it neither changes nor obeys the machine's (a default release or a pin would get in the way). Proxies
# and credentials stand elsewhere in apt's configuration and still hold. apt verifies as always: the suite's signature
# against Debian's keyring, and each package by its hash. No privilege is needed.
#
# scripts/setup sources this file, which uses its `quietly` and `os_release`.

# Prints the URI of Debian's main archive: $HARNESS_MIRROR, else the URI that this machine already uses, else (on a
# machine that is not Debian) the one that python-apt-common knows. The machine's URI is read from the indexes that apt
# holds, so that one-line and deb822 sources, mirror lists and aliases such as `oldstable` all work.
debian_uri() {
    if [[ ${HARNESS_MIRROR-} ]]; then
        printf '%s\n' "$HARNESS_MIRROR"
    elif [[ $(os_release ID) == debian ]]; then
        # shellcheck disable=SC2016 # apt-get fills these in
        apt-get indextargets --format '$(CODENAME) $(ORIGIN) $(REPO_URI)' 'Created-By: Packages' |
            awk -v base="$(os_release VERSION_CODENAME)" \
                '$1 == base && $2 == "Debian" && $3 !~ /^cdrom:/ && !found++ { print $3 }'
    else
        awk '/^[a-z]+:\/\// && !found++' /usr/share/python-apt/templates/Debian.mirrors 2>/dev/null
    fi
}

# private_apt DIR SUITE [OPTION...]: makes an apt in DIR that knows only this suite, and updates its lists, with the
# given options of apt-get. `apt-get -c DIR/conf` and `apt-cache -c DIR/conf` use it.
private_apt() {
    local apt=$1 suite=$2 uri
    uri=$(debian_uri)
    if [[ -z $uri ]]; then
        printf 'no Debian archive is known here: run apt-get update, or set HARNESS_MIRROR\n' >&2
        return 1
    fi
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
    # When root calls apt, it downloads as the user _apt, who must be able to write here.
    ((EUID == 0)) && id _apt >/dev/null 2>&1 && chown _apt "$apt" "$apt/lists/partial" "$apt/cache/archives/partial"
    quietly apt-get -c "$apt/conf" "${@:3}" update
}
