# shellcheck shell=bash
# Builds and starts the harness of a checkout, or starts that of a release.
#
# Sourced by scripts/harness and scripts/nightly; uses their `repo`.
# shellcheck disable=SC2154

# Under `make run` these variables describe the outer make and its job server; the make below must not use them.
unset MAKEFLAGS MFLAGS MAKELEVEL

# Otherwise bash would give COLUMNS the width of the terminal, whatever a user has set, once it has run a program.
shopt -u checkwinsize

# A release has the built harness with its runtime, and nothing to build it from.
readonly released=$repo/lib/harness/harness

# build_harness: builds what has changed. When that fails, it says why on standard error and returns 2.
#
# HARNESS_BUILT=1 says that nothing has changed, so that not even make is asked: the tests build once, and then start
# the harness many times.
build_harness() {
    local output
    [[ ${HARNESS_BUILT-} != 1 && ! -e $released ]] || return 0
    # When nothing has changed, this check is all that runs, and no lock is taken: many nodes may share one clone.
    if make -q -C "$repo" build >/dev/null 2>&1; then return; fi
    [[ ! -t 2 ]] || printf 'harness: building…\n' >&2
    # One build at a time. -o closes the lock in the child, so that a compiler server left running does not hold it.
    if ! output=$(flock -o "$repo/Makefile" make -s -j2 -C "$repo" build 2>&1 </dev/null); then
        printf '%s\n' "$output" >&2
        # A missing tool shows in a build's output in many ways, so ask scripts/setup whether anything is missing.
        "$repo/scripts/setup" --check >/dev/null ||
            printf 'harness: tools are missing (above): run scripts/setup\n' >&2
        printf 'harness: the build failed (above); nothing was run\n' >&2
        return 2
    fi
}

# exec_harness ARGUMENT...: becomes the harness.
exec_harness() {
    # The runtime's diagnostics port is off: nothing here uses it, and opening it costs time at start.
    export DOTNET_EnableDiagnostics=0 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
    [[ ! -e $released ]] || exec "$released" "$@"
    PATH=${DOTNET_ROOT:+$DOTNET_ROOT:}$PATH
    exec dotnet "$repo/harness/bin/Release/publish/harness.dll" "$@"
}
