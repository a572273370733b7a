# shellcheck shell=bash
# What a bisection must leave as it was in a repository, for test-bisect, which sets `linux` and has `die`.

before='' others=''

# What is the user's: the tree, the index, all refs, and the worktrees but those of bisections.
state() {
    git -C "${linux:?}" status --porcelain=v2 --branch
    git -C "$linux" for-each-ref
    git -C "$linux" worktree list --porcelain | sed '/^worktree .*\/harness-bisect-/,/^$/d'
}

# The worktrees of bisections. One that was interrupted leaves its own, with which the same command goes on. Later ones
# remove the repository's note of it, once its directory is gone.
bisections() { git -C "$linux" worktree list --porcelain | sed -n '/^worktree .*\/harness-bisect-/p' | sort; }

remember() { before=$(state) others=$(bisections); }

unchanged() { # WHAT
    [[ $(state) == "$before" ]] || die "$1: the tree is not what it was"
    [[ -z $(comm -13 <(printf '%s\n' "$others") <(bisections)) ]] || die "$1: it left its worktree"
}
