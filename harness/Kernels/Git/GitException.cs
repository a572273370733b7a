namespace Harness.Kernels.Git;

/// <summary>
/// What was asked of a git repository cannot be: no such directory, no such revision. Nothing was built.
/// </summary>
public sealed class GitException(string message) : HarnessException(message, ExitCodes.Usage);
