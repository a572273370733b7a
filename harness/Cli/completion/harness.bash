# shellcheck shell=bash
# Completion of the harness's command line in bash: source <(scripts/harness completion bash)
# The harness itself says what can stand at the cursor; where it says nothing, bash completes names of files.

_harness() {
    local line=${COMP_LINE:0:COMP_POINT} word=${COMP_WORDS[COMP_CWORD]} found
    COMPREPLY=()
    # Whatever the command is called here, its own name for itself is harness.
    line="harness${line#"${COMP_WORDS[0]}"}"
    while IFS= read -r found; do
        # Bash takes an = for the end of a word: `--format=` and its value are two.
        [[ $word != '=' ]] || word=''
        [[ $found != "$word"* ]] || COMPREPLY+=("$found")
    done < <(HARNESS_BUILT=1 "${COMP_WORDS[0]}" "[suggest:${#line}]" "$line" 2>/dev/null)
}
complete -o bashdefault -o default -F _harness harness
