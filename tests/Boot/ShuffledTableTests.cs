using System.Globalization;
using Harness.Results;
using Harness.Tests.Support;

namespace Harness.Tests.Boot;

/// <summary>
/// The whole table in two different orders on one kernel of three series: no case depends on another.
/// </summary>
[Category("VM")]
[NonParallelizable]
public sealed class ShuffledTableTests
{
    [Test]
    public async Task Every_case_answers_the_same_in_any_order()
    {
        using var directory = new TemporaryDirectory();
        var kernels = RealRun.Only(await Task.WhenAll(new[] { "5.10", "6.1", "7.3" }.Select(RealRun.NewestAsync)));
        var runs = new List<RunDocument>();
        foreach (var seed in new[] { 1, 816 })
        {
            var (document, _) = await RealRun.OfAsync(Path.Combine(directory.Path, $"{seed}"),
                [.. kernels, "--shuffle", seed.ToString(CultureInfo.InvariantCulture)]);
            runs.Add(document);
        }
        Assert.That(runs.SelectMany(r => r.Kernels).Select(k => k.Status), Is.All.EqualTo(KernelStatus.Tested));
        Assert.That(runs[0].Kernels.Select(k => k.Cases.Count), Is.All.GreaterThan(1000));
        for (var i = 0; i < runs[0].Kernels.Count; i++)
        {
            Assert.That(runs[1].Kernels[i].Cases, Is.EqualTo(runs[0].Kernels[i].Cases), runs[0].Kernels[i].Id);
        }
        Assert.That(Order(Path.Combine(directory.Path, "1")),
            Is.Not.EqualTo(Order(Path.Combine(directory.Path, "816"))));
    }

    /// <summary>The order in which the prober reported, from the raw KTAP.</summary>
    private static List<string> Order(string directory) =>
    [
        .. File.ReadLines(Directory.EnumerateFiles(Path.Combine(directory, "ktap"))
            .Order(StringComparer.Ordinal).First())
            .Where(l => l.StartsWith("ok ", StringComparison.Ordinal)).Select(l => l.Split(' ')[2]),
    ];
}
