namespace Harness.Processes;

/// <summary>Running a <see cref="Command"/> to its end.</summary>
public static class CommandExecution
{
    /// <summary>Runs to the end whatever the exit code.</summary>
    /// <exception cref="CommandException">It could not be started.</exception>
    /// <exception cref="OperationCanceledException">The token was signalled; the process tree is gone.</exception>
    public static async Task<CommandResult> TryExecuteAsync(this Command command, CancellationToken forceful)
    {
        await using var running = RunningCommand.Start(command);
        return await running.WaitAsync(forceful).ConfigureAwait(false);
    }

    /// <summary>Runs to the end; an exit code other than 0 is an error that carries the command line and its output.</summary>
    /// <exception cref="CommandException">It could not be started, or its exit code is not 0.</exception>
    public static async Task<CommandResult> ExecuteAsync(this Command command, CancellationToken forceful)
    {
        var result = await command.TryExecuteAsync(forceful).ConfigureAwait(false);
        return result.IsSuccess ? result : throw new CommandException(result.Describe(), command);
    }

    /// <summary>The path of a program on <c>PATH</c>, or <c>null</c>.</summary>
    public static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(directory => Path.Combine(directory, program))
            .FirstOrDefault(File.Exists);
}
