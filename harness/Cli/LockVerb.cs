using Harness.Kernels;
using Harness.Matrix;
using Harness.Runs;

namespace Harness.Cli;

/// <summary><c>harness lock</c>: pins what the matrix comes to today.</summary>
internal static class LockVerb
{
    public static System.CommandLine.Command Create(Terminal terminal)
    {
        var matrix = new MatrixOptions();
        var command = new System.CommandLine.Command("lock",
            "Writes the kernels that the matrix comes to today, with versions, paths and hashes, beside it; `run --locked` uses just that.");
        matrix.AddTo(command, withLock: false);
        command.SetAction(async (parsed, cancellation) =>
        {
            var spec = MatrixLoader.Load(matrix.Path(parsed, Repository.Find()));
            var resolved = await matrix.ResolveAsync(spec, parsed, false, matrix.Only(parsed), cancellation).ConfigureAwait(false);
            var (pinned, problems) = await KernelLock.PinAsync(resolved.Kernels.Select(k => k.Kernel), cancellation).ConfigureAwait(false);
            var path = MatrixOptions.LockPath(spec.Path);
            KernelLockFile.Write(pinned, path);
            terminal.Line($"{path}: {pinned.Kernels.Count} kernels");
            foreach (var problem in problems)
            {
                terminal.Error($"not pinned: {problem}");
            }
            foreach (var note in resolved.Notes)
            {
                terminal.Line($"note: {note}");
            }
            return problems.Count == 0 ? ExitCode.AsExpected : ExitCode.NotTestable;
        });
        return command;
    }
}
