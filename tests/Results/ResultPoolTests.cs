using Harness.Ktap;
using Harness.Results;
using Harness.Tests.Support;

namespace Harness.Tests.Results;

/// <summary>What kernels answer alike is in memory once, and a guest's words no longer than their run.</summary>
public sealed class ResultPoolTests
{
    private static readonly CaseResult _pass = Samples.Case("raw.a", CaseStatus.Pass);

    [Test]
    public void Kernels_that_answer_alike_share_their_results()
    {
        var pool = new ResultPool();
        var (first, second) = (pool.Share([_pass with { }]), pool.Share([_pass with { }]));
        Assert.That(second, Is.SameAs(first));
        var other = pool.Share([_pass with { }, Samples.Case("raw.b", CaseStatus.Fail)]);
        Assert.That(other[0], Is.SameAs(first[0]));
        Assert.That(other, Is.Not.SameAs(first));
    }

    [Test]
    public void Texts_that_only_a_guest_can_have_invented_are_not_kept()
    {
        var pool = new ResultPool();
        var invented = _pass with { Reason = new string('x', 10_000) };
        var first = pool.Share([invented with { }]);
        Assert.That(pool.Share([invented with { }])[0], Is.Not.SameAs(first[0]));
    }

    [Test]
    public void A_pool_is_bounded()
    {
        var pool = new ResultPool();
        for (var i = 0; i < 60_000; i++)
        {
            pool.Share([_pass with { Reason = $"invention {i}" }]);
        }
        var late = _pass with { Reason = "invention 59999" };
        var first = pool.Share([late with { }]);
        Assert.That(pool.Share([late with { }])[0], Is.Not.SameAs(first[0]));
    }

    [Test]
    public void Equal_evidence_and_equal_numbers_are_shared()
    {
        var pool = new ResultPool();
        CaseResult Said() => _pass with
        {
            Evidence = new string('v', CaseEvidence.MostBytes),
            Numbers = new([new("verified_insns", 57), new("stack", 8)]),
        };
        var first = pool.Share([Said()]);
        Assert.That(pool.Share([Said()]), Is.SameAs(first));
        Assert.That(pool.Share([Said() with { Numbers = new([new("verified_insns", 58)]) }]), Is.Not.SameAs(first));
    }

    [Test]
    public void Evidence_that_is_never_the_same_is_bounded()
    {
        var pool = new ResultPool();
        CaseResult Said(int i) => _pass with { Evidence = $"{i}".PadRight(CaseEvidence.MostBytes) };
        for (var i = 0; i < 2_100; i++)
        {
            pool.Share([Said(i)]);
        }
        var first = pool.Share([Said(2_099)]);
        Assert.That(pool.Share([Said(2_099)])[0], Is.Not.SameAs(first[0]));
    }

    [Test]
    public void Kernels_read_from_a_file_share_their_results()
    {
        using var directory = new TemporaryDirectory();
        KernelResult[] kernels = [Samples.Kernel("6.1.1", [_pass]), Samples.Kernel("6.1.2", [_pass with { }])];
        ResultsFile.Write(directory[ResultsFile.Name], Samples.Analyse(Samples.Run(), kernels));
        var read = ResultsFile.Read(directory.Path).Kernels;
        Assert.That(read[1].Cases, Is.SameAs(read[0].Cases));

        using (var journal = Journal.Open(directory.Path, Samples.Request()))
        {
            kernels.ToList().ForEach(kernel => journal.Append(kernel));
        }
        var resumed = Journal.Read(directory.Path).Kernels;
        Assert.That(resumed[1].Cases, Is.SameAs(resumed[0].Cases));
    }

    [Test]
    public void A_guests_words_do_not_outlive_the_run()
    {
        var nonce = Guid.NewGuid().ToString("N");
        var report = ProbeReport.Read(
            $"KTAP version 1\n# prober protocol=1 nonce={nonce} release=1 machine=m cases=1\n1..1\n"
            + $"ok 1 raw.{nonce} # SKIP want=accept outcome=reject step=s{nonce} errno=e{nonce} reason=r{nonce}\n"
            + $"# end nonce={nonce} count=1\n", nonce);
        var said = report.Cases.Single();
        Assert.That(report.IsWhole);
        Assert.That(new[] { said.Id, said.Step, said.Errno, said.Reason }.Select(t => string.IsInterned(t!)),
            Is.All.Null);
    }

    [Test]
    public void The_harness_interns_no_text()
    {
        var root = Path.Combine(Repository.Find().Path, "harness");
        var files = Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            .Where(f => File.ReadAllText(f).Contains("string.Intern(", StringComparison.Ordinal));
        Assert.That(files, Is.Empty, "interned texts stay until the process ends");
    }
}
