using System.Globalization;
using Harness.Results;
using Harness.Tests.Support;

namespace Harness.Tests.Boot;

/// <summary>
/// The whole table in its own order and in another one, on one kernel of three series: no case depends on another.
/// </summary>
[Category("VM")]
[NonParallelizable]
public sealed class ShuffledTableTests
{
    private const int Seed = 816;

    [Test]
    public async Task Every_case_answers_the_same_in_any_order()
    {
        using var directory = new TemporaryDirectory();
        var ids = await Task.WhenAll(new[] { "5.10", "6.1", "7.3" }.Select(RealRun.NewestAsync));
        var ordered = (await RealRun.WholeTableAsync()).Kernels.Where(k => ids.Contains(k.Id)).ToList();
        var (shuffled, _) = await RealRun.OfAsync(directory["run"],
            [.. RealRun.Only(ids), "--shuffle", Seed.ToString(CultureInfo.InvariantCulture)]);
        Assert.That(shuffled.Kernels.Select(k => k.Id), Is.EquivalentTo(ordered.Select(k => k.Id)));
        Assert.That(ordered.Concat(shuffled.Kernels).Select(k => k.Status), Is.All.EqualTo(KernelStatus.Tested));
        foreach (var kernel in ordered)
        {
            Assert.That(kernel.Cases, Has.Count.GreaterThan(1000));
            var other = shuffled.Kernels.Single(k => k.Id == kernel.Id);
            Assert.That(Answers(other), Is.EqualTo(Answers(kernel)), kernel.Id);
        }
        // The document has the cases in the table's order, whatever the order was in which they were asked.
        Assert.That(Order(directory["run"]), Is.Not.EqualTo(ordered[0].Cases.Select(c => c.Id)));
    }

    /// <summary>What the kernel answered; the advice depends on the run's other kernels.</summary>
    private static IEnumerable<CaseResult> Answers(KernelResult kernel) =>
        kernel.Cases.Select(c => c with { Workaround = null });

    /// <summary>The order in which the prober reported, from the raw KTAP.</summary>
    private static List<string> Order(string directory) =>
    [
        .. File.ReadLines(Directory.EnumerateFiles(Path.Combine(directory, "ktap"))
            .Order(StringComparer.Ordinal).First())
            .Where(l => l.StartsWith("ok ", StringComparison.Ordinal)).Select(l => l.Split(' ')[2]),
    ];
}
