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
        var command = new System.CommandLine.Command("fetch", Description);
        matrix.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var resolver = new MatrixResolver(workspace, catalog.Matrix);
            var selection = matrix.Read(parsed);
            var resolved = await resolver.ResolveAsync(resolver.Load(selection), selection, cancellation)
                .ConfigureAwait(false);
            foreach (var note in resolved.Notes)
            {
                terminal.Line($"note: {note}");
            }
            KernelTable.WriteFailures(terminal, resolved.Kernels.Select(k => k.Kernel));
            var complete = await new FetchDisplay(terminal)
                .ShowAsync(tell => FetchAsync(terminal, resolved.Kernels, tell, cancellation)).ConfigureAwait(false);
            return complete ? ExitCodes.AsExpected : ExitCodes.NotTestable;
        });
        return command;
    }

    /// <returns>Whether every kernel that the matrix needs is there.</returns>
    private static async Task<bool> FetchAsync(
        Terminal terminal, IReadOnlyList<PlannedKernel> kernels, Action<RunEvent> tell, CancellationToken cancellation)
    {
        var complete = true;
        var writing = new Lock();
        await new ImageFetcher(kernels, tell).FetchAllAsync(Take, cancellation).ConfigureAwait(false);
        return complete;

        ValueTask Take(Kernel kernel, ImageResult result)
        {
            lock (writing)
            {
                complete &= ImageFetcher.Suffices(kernel, result);
                var note = kernel.Note is null ? "" : $" ({kernel.Note})";
                terminal.Line($"{kernel.Id}: {Describe(kernel, result)}{note}");
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
