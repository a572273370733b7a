namespace Harness.Bisection.Commits;

/// <summary>The question cannot be bisected. Nothing was built.</summary>
public sealed class BisectionException(string message) : HarnessException(message, ExitCodes.Usage);
