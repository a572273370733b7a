namespace Harness.Probes;

/// <summary>A native program is missing, cannot be built, or does not answer as bpf/README.md says.</summary>
public sealed class ProgramException(string message, Exception? inner = null)
    : HarnessException(message, ExitCodes.Usage, inner);
