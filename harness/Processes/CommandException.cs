using CliWrap;

namespace Harness.Processes;

/// <summary>A program could not be started, or ended with an error where only success makes sense.</summary>
public sealed class CommandException(string message, Command command, Exception? inner = null)
    : HarnessException(message, ExitCodes.NotTestable, inner)
{
    public Command Command { get; } = command;
}
