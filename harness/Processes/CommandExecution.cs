using CliWrap;

namespace Harness.Processes;

/// <summary>Runs a <see cref="Command"/> to its end.</summary>
public static class CommandExecution
{
    /// <summary>Runs to the end whatever the exit code.</summary>
    /// <param name="cancellation">Kills the process tree.</param>
    /// <exception cref="CommandException">The program could not be started, or its output not be written.</exception>
    /// <exception cref="OperationCanceledException">The token was signalled; the process tree is gone.</exception>
    public static async Task<FinishedCommand> TryRunAsync(this Command command, CancellationToken cancellation)
    {
        await using var running = RunningCommand.Start(command);
        return await running.WaitAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Runs to the end; an exit code other than 0 is an error that carries command line and output.</summary>
    /// <param name="cancellation">Kills the process tree.</param>
    /// <exception cref="CommandException">It could not be started, or its exit code is not 0.</exception>
    /// <exception cref="OperationCanceledException">The token was signalled; the process tree is gone.</exception>
    public static async Task<FinishedCommand> RunAsync(this Command command, CancellationToken cancellation)
    {
        var finished = await command.TryRunAsync(cancellation).ConfigureAwait(false);
        return finished.IsSuccess ? finished : throw new CommandException(finished.Describe(), command);
    }

    /// <summary>The path of a program on <c>PATH</c>; <c>null</c> when there is none.</summary>
    public static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(directory => Path.Combine(directory, program))
            .FirstOrDefault(File.Exists);
}
