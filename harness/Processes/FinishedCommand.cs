using CliWrap;
using CliWrap.Buffered;

namespace Harness.Processes;

/// <summary>
/// How a program ended: CliWrap's result, and what an error message needs. The exit code is
/// <see cref="SignalBase"/> + N when signal N ended the program. Output that went elsewhere is empty here.
/// </summary>
public sealed class FinishedCommand(Command command, CommandResult result, string output, string error)
    : BufferedCommandResult(result.ExitCode, result.StartTime, result.ExitTime, output, error)
{
    /// <summary>Exit codes above this one name the signal that ended the process, as a shell's do.</summary>
    public const int SignalBase = 128;

    private const int LinesInMessage = 10;

    public Command Command { get; } = command;

    /// <summary>The signal that ended the program; <c>null</c> when it ended by itself.</summary>
    public int? Signal => SignalOf(ExitCode);

    /// <summary>The signal that an exit code names; <c>null</c> when it names none.</summary>
    public static int? SignalOf(int exitCode) => exitCode > SignalBase ? exitCode - SignalBase : null;

    /// <summary>The command line, its exit code and the last lines of its output, for an error message.</summary>
    public string Describe()
    {
        var output = (StandardError.Trim().Length > 0 ? StandardError : StandardOutput).Trim();
        var tail = string.Join('\n', output.Split('\n').TakeLast(LinesInMessage));
        return $"`{Command.ToShell()}` exited with {ExitCode}" + (tail.Length > 0 ? $": {tail}" : "");
    }
}
