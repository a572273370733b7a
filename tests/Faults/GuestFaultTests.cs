using CliWrap;
using Harness.Cache;
using Harness.Results;
using Harness.Runs;
using Harness.Vm;

namespace Harness.Tests.Faults;

/// <summary>
/// Faults inside the VM. Each is a kernel of its own, and one run tests them all beside the kernels of the clean run:
/// whatever one does, the others are tested as if it were not there.
/// </summary>
/// <param name="faults">The names of <see cref="KernelFaults"/>; they are the kernels' ids, too.</param>
/// <param name="options">Of the run.</param>
[Category(FaultSuite.Category)]
[NonParallelizable]
public abstract class GuestFaultTests(string[] faults, params string[] options)
{
    private CleanRun _clean = null!;
    private FaultLab _lab = null!;
    private FaultRun _run = null!;

    /// <summary>The exit code of the run of all faults.</summary>
    private protected virtual int ExitCode => ExitCodes.Unexpected;

    [OneTimeSetUp]
    public async Task Run_the_matrix()
    {
        _clean = await CleanRun.SharedAsync();
        _lab = new FaultLab(_clean);
        _lab.Checkout = _lab["checkout"];
        await FaultyCheckout.MakeAsync(_lab.Checkout);
        var healthy = _clean.Document.Kernels[^1];
        var kernel = new PatchableKernel(Path.Combine(
            _clean.CacheHome, "kernel-harness", CacheKind.UnpackedKernels.Name, healthy.Sha256!));
        Directory.CreateDirectory(_lab["kernels"]);
        foreach (var fault in faults)
        {
            await kernel.WriteAsync(_lab["kernels", fault], KernelFaults.Of(fault, kernel));
        }
        var entries = faults.Select(fault => FaultLab.Image(fault, _lab["kernels", fault]));
        _run = await RunAsync(_lab, _lab.Harness(_lab.Arguments(string.Concat(entries), options)));
    }

    [OneTimeTearDown]
    public void Remove_the_run() => _lab?.Dispose();

    /// <summary>Runs the harness to its end.</summary>
    private protected virtual Task<FaultRun> RunAsync(FaultLab lab, Command harness) => lab.RunAsync(harness);

    /// <summary>
    /// The fault's row has this status, its reason these words, and its console is kept. With the clean kernels alone,
    /// it makes the run's exit code. Of the others, all are as without it, and nothing is left.
    /// </summary>
    /// <param name="cases">How many cases have an answer in the row.</param>
    /// <returns>The row.</returns>
    private protected KernelResult AssertRow(
        string fault, KernelStatus status, string? reason, int cases = 1, int exitCode = ExitCodes.Unexpected) =>
        AssertRow(fault, [status], reason, cases, exitCode);

    /// <summary>The same for a fault that may end in several ways.</summary>
    private protected KernelResult AssertRow(
        string fault, KernelStatus[] statuses, string? reason, int cases = 1, int exitCode = ExitCodes.Unexpected)
    {
        var row = _run.Row(fault);
        Assert.That(statuses, Does.Contain(row.Status), row.Reason);
        Assert.That(Bytes(row.Console!), Is.LessThanOrEqualTo(OutputLimits.Default.Console));
        Assert.That(Bytes($"ktap/{fault}.ktap"), Is.LessThanOrEqualTo(OutputLimits.Default.Channel));
        Assert.That(row.Reason, reason is null ? Is.Null : Does.Contain(reason));
        Assert.That(row.Cases, Has.Count.EqualTo(cases));
        Assert.That(Path.Combine(_run.Directory, row.Console!), Does.Exist);
        var rest = _run.Document.Kernels.Where(kernel => !faults.Contains(kernel.Id));
        Assert.That(RunExitCode.Of(_run.Document with { Kernels = [.. rest, row] }), Is.EqualTo(exitCode));
        Assert.That(_run.Result.ExitCode, Is.EqualTo(ExitCode), _run.Result.Describe());
        _run.AssertRest(_clean.Document, faults);
        _lab.AssertNothingIsLeft([]);
        return row;

        long Bytes(string file) =>
            new FileInfo(Path.Combine(_run.Directory, file)) is { Exists: true } written ? written.Length : 0;
    }
}
