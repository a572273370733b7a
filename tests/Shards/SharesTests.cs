using FsCheck;
using FsCheck.Fluent;
using Harness.Kernels;
using Harness.Runs;
using Harness.Tests.Support;

namespace Harness.Tests.Shards;

public sealed class SharesTests
{
    /// <summary>Kernels of some series, some of them with the series' older ones to stand in, each with its seconds.
    /// </summary>
    private static Gen<(IReadOnlyList<PlannedKernel> Kernels, KernelWeights Weights, int Shares)> Matrices =>
        from count in Gen.Choose(1, 40)
        from series in Gen.Choose(0, 9).ArrayOf(count)
        from standIns in Gen.Elements(true, false).ArrayOf(count)
        from seconds in Gen.Choose(1, 300).ArrayOf(count)
        from shares in Gen.Choose(1, 12)
        let kernels = Enumerable.Range(0, count).Select(i => Kernel(series[i], i, standIns[i])).ToList()
        let weights = kernels.Zip(seconds).ToDictionary(k => k.First.Kernel.Id, k => (double)k.Second)
        select ((IReadOnlyList<PlannedKernel>)kernels, new KernelWeights(weights), shares);

    [Test]
    public void Each_kernel_is_in_one_share_and_keeps_the_matrix_order() => Check((kernels, weights, shares) =>
    {
        var divided = Shares.Divide(kernels, weights, shares);
        var ids = kernels.Select(k => k.Kernel.Id).ToList();
        return divided.Count == shares
            && divided.SelectMany(s => s).Select(k => k.Kernel.Id).Order(StringComparer.Ordinal)
                .SequenceEqual(ids.Order(StringComparer.Ordinal))
            && divided.All(s =>
                s.Select(k => ids.IndexOf(k.Kernel.Id)).ToList() is var at && at.SequenceEqual(at.Order()));
    });

    [Test]
    public void The_order_in_which_kernels_were_resolved_does_not_matter() => Check((kernels, weights, shares) =>
        Text(Shares.Divide(kernels, weights, shares))
            == Text(Shares.Divide([.. kernels.Reverse()], weights, shares)));

    /// <summary>The bound of Graham (1969) for any list scheduling, with what must stay together as one job.</summary>
    [Test]
    public void No_share_takes_much_longer_than_it_must() => Check((kernels, weights, shares) =>
    {
        var divided = Shares.Divide(kernels, weights, shares);
        var loads = divided.Select(s => s.Sum(k => weights.SecondsOf(k.Kernel.Id))).ToList();
        var largest = kernels.GroupBy(k => k.StandIns.Count > 0 ? k.StandIns[0].Id : k.Kernel.Id)
            .Max(group => group.Sum(k => weights.SecondsOf(k.Kernel.Id)));
        return loads.Max() <= (loads.Sum() / shares) + largest;
    });

    [Test]
    public void No_two_shares_can_come_to_the_same_stand_in() => Check((kernels, weights, shares) =>
    {
        var possible = Shares.Divide(kernels, weights, shares)
            .Select(s => s.SelectMany(k => k.StandIns.Select(i => i.Id).Append(k.Kernel.Id)).ToHashSet()).ToList();
        return possible.Index().All(one => possible.Skip(one.Index + 1).All(two => !two.Overlaps(one.Item)));
    });

    [Test]
    public void What_was_not_measured_weighs_as_the_median_of_what_was()
    {
        var weights = new KernelWeights(new Dictionary<string, double> { ["a"] = 1, ["b"] = 5, ["c"] = 90 });
        Assert.That(new[] { "a", "c", "d" }.Select(weights.SecondsOf), Is.EqualTo(new[] { 1.0, 90, 5 }));
        Assert.That(KernelWeights.Equal.SecondsOf("a"), Is.EqualTo(KernelWeights.Equal.SecondsOf("b")));
    }

    [TestCase("1/3", 1, 3)]
    [TestCase("3/3", 3, 3)]
    [TestCase("1/1", 1, 1)]
    public void A_share_is_read(string text, int index, int of) =>
        Assert.That(Shard.Parse("--shard", text), Is.EqualTo(new Shard(index, of)));

    [TestCase("0/3")]
    [TestCase("4/3")]
    [TestCase("1")]
    [TestCase("1/3/4")]
    [TestCase("-1/3")]
    [TestCase("1/99999")]
    [TestCase("a/b")]
    [TestCase(" 1/3")]
    public void What_is_no_share_is_refused(string text) => Assert.That(() => Shard.Parse("--shard", text),
        Throws.TypeOf<UsageException>().With.Message.StartsWith($"--shard: '{text}' is no share"));

    private static PlannedKernel Kernel(int series, int patch, bool standIns)
    {
        var kernel = RunLab.Of($"{series + 1}.1.{patch}", new AbsentImageSource("made up"));
        return standIns
            ? kernel with { StandIns = [RunLab.Of($"{series + 1}.0.1", new AbsentImageSource("made up")).Kernel] }
            : kernel;
    }

    private static string Text(IReadOnlyList<IReadOnlyList<PlannedKernel>> shares) => string.Join(
        '\n', shares.Select(s => string.Join(' ', s.Select(k => k.Kernel.Id).Order(StringComparer.Ordinal))));

    private static void Check(Func<IReadOnlyList<PlannedKernel>, KernelWeights, int, bool> holds) =>
        Prop.ForAll(Matrices.ToArbitrary(), m => holds(m.Kernels, m.Weights, m.Shares)).QuickCheckThrowOnFailure();
}
