using System.Globalization;
using Harness.Processes;
using Harness.Results;
using Harness.Tests.Support;

namespace Harness.Tests.Boot;

/// <summary>
/// The whole table in its own order, in which cases share most of what they are asked with, in another one, and with a
/// process for each case, on one kernel of four series: no case depends on another.
/// </summary>
[Category("VM")]
[NonParallelizable]
public sealed class ShuffledTableTests
{
    private const int Seed = 816;
    private static readonly string[] _series = ["5.10", "6.1", "6.12", "7.3"];

    private TemporaryDirectory _directory = null!;

    [SetUp]
    public void Make_a_directory() => _directory = new TemporaryDirectory();

    [TearDown]
    public void Remove_it() => _directory.Dispose();

    [Test]
    public async Task Every_case_answers_the_same_in_any_order()
    {
        var shuffled = await AnswersAsInOrderAsync(RealRun.Repository.Path,
            "--shuffle", Seed.ToString(CultureInfo.InvariantCulture));
        // The document has the cases in the table's order, whatever the order was in which they were asked.
        Assert.That(Order(_directory["run"]), Is.Not.EqualTo(shuffled.Kernels[0].Cases.Select(c => c.Id)));
    }

    [Test]
    public async Task Every_case_answers_the_same_in_a_process_of_its_own()
    {
        var checkout = _directory["checkout"];
        await EachAloneCheckout.MakeAsync(checkout);
        var alone = await AnswersAsInOrderAsync(checkout,
            "--kernels", Path.Combine(RealRun.Repository.Path, "kernels.yaml"));
        Assert.That(alone.Run.Prober.Sha256, Is.Not.EqualTo((await RealRun.WholeTableAsync()).Run.Prober.Sha256));
    }

    private async Task<RunDocument> AnswersAsInOrderAsync(string checkout, params string[] arguments)
    {
        var ids = await Task.WhenAll(_series.Select(RealRun.NewestAsync));
        var ordered = (await RealRun.WholeTableAsync()).Kernels.Where(k => ids.Contains(k.Id)).ToList();
        await RealRun.HarnessOf(checkout,
            ["run", "--accel", "tcg", "--out", _directory["run"], .. RealRun.Only(ids), .. arguments])
            .TryRunAsync(CancellationToken.None);
        var otherwise = ResultsFile.Read(_directory["run"]);
        Assert.That(otherwise.Kernels.Select(k => k.Id), Is.EquivalentTo(ordered.Select(k => k.Id)));
        Assert.That(ordered.Concat(otherwise.Kernels).Select(k => k.Status), Is.All.EqualTo(KernelStatus.Tested));
        foreach (var kernel in ordered)
        {
            Assert.That(kernel.Cases, Has.Count.GreaterThan(1000));
            var other = otherwise.Kernels.Single(k => k.Id == kernel.Id);
            Assert.That(Answers(other), Is.EqualTo(Answers(kernel)), kernel.Id);
        }
        return otherwise;
    }

    /// <summary>What the kernel answered; the advice depends on the run's other kernels.</summary>
    private static IEnumerable<CaseResult> Answers(KernelResult kernel) =>
        RealRun.Answers(kernel).Select(c => c with { Workaround = null });

    /// <summary>The order in which the prober reported, from the raw KTAP.</summary>
    private static List<string> Order(string directory) =>
    [
        .. File.ReadLines(Directory.EnumerateFiles(Path.Combine(directory, "ktap"))
            .Order(StringComparer.Ordinal).First())
            .Where(l => l.StartsWith("ok ", StringComparison.Ordinal)).Select(l => l.Split(' ')[2]),
    ];
}
