using System.Globalization;
using CliWrap;

namespace Harness.Processes;

/// <summary>Runs a <see cref="Command"/> to its end.</summary>
public static class CommandExecution
{
    /// <summary>
    /// How long a program may take where its caller names no limit. A program that hangs, or that somebody has stopped,
    /// is killed then, so that no wait is for ever.
    /// </summary>
    public static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(30);

    /// <summary>For programs that build or fetch a kernel's source, and for locks that wait for them.</summary>
    public static readonly TimeSpan LongestBuild = TimeSpan.FromHours(24);

    /// <summary>Runs to the end whatever the exit code.</summary>
    /// <param name="cancellation">Kills the process tree.</param>
    /// <param name="limit">After it the process tree is killed; <see cref="LongestRun"/> by default.</param>
    /// <exception cref="CommandException">
    /// The program could not be started, did not end within the limit, or its output could not be written.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was signalled; the process tree is gone.</exception>
    public static async Task<FinishedCommand> TryRunAsync(
        this Command command, CancellationToken cancellation, TimeSpan? limit = null)
    {
        var longest = limit ?? LongestRun;
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await using var running = RunningCommand.Start(command);
        bounded.CancelAfter(longest);
        try
        {
            return await running.WaitAsync(bounded.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            var message = string.Create(
                CultureInfo.InvariantCulture,
                $"`{command.ToShell()}` did not end within {longest.TotalSeconds:0.#} s and was killed");
            throw new CommandException(message, command);
        }
    }

    /// <summary>The same; when it is cancelled, what the program has started may tidy up before it ends.</summary>
    /// <param name="cancellation">Ends what runs below the program; a few seconds later it kills the tree.</param>
    /// <exception cref="CommandException">As above.</exception>
    /// <exception cref="OperationCanceledException">The token was signalled; the process tree is gone.</exception>
    public static async Task<FinishedCommand> TryRunToTidyAsync(
        this Command command, CancellationToken cancellation, TimeSpan? limit = null)
    {
        cancellation.ThrowIfCancellationRequested();
        await using var running = RunningCommand.Start(command);
        var ended = running.WaitAsync(CancellationToken.None);
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        bounded.CancelAfter(limit ?? LongestRun);
        try
        {
            return await ended.WaitAsync(bounded.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (bounded.IsCancellationRequested)
        {
            await running.EndBelowAsync().ConfigureAwait(false);
            cancellation.ThrowIfCancellationRequested();
            throw new CommandException($"`{command.ToShell()}` did not end in time and was ended", command);
        }
    }

    /// <summary>Runs to the end; an exit code other than 0 is an error that carries command line and output.</summary>
    /// <param name="cancellation">Kills the process tree.</param>
    /// <param name="limit">After it the process tree is killed; <see cref="LongestRun"/> by default.</param>
    /// <exception cref="CommandException">
    /// It could not be started, did not end within the limit, or its exit code is not 0.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was signalled; the process tree is gone.</exception>
    public static async Task<FinishedCommand> RunAsync(
        this Command command, CancellationToken cancellation, TimeSpan? limit = null)
    {
        var finished = await command.TryRunAsync(cancellation, limit).ConfigureAwait(false);
        return finished.IsSuccess ? finished : throw new CommandException(finished.Describe(), command);
    }

    /// <summary>The path of a program on <c>PATH</c>; <c>null</c> when there is none.</summary>
    public static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(directory => Path.Combine(directory, program))
            .FirstOrDefault(File.Exists);
}
