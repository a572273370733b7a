using Harness.Kernels;
using Harness.Runs;

namespace Harness.Cli;

/// <summary><c>harness lock</c>: pins what the matrix comes to today.</summary>
internal static class LockVerb
{
    public static System.CommandLine.Command Create(VerbContext context)
    {
        var terminal = context.Terminal;
        var matrix = new MatrixOptions();
        var command = new System.CommandLine.Command("lock",
            "Writes the kernels that the matrix comes to today, with versions, paths and hashes, beside it; `run --locked` uses just that.");
        matrix.AddTo(command, withLock: false);
        command.SetAction(async (parsed, cancellation) =>
        {
            var resolver = new MatrixResolver(context.Workspace, context.Catalog.Matrix);
            var selection = matrix.Read(parsed);
            var spec = resolver.Load(selection);
            var resolved = await resolver.ResolveAsync(spec, selection, cancellation).ConfigureAwait(false);
            var sources = context.Catalog.Sources;
            var served = await TakenKernels.ChooseServedAsync(resolved.Kernels, cancellation).ConfigureAwait(false);
            var (pinned, problems) = await KernelLock.PinAsync(sources, served, cancellation).ConfigureAwait(false);
            var path = MatrixResolver.LockPath(spec.Path);
            foreach (var problem in problems)
            {
                terminal.Error($"cannot be pinned: {problem}");
            }
            if (problems.Count > 0)
            {
                terminal.Error($"{path} is not written: a run of it would leave out what the matrix names");
                return ExitCodes.NotTestable;
            }
            new KernelLockFile(sources).Write(pinned, path);
            terminal.Line($"{path}: {Analysis.Words.Count(pinned.Kernels.Count, "kernel")}");
            foreach (var note in resolved.Notes)
            {
                terminal.Line($"note: {note}");
            }
            return ExitCodes.AsExpected;
        });
        return command;
    }
}
