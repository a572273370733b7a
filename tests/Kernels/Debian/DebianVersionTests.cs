using CliWrap;
using FsCheck;
using FsCheck.Fluent;
using Harness.Kernels.Apt;
using Harness.Processes;

namespace Harness.Tests.Kernels.Debian;

public sealed class DebianVersionTests
{
    [TestCase("6.1.192-2", 0, "6.1.192", "2")]
    [TestCase("7.3~rc7-1~exp1", 0, "7.3~rc7", "1~exp1")]
    [TestCase("1:2.3", 1, "2.3", "")]
    [TestCase("1.0-2-3", 0, "1.0-2", "3")]
    public void Reads_epoch_upstream_and_revision(string text, int epoch, string upstream, string revision)
    {
        var version = DebianVersion.Parse(text);
        Assert.That((version.Epoch, version.Upstream, version.Revision, version.ToString()),
            Is.EqualTo((epoch, upstream, revision, text)));
    }

    [TestCase("")]
    [TestCase("rc1")]
    [TestCase("1.0-")]
    [TestCase("1_0")]
    [TestCase("x:1.0")]
    [TestCase("1.0-1:2")]
    [TestCase("../../etc")]
    public void Refuses_what_policy_does_not_allow(string text) => Assert.That(DebianVersion.TryParse(text), Is.Null);

    [Test]
    public void Orders_kernels_of_several_suites()
    {
        string[] inOrder =
        [
            "5.10.218-1", "6.1.192-1", "6.1.192-2", "6.12.43-1~bpo12+1", "6.12.43-1",
            "6.12.100-1~deb12u1", "6.12.100-1",
            "7.2.12-1~bpo13+1", "7.2.12-1", "7.3~rc7-1~exp1", "7.3-1", "7.3.4-1~bpo13+1", "1:5.10-1",
        ];
        Assert.That(inOrder.Reverse().Select(DebianVersion.Parse).Order().Select(v => v.ToString()),
            Is.EqualTo(inOrder));
    }

    [TestCase("1.0", "1.00")]
    [TestCase("1.0", "0:1.0-0")]
    [TestCase("1.010-1", "1.10-01")]
    public void Equal_versions_may_be_written_differently(string a, string b)
    {
        Assert.That(DebianVersion.Parse(a), Is.EqualTo(DebianVersion.Parse(b)));
        Assert.That(DebianVersion.Parse(a).GetHashCode(), Is.EqualTo(DebianVersion.Parse(b).GetHashCode()));
    }

    [Test]
    public void Comparing_the_other_way_round_reverses_the_order() => Prop.ForAll(
        AnyVersion.Arbitrary, AnyVersion.Arbitrary,
        (a, b) => Math.Sign(a.CompareTo(b)) == -Math.Sign(b.CompareTo(a))).QuickCheckThrowOnFailure();

    [Test]
    public void The_order_is_transitive() => Prop.ForAll(
        AnyVersion.Arbitrary, AnyVersion.Arbitrary, AnyVersion.Arbitrary,
        (a, b, c) => new[] { a, b, c }.Order().ToList() is var sorted && sorted[0].CompareTo(sorted[2]) <= 0)
            .QuickCheckThrowOnFailure();

    [Test]
    public async Task Orders_as_dpkg_does()
    {
        var versions = AnyVersion.Generator.Sample(40).Order().ToList();
        foreach (var (lower, higher) in versions.Zip(versions.Skip(1)))
        {
            var relation = lower == higher ? "eq" : "lt";
            var result = await new Command("dpkg")
                .WithArguments(["--compare-versions", lower.ToString(), relation, higher.ToString()])
                .TryRunAsync(CancellationToken.None);
            Assert.That(result.IsSuccess, Is.True, $"{lower} {relation} {higher}");
        }
    }

    /// <summary>Versions of few and awkward characters, so that many of them share beginnings.</summary>
    private static class AnyVersion
    {
        public static Gen<DebianVersion> Generator =>
            from upstream in Text("0019az.+~-")
            from revision in Text("01a.+~")
            from hasRevision in Gen.Elements(true, false)
            let text = $"1{upstream}" + (hasRevision && revision.Length > 0 ? $"-{revision}" : "")
            let version = DebianVersion.TryParse(text) ?? DebianVersion.Parse("1")
            select version;

        public static Arbitrary<DebianVersion> Arbitrary => Generator.ToArbitrary();

        private static Gen<string> Text(string characters) =>
            Gen.Choose(0, 6).SelectMany(length => Gen.Elements(characters.ToCharArray()).ArrayOf(length))
                .Select(c => new string(c));
    }
}
