using Harness.Results;

namespace Harness.Tests.Faults;

/// <summary>
/// A test of this kind breaks one thing, runs a matrix of the real kernels with the real launcher, and looks at what
/// came of it. After each test, nothing that the harness started runs, and nothing half-written is left.
/// docs/reliability.md has a row for each test.
/// </summary>
[Category(FaultSuite.Category)]
[NonParallelizable]
public abstract class FaultTests
{
    private CleanRun _clean = null!;

    private protected FaultLab Lab { get; private set; } = null!;

    private protected IReadOnlyList<CleanKernel> CleanKernels => _clean.Kernels;

    /// <summary>What the test itself leaves: paths, or beginnings of paths.</summary>
    private protected IList<string> Leaves { get; } = [];

    [SetUp]
    public async Task Begin_where_the_clean_run_ended()
    {
        _clean = await CleanRun.SharedAsync();
        Lab = new FaultLab(_clean);
        Leaves.Clear();
    }

    [TearDown]
    public void Nothing_is_left()
    {
        try
        {
            Lab.AssertNothingIsLeft(Leaves);
        }
        finally
        {
            Lab.Dispose();
        }
    }

    /// <summary>A kernel's row has this status, and its reason these words; the rest is as in the clean run.</summary>
    private protected void AssertRow(
        FaultRun run, int exitCode, string id, KernelStatus status, params string[] reasons)
    {
        Assert.That(run.Result.ExitCode, Is.EqualTo(exitCode), run.Result.Describe());
        var row = run.Row(id);
        Assert.That(row.Status, Is.EqualTo(status), row.Reason);
        foreach (var reason in reasons)
        {
            Assert.That(row.Reason, Does.Contain(reason));
        }
        AssertRestIsClean(run, id);
    }

    /// <summary>Every kernel of the clean run has the same row, and its console and report are there.</summary>
    /// <param name="others">The ids of all further rows.</param>
    private protected void AssertRestIsClean(FaultRun run, params string[] others) =>
        run.AssertRest(_clean.Document, others);

    /// <summary>Every kernel of the clean run is tested, with the same answers, however it was booted.</summary>
    private protected void AssertAnswersAreClean(FaultRun run, int exitCode = ExitCodes.AsExpected)
    {
        Assert.That(run.Result.ExitCode, Is.EqualTo(exitCode), run.Result.Describe());
        Assert.That(run.Document.Kernels.Select(Answers), Is.EqualTo(_clean.Document.Kernels.Select(Answers)));
    }

    private static string Answers(KernelResult row) =>
        FaultRun.Comparable(row with { Attempts = 1, Retries = null, BootedPlain = false, BootedUnpacked = false });
}
