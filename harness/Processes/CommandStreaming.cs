namespace Harness.Processes;

/// <summary>Reading a <see cref="Command"/>'s output while it runs, for output that is too large to keep.</summary>
public static class CommandStreaming
{
    /// <summary>
    /// Runs to the end whatever the exit code, and hands the output to a reader. A reader that returns before the end
    /// closes the pipe, so that the program usually ends by SIGPIPE: its exit code then says nothing.
    /// </summary>
    /// <returns>What the reader made of the output, and how the program ended.</returns>
    /// <exception cref="CommandException">It could not be started.</exception>
    /// <exception cref="OperationCanceledException">The token was signalled; the process tree is gone.</exception>
    public static async Task<(T Value, CommandResult Result)> ReadOutputAsync<T>(
        this Command command, Func<Stream, Task<T>> read, CancellationToken forceful)
    {
        var value = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var result = await command.WithStandardOutputReader(ReadAsync).TryExecuteAsync(forceful).ConfigureAwait(false);
        return (await value.Task.ConfigureAwait(false), result);

        async Task ReadAsync(Stream output)
        {
            try
            {
                value.SetResult(await read(output).ConfigureAwait(false));
            }
            catch (Exception e)
            {
                // The caller gets it once the program has ended.
                value.SetException(e);
            }
        }
    }
}
