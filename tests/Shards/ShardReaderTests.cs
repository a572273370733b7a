using Harness.Results;
using Harness.Shards;
using Harness.Tests.Support;

namespace Harness.Tests.Shards;

/// <summary>What a thousand shares have in common does not stand in memory a thousand times.</summary>
public sealed class ShardReaderTests
{
    private TemporaryDirectory _directory = null!;

    [SetUp]
    public void Make() => _directory = new TemporaryDirectory();

    [TearDown]
    public void Remove() => _directory.Dispose();

    [Test]
    public void Kernels_of_several_runs_share_their_results()
    {
        var (first, second) = Read(Share(1, "6.1.1"), Share(2, "6.1.2"));
        Assert.That(second.Document.Kernels.Single().Cases, Is.SameAs(first.Document.Kernels.Single().Cases));
    }

    [Test]
    public void A_kernel_that_all_shares_name_alike_is_named_once()
    {
        var (first, second) = Read(
            Share(1, "6.1.1", Elsewhere("6.1.2", 2), Elsewhere("6.1.3", 3)),
            Share(2, "6.1.2", Elsewhere("6.1.1", 1), Elsewhere("6.1.3", 3)));
        Assert.That(Named(first), Is.EqualTo(new[] { "6.1.2", "6.1.3" }));
        Assert.That(Named(second), Is.EqualTo(new[] { "6.1.1" }));
        var merged = RunMerge.Of([first, second], "20260201-000000", Samples.Probes);
        Assert.That(merged.Missing.Select(k => (k.Version, k.Reason)),
            Is.EqualTo(new[] { ("6.1.3", "is in shard 3/3") }));
    }

    [Test]
    public void What_shares_say_otherwise_of_a_kernel_is_kept()
    {
        var other = Elsewhere("6.1.3", 3) with { Source = "another archive" };
        var (_, second) = Read(Share(1, "6.1.1", Elsewhere("6.1.3", 3)), Share(2, "6.1.2", other));
        Assert.That(Named(second), Is.EqualTo(new[] { "6.1.3" }));
    }

    private (ShardRun First, ShardRun Second) Read(RunDocument first, RunDocument second)
    {
        var reader = new ShardReader(Samples.Probes);
        return (reader.Read(Written("a", first)), reader.Read(Written("b", second)));
    }

    private string Written(string name, RunDocument document)
    {
        Directory.CreateDirectory(_directory[name]);
        ResultsFile.Write(_directory[name, ResultsFile.Name], document);
        return _directory[name];
    }

    private static RunDocument Share(int index, string version, params IReadOnlyList<KernelResult> elsewhere) =>
        Samples.Document(Samples.Kernel(version, Samples.Case("raw.array"))) with
        {
            Shard = new ShardInfo(index, 3, elsewhere),
        };

    private static KernelResult Elsewhere(string version, int shard) =>
        Samples.Untested(version, KernelStatus.NotRun, NotRunReason.IsIn($"{shard}/3"));

    private static IEnumerable<string?> Named(ShardRun run) => run.Document.Shard!.Elsewhere.Select(k => k.Version);
}
