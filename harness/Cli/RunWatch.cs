using Harness.Analysis;
using Harness.Runs;

namespace Harness.Cli;

/// <summary>
/// <c>harness run --watch</c>: a run, and another whenever a file that it is about changes, each compared with the one
/// before.
/// </summary>
internal sealed class RunWatch(Terminal terminal, FileWatch watch)
{
    /// <param name="options">Of the first run.</param>
    /// <param name="run">Makes one run; gives its directory and its exit code.</param>
    /// <returns>
    /// The exit code of the last run that was made, when it is interrupted while it waits; else 130, or what an error
    /// of the first run answers. An error of a later one is told, and the next change waited for.
    /// </returns>
    public async Task<int> RunAsync(
        RunOptions options, Func<RunOptions, CancellationToken, Task<(string Directory, int ExitCode)>> run,
        CancellationToken cancellation)
    {
        await watch.TakeAsync(cancellation).ConfigureAwait(false);
        var last = await run(options, cancellation).ConfigureAwait(false);
        while (last.ExitCode != ExitCodes.Interrupted)
        {
            if (await ChangesAsync(cancellation).ConfigureAwait(false) is not { } changes)
            {
                return last.ExitCode;
            }
            foreach (var change in changes)
            {
                terminal.Line(change);
            }
            try
            {
                last = await run(options with { Baseline = last.Directory }, cancellation).ConfigureAwait(false);
            }
            catch (HarnessException e)
            {
                terminal.Error(e.Message);
            }
        }
        return last.ExitCode;
    }

    /// <returns><c>null</c> when it is interrupted.</returns>
    private async Task<IReadOnlyList<string>?> ChangesAsync(CancellationToken cancellation)
    {
        terminal.Line($"watching {Words.Count(watch.Count, "file")}; Ctrl-C ends it");
        try
        {
            return await watch.NextAsync(cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }
}
