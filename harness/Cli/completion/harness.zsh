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
compdef _harness harness
