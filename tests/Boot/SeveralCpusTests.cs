using Harness.Results;
using Harness.Tests.Support;

namespace Harness.Tests.Boot;

/// <summary>
/// Guests of two CPUs, on the oldest and the newest series. Init begins with nothing before it has counted them.
/// </summary>
[Category("VM")]
public sealed class SeveralCpusTests
{
    [Test]
    public async Task A_size_that_the_kernel_rounds_by_the_CPUs_is_asked_about_on_two()
    {
        using var directory = new TemporaryDirectory();
        var kernels = await RealRun.NewestOfEachSeriesAsync();
        var (document, finished) = await RealRun.OfAsync(Path.Combine(directory.Path, "two"),
        [
            .. RealRun.Only([kernels[0], kernels[^1]]), "--cpus", "2",
            "--case", "raw.*.lru_hash.none.none.no_common_lru_rounded",
        ]);
        Assert.That(finished.ExitCode, Is.Zero, finished.StandardError);
        Assert.That(document.Run.Cpus, Is.EqualTo(2));
        Assert.That(document.Run.KernelParameters, Does.Contain("nr_cpus=2").And.Not.Contain("nolapic"));
        Assert.That(document.Kernels.Select(k => k.Status),
            Has.Exactly(2).Items.And.All.EqualTo(KernelStatus.Tested));
        Assert.That(document.Kernels.SelectMany(k => k.Cases).Select(c => c.Outcome),
            Has.Exactly(4).Items.And.All.EqualTo(Outcome.Accept));
    }
}
