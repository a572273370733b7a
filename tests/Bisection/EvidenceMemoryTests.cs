using Harness.Bisection;
using Harness.Tests.Support;

namespace Harness.Tests.Bisection;

public sealed class EvidenceMemoryTests
{
    /// <summary>It can be opened, and reading its first page fails with EIO (proc(5)).</summary>
    private const string Unreadable = "/proc/self/mem";

    private TemporaryDirectory _cache = null!;

    [SetUp]
    public void Make_a_cache() => _cache = new TemporaryDirectory();

    [TearDown]
    public void Remove_it() => _cache.Dispose();

    [Test]
    public void Where_copying_fails_nothing_is_kept_and_nothing_is_left()
    {
        var memory = new EvidenceMemory(_cache.Path);
        var report = _cache.Write("ktap", "KTAP version 1\n");
        Assert.That(memory.Keep(new StepEvidence(report, Unreadable)), Is.Null);
        Assert.That(Directory.EnumerateFileSystemEntries(_cache["evidence"]), Is.Empty);
        Assert.That(memory.Keep(new StepEvidence(report, null)), Is.Not.Null, "the next one is kept");
        Assert.That(Directory.EnumerateFileSystemEntries(_cache["evidence"]).Count(), Is.EqualTo(1));
    }
}
