# Completion of the harness's command line in fish: scripts/harness completion fish | source
# The harness itself says what can stand at the cursor, beside the names of files that fish completes.

function __harness_complete
    set -l command (commandline -opc)[1]
    set -l line (commandline -cp | string replace -r '^\s*\S+' harness)
    env HARNESS_BUILT=1 $command "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null
end
complete -c harness -a '(__harness_complete)'
