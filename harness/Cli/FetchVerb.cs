using System.Collections.Concurrent;
using Harness.Kernels;
using Harness.Runs;
using Spectre.Console;

namespace Harness.Cli;

/// <summary><c>harness fetch</c>: downloads and verifies, boots nothing.</summary>
internal static class FetchVerb
{
    public static System.CommandLine.Command Create(VerbContext context)
    {
        var terminal = context.Terminal;
        var matrix = new MatrixOptions();
        var command = new System.CommandLine.Command("fetch", "Downloads and verifies, or builds, the matrix's kernels, and boots nothing.");
        matrix.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var resolver = new MatrixResolver(context.Workspace, context.Catalog.Matrix);
            var selection = matrix.Read(parsed);
            var spec = resolver.Load(selection);
            var resolved = await resolver.ResolveAsync(spec, selection, cancellation).ConfigureAwait(false);
            foreach (var note in resolved.Notes)
            {
                terminal.Line($"note: {note}");
            }
            var fine = terminal.IsInteractive
                ? await FetchWithBarsAsync(terminal, resolved.Kernels, cancellation).ConfigureAwait(false)
                : await FetchAsync(terminal, resolved.Kernels, _ => { }, cancellation).ConfigureAwait(false);
            return fine ? ExitCodes.AsExpected : ExitCodes.NotTestable;
        });
        return command;
    }

    private static async Task<bool> FetchWithBarsAsync(Terminal terminal, IReadOnlyList<PlannedKernel> kernels, CancellationToken cancellation) =>
        await terminal.Console.Progress().AutoClear(true).HideCompleted(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new DownloadedColumn(), new TransferSpeedColumn())
            .StartAsync(async context =>
            {
                var bars = new ConcurrentDictionary<string, ProgressTask>(StringComparer.Ordinal);
                return await FetchAsync(terminal, kernels, Draw, cancellation).ConfigureAwait(false);

                void Draw(RunEvent happened)
                {
                    if (happened is RunEvent.Building building)
                    {
                        bars.GetOrAdd(building.KernelId, id => context.AddTask(id + ", building")).IsIndeterminate = true;
                    }
                    if (happened is RunEvent.Downloading e)
                    {
                        bars.GetOrAdd(e.KernelId, id => context.AddTask(id, maxValue: e.Total ?? 1)).Value = e.Received;
                    }
                }
            }).ConfigureAwait(false);

    private static async Task<bool> FetchAsync(
        Terminal terminal, IReadOnlyList<PlannedKernel> kernels, Action<RunEvent> draw, CancellationToken cancellation)
    {
        var fine = true;
        var writing = new Lock();
        await new ImageFetcher(kernels, draw).FetchAllAsync(Take, cancellation).ConfigureAwait(false);
        return fine;

        ValueTask Take(Kernel kernel, ImageResult result)
        {
            lock (writing)
            {
                fine &= result is ImageResult.Available || (result is ImageResult.Unavailable { NotServed: true } && !kernel.ByName);
                terminal.Line($"{kernel.Id}: {Describe(kernel, result)}{(kernel.Note is null ? "" : $" ({kernel.Note})")}");
            }
            return ValueTask.CompletedTask;
        }
    }

    private static string Describe(Kernel kernel, ImageResult result) => result switch
    {
        ImageResult.Available { FromCache: true } => "here",
        ImageResult.Available => kernel.Source.Builds ? "built" : "downloaded and verified",
        ImageResult.Unavailable unavailable => $"unavailable: {unavailable.Reason}",
        ImageResult.Failed failed => $"failed: {failed.Reason}",
        _ => throw new InvalidOperationException($"{result} is not known"),
    };
}
