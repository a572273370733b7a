#!/bin/sh
# Prints the newest kernel that the harness has unpacked into its cache: images/KEY/image.json has the version and the
# hash of an image, and vmlinux/HASH is that image unpacked. Prints nothing where there is none.
cache=${XDG_CACHE_HOME:-$HOME/.cache}/kernel-harness
for about in "$cache"/images/*/image.json; do
    [ -e "$about" ] || continue
    version=$(sed -n 's/^ *"version": "\([^"]*\)".*/\1/p' "$about")
    hash=$(sed -n 's/^ *"sha256": "\([^"]*\)".*/\1/p' "$about")
    [ ! -e "$cache/vmlinux/$hash" ] || echo "$version $cache/vmlinux/$hash"
done | sort -V | tail -n 1 | cut -d ' ' -f 2-
