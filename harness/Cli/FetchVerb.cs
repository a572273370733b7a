using System.Collections.Concurrent;
using System.Text.Json;
using Harness.Kernels;
using Harness.Runs;

namespace Harness.Cli;

/// <summary><c>harness fetch</c>: downloads and verifies, boots nothing.</summary>
internal static class FetchVerb
{
    private const string Description = "Downloads and verifies, or builds, the matrix's kernels, and boots nothing.";

    public static System.CommandLine.Command Create(VerbContext context)
    {
        var (terminal, workspace, catalog) = context;
        var matrix = new MatrixOptions();
        var json = new JsonOption();
        var command = new System.CommandLine.Command("fetch", Description) { json };
        matrix.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var resolver = new MatrixResolver(workspace, catalog.Matrix);
            var selection = matrix.Read(parsed);
            var resolved = await resolver.ResolveAsync(resolver.Load(selection), selection, cancellation)
                .ConfigureAwait(false);
            KernelTable.WriteFailures(terminal, resolved.Kernels.Select(k => k.Kernel));
            if (parsed.GetValue(json))
            {
                foreach (var note in resolved.Notes)
                {
                    terminal.Progress($"note: {note}");
                }
                return await WriteJsonAsync(terminal, resolved.Kernels, cancellation).ConfigureAwait(false);
            }
            foreach (var note in resolved.Notes)
            {
                terminal.Line($"note: {note}");
            }
            var display = new FetchDisplay(terminal);
            var complete = await display.ShowAsync(
                tell => FetchAsync(terminal, display, resolved.Kernels, tell, cancellation)).ConfigureAwait(false);
            return complete ? ExitCodes.AsExpected : ExitCodes.NotTestable;
        });
        return command;
    }

    /// <returns>The exit code.</returns>
    private static async Task<int> WriteJsonAsync(
        Terminal terminal, IReadOnlyList<PlannedKernel> kernels, CancellationToken cancellation)
    {
        var results = new ConcurrentDictionary<string, (Kernel Kernel, ImageResult Result)>(StringComparer.Ordinal);
        await new ImageFetcher(kernels, _ => { }).FetchAllAsync(
            (kernel, result) =>
            {
                results[kernel.Id] = (kernel, result);
                return ValueTask.CompletedTask;
            },
            cancellation).ConfigureAwait(false);
        IReadOnlyList<FetchedKernel> fetched =
        [
            .. results.Values.OrderBy(r => r.Kernel.Id, StringComparer.Ordinal)
                .Select(r => FetchedKernel.Of(r.Kernel, r.Result)),
        ];
        terminal.Out.WriteLine(JsonSerializer.Serialize(fetched, FetchJson.Default.IReadOnlyListFetchedKernel));
        return results.Values.All(r => ImageFetcher.Suffices(r.Kernel, r.Result))
            ? ExitCodes.AsExpected
            : ExitCodes.NotTestable;
    }

    /// <returns>Whether every kernel that the matrix needs is there.</returns>
    private static async Task<bool> FetchAsync(
        Terminal terminal, FetchDisplay display, IReadOnlyList<PlannedKernel> kernels, Action<RunEvent> tell,
        CancellationToken cancellation)
    {
        var complete = true;
        var writing = new Lock();
        await new ImageFetcher(kernels, tell).FetchAllAsync(Take, cancellation).ConfigureAwait(false);
        return complete;

        ValueTask Take(Kernel kernel, ImageResult result)
        {
            lock (writing)
            {
                display.End(kernel.Id);
                complete &= ImageFetcher.Suffices(kernel, result);
                terminal.Line(FetchedKernel.Of(kernel, result).InWords);
            }
            return ValueTask.CompletedTask;
        }
    }
}
