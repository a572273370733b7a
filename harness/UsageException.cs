namespace Harness;

/// <summary>The command line, a file that it names, or this machine's set-up is at fault. Nothing was run.</summary>
public sealed class UsageException(string message) : HarnessException(message, ExitCodes.Usage);
