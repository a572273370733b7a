namespace Harness;

/// <summary>
/// A failure that ends the program: its message is printed to standard error, without a stack trace, and the program
/// exits with <see cref="ExitCode"/>. Every exception type of this project derives from it.
/// </summary>
public abstract class HarnessException(string message, int exitCode, Exception? inner = null)
    : Exception(message, inner)
{
    /// <summary>One of <see cref="ExitCodes"/>.</summary>
    public int ExitCode { get; } = exitCode;
}
