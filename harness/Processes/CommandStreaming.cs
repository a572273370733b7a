using CliWrap;

namespace Harness.Processes;

/// <summary>Reads a <see cref="Command"/>'s output while it runs, for output that is too large to keep.</summary>
public static class CommandStreaming
{
    /// <summary>
    /// Runs to the end whatever the exit code, and hands the output to a reader. A reader that returns before the end
    /// closes the pipe, so the program usually ends by SIGPIPE, and its exit code means nothing.
    /// </summary>
    /// <returns>What the reader made of the output, and how the program ended.</returns>
    /// <exception cref="CommandException">
    /// The program could not be started, or something that it left running holds its output open.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was signalled; the process tree is gone.</exception>
    public static async Task<(T Value, FinishedCommand Finished)> ReadOutputAsync<T>(
        this Command command, Func<Stream, Task<T>> read, CancellationToken cancellation)
    {
        var value = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var finished = await command.WithStandardOutputReader(ReadAsync).TryRunAsync(cancellation)
            .ConfigureAwait(false);
        return (await value.Task.ConfigureAwait(false), finished);

        async Task ReadAsync(Stream output)
        {
            try
            {
                // A reader may block, and whoever starts a program waits until its output is being read.
                value.SetResult(
                    await Task.Run(() => read(new ProgramOutput(output, command)), CancellationToken.None)
                        .ConfigureAwait(false));
            }
            catch (Exception e)
            {
                // The caller gets the exception once the program has ended.
                value.SetException(e);
            }
        }
    }
}
