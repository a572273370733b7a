using Harness.Analysis;
using Harness.Runs;

namespace Harness.Cli;

/// <summary><c>harness lock</c>: pins what the matrix comes to today.</summary>
internal static class LockVerb
{
    private const string Description =
        "Writes the kernels that the matrix comes to today, with versions, paths and hashes, beside it;"
        + " `run --locked` uses just that.";

    public static System.CommandLine.Command Create(VerbContext context)
    {
        var (terminal, workspace, catalog) = context;
        var matrix = new MatrixOptions();
        var command = new System.CommandLine.Command("lock", Description);
        matrix.AddTo(command, withLock: false);
        command.SetAction(async (parsed, cancellation) =>
        {
            var locker = new MatrixLocker(new MatrixResolver(workspace, catalog.Matrix), catalog.Sources);
            var locked = await locker.LockAsync(matrix.Read(parsed), cancellation).ConfigureAwait(false);
            Write(terminal, locked);
            return locked.Problems.Count > 0 ? ExitCodes.NotTestable : ExitCodes.AsExpected;
        });
        return command;
    }

    private static void Write(Terminal terminal, MatrixLockResult locked)
    {
        foreach (var problem in locked.Problems)
        {
            terminal.Error($"cannot be pinned: {problem}");
        }
        if (locked.Problems.Count > 0)
        {
            terminal.Error($"{locked.Path} is not written: a run of it would leave out what the matrix names");
            return;
        }
        terminal.Line($"{locked.Path}: {Words.Count(locked.Kernels, "kernel")}");
        foreach (var note in locked.Notes)
        {
            terminal.Line($"note: {note}");
        }
    }
}
