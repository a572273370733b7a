# shellcheck shell=bash
# Installs scripts/nightly as a systemd timer, for a user or for the system.
#
# Sourced by scripts/nightly; uses its `repo`, `results`, `site`, `say` and `die`.
# shellcheck disable=SC2154

units_directory() {
    if [[ $1 == system ]]; then
        printf '%s/etc/systemd/system\n' "${DESTDIR-}"
    else
        printf '%s/systemd/user\n' "${XDG_CONFIG_HOME:-$HOME/.config}"
    fi
}

# systemctl_for SCOPE ARGUMENT...
systemctl_for() {
    systemctl "--$1" "${@:2}"
}

# A word of a unit file, quoted, in which neither specifiers nor variables are filled in (systemd.syntax(7), systemd.service(5)).
unit_word() {
    local word=$1
    [[ $word != *$'\n'* ]] || die 'a unit file holds no option with a line break'
    word=${word//\\/\\\\}
    word=${word//\"/\\\"}
    word=${word//%/%%}
    [[ ${2-} != command ]] || word=${word//\$/\$\$}
    printf '"%s"' "$word"
}

unit_command() {
    local word
    unit_word "$repo/scripts/nightly" command
    for word; do printf ' %s' "$(unit_word "$word" command)"; done
}

# What the shell that installs knows and systemd does not: where dotnet lies, and which archive to use.
unit_environment() {
    local name
    for name in PATH DOTNET_ROOT HARNESS_MIRROR XDG_CACHE_HOME; do
        [[ -z ${!name-} ]] || printf 'Environment=%s\n' "$(unit_word "$name=${!name}")"
    done
}

# fill TEMPLATE: replaces @NAME@ by what `fill_with[NAME]` holds.
fill() {
    local text name
    text=$(<"$1")
    for name in "${!fill_with[@]}"; do text=${text//"@$name@"/"${fill_with[$name]}"}; done
    printf '%s\n' "$text"
}

# install_units SCOPE WHEN OPTION...
install_units() {
    local scope=$1 at=$2 directory user home cache groups=''
    local -A fill_with
    directory=$(units_directory "$scope")
    user=$(stat -c %U "$repo")
    [[ $scope == system ]] || user=$(id -un)
    home=$(getent passwd "$user" | cut -d: -f6)
    cache=${XDG_CACHE_HOME:-$home/.cache}/kernel-harness
    ! getent group kvm >/dev/null || groups='SupplementaryGroups=kvm'
    fill_with=(
        [COMMAND]=$(unit_command "${@:3}") [ENVIRONMENT]=$(unit_environment) [DIRECTORY]=${repo//%/%%} [CALENDAR]=${at//%/%%}
        [USER]=${user//%/%%} [GROUPS]=$groups
        [WRITABLE]="$(unit_word "$repo") $(unit_word "-$results") $(unit_word "-$site") $(unit_word "-$cache")"
        [HOME]=${home//%/%%}
    )
    # A sandbox lets a path be written to only if it is there.
    local writable
    for writable in "$results" "$site" "$cache"; do
        [[ -d $writable ]] || if [[ $scope == user ]]; then mkdir -p "$writable"; else install -d -o "$user" "$writable"; fi
    done
    mkdir -p "$directory"
    fill "$repo/scripts/systemd/harness-nightly.service" >"$directory/harness-nightly.service"
    fill "$repo/scripts/systemd/harness-nightly.timer" >"$directory/harness-nightly.timer"
    if [[ $scope == system ]]; then
        mkdir -p "$directory/harness-nightly.service.d"
        fill "$repo/scripts/systemd/system.conf" >"$directory/harness-nightly.service.d/system.conf"
    fi
    say "wrote $directory/harness-nightly.{service,timer}"
    if ! systemctl_for "$scope" daemon-reload || ! systemctl_for "$scope" enable --now harness-nightly.timer; then
        say "the timer could not be started (above); once systemd runs: systemctl --$scope enable --now harness-nightly.timer"
        return 3
    fi
    [[ $scope == system ]] || say "to run without a login, too: loginctl enable-linger $user"
}

uninstall_units() {
    local scope=$1 directory
    directory=$(units_directory "$scope")
    systemctl_for "$scope" disable --now harness-nightly.timer || say 'the timer could not be stopped (above)'
    rm -f "$directory"/harness-nightly.{service,timer} "$directory/harness-nightly.service.d/system.conf"
    rmdir "$directory/harness-nightly.service.d" 2>/dev/null || true
    systemctl_for "$scope" daemon-reload || true
    say "removed $directory/harness-nightly.{service,timer}; runs, the site and the history stay"
}
