namespace Harness.Nights;

/// <summary>How one verb of the harness ended.</summary>
/// <param name="ExitCode">Its exit code; 128 + N when signal N ended a process of its own.</param>
/// <param name="Output">What it wrote to standard output and to standard error.</param>
public sealed record VerbResult(int ExitCode, string Output);

/// <summary>Runs one verb of the harness and waits for its end.</summary>
/// <param name="arguments">The command line behind <c>harness</c>, the verb first.</param>
public delegate Task<VerbResult> VerbRunner(IReadOnlyList<string> arguments, CancellationToken cancellation);
