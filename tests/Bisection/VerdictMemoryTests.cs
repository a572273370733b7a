using Harness.Bisection;
using Harness.Results;
using Harness.Tests.Support;

namespace Harness.Tests.Bisection;

public sealed class VerdictMemoryTests
{
    private static readonly VerdictKey _key = new("aa", "bb", "quiet");
    private static readonly HashSet<string> _all = ["raw.a", "raw.b", "raw.c"];

    private TemporaryDirectory _cache = null!;

    [SetUp]
    public void Make_a_cache() => _cache = new TemporaryDirectory();

    [TearDown]
    public void Remove_it() => _cache.Dispose();

    [Test]
    public void Verdicts_are_remembered_beside_those_known_and_what_is_none_is_not()
    {
        var memory = new VerdictMemory(_cache.Path);
        memory.Remember(_key,
            Samples.Kernel("6.1.5", Samples.Case("raw.a", CaseStatus.Fail), Samples.Case("raw.c", CaseStatus.Error)),
            _all, "/somewhere/ktap");
        memory.Remember(_key, Samples.Kernel("6.1.5", Samples.Case("raw.b", CaseStatus.Skip)), _all, null);
        var known = memory.Recall(_key)!;
        Assert.That(known.Cases.Keys, Is.EqualTo(new[] { "raw.a", "raw.b" }));
        Assert.That(known.Cases["raw.a"],
            Is.EqualTo(new RememberedCase(Outcome.Accept, Outcome.Reject, "update", "EINVAL", false, null,
                "/somewhere/ktap")));
        Assert.That(known.Cases["raw.b"].Skipped);
        Assert.That(known.Release, Is.EqualTo("6.1.5-cloud-amd64"));
    }

    [TestCase("other", "bb", "quiet")]
    [TestCase("aa", "other", "quiet")]
    [TestCase("aa", "bb", "other")]
    public void Another_image_prober_or_command_line_was_not_measured(string image, string prober, string parameters)
    {
        var memory = new VerdictMemory(_cache.Path);
        memory.Remember(_key, Samples.Kernel("6.1.5", Samples.Case("raw.a")), _all, null);
        Assert.That(memory.Recall(new VerdictKey(image, prober, parameters)), Is.Null);
    }

    [TestCase("")]
    [TestCase("[]")]
    [TestCase("null")]
    [TestCase("{}")]
    [TestCase("""{"Key":{"Image":"aa","Prober":"bb","Parameters":"loud"},"Release":null,"Arch":"x86_64","Cases":{}}""")]
    [TestCase("""{"Key":{"Image":"aa","Prober":"bb","Parameters":"quiet"},"Release":null,"Arch":"x86_64","""
        + """ "Cases":{"raw.a":null}}""")]
    public void Whatever_is_wrong_with_the_file_nothing_is_remembered(string text)
    {
        _cache.Write($"verdicts/{_key.FileName}", text);
        Assert.That(new VerdictMemory(_cache.Path).Recall(_key), Is.Null);
    }

    [Test]
    public void A_cache_that_cannot_be_written_is_no_error()
    {
        _cache.Write("verdicts", "a file in the way");
        Assert.That(() =>
            new VerdictMemory(_cache.Path).Remember(_key, Samples.Kernel("6.1.5", Samples.Case("raw.a")), _all, null),
            Throws.Nothing);
    }
}
