#compdef harness
# Completion of the harness's command line in zsh: source <(scripts/harness completion zsh)
# The harness itself says what can stand at the cursor; where it says nothing, zsh completes names of files.

_harness() {
    local line="harness ${(j: :)words[2,CURRENT]}"
    local -a found
    found=("${(@f)$(HARNESS_BUILT=1 ${~words[1]} "[suggest:${#line}]" "$line" 2>/dev/null)}")
    found=(${found:#})
    if (($#found)); then compadd -- $found; else _files; fi
}
# A file of that name in fpath is loaded by the first completion, which is to be answered at once.
if [[ ${funcstack[1]-} == _harness ]]; then _harness "$@"; else compdef _harness harness; fi
