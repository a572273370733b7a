namespace Harness.Processes;

/// <summary>How a program ended.</summary>
/// <param name="ExitCode">Its exit code; <see cref="SignalBase"/> + N when signal N ended it.</param>
/// <param name="Output">Standard output, empty when it went to a file.</param>
/// <param name="Error">Standard error, empty when it went to a file.</param>
public sealed record CommandResult(Command Command, int ExitCode, string Output, string Error, TimeSpan Duration)
{
    /// <summary>Of a shell's exit codes, those above it name the signal that ended the process.</summary>
    public const int SignalBase = 128;

    public bool IsSuccess => ExitCode == 0;

    /// <summary>The signal that ended it; <c>null</c> when it ended by itself.</summary>
    public int? Signal => SignalOf(ExitCode);

    /// <summary>The signal that an exit code names; <c>null</c> when it names none.</summary>
    public static int? SignalOf(int exitCode) => exitCode > SignalBase ? exitCode - SignalBase : null;

    /// <summary>The command, its exit code and the last lines of what it said: what an error message needs.</summary>
    public string Describe()
    {
        var said = (Error.Trim().Length > 0 ? Error : Output).Trim();
        var lines = said.Split('\n');
        var tail = string.Join('\n', lines.Skip(Math.Max(0, lines.Length - 10)));
        return $"`{Command}` exited with {ExitCode}" + (tail.Length > 0 ? $": {tail}" : "");
    }
}
