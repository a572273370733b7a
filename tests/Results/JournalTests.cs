using CliWrap;
using Harness.Processes;
using Harness.Results;
using Harness.Tests.Support;

namespace Harness.Tests.Results;

public sealed class JournalTests
{
    private TemporaryDirectory _directory = null!;

    private string FilePath => _directory[Journal.Name];

    [SetUp]
    public void MakeDirectory() => _directory = new TemporaryDirectory();

    [TearDown]
    public void RemoveDirectory() => _directory.Dispose();

    [Test]
    public async Task Every_result_is_on_disk_at_once()
    {
        using var journal = Journal.Open(_directory.Path, Samples.Request());
        journal.Append(Samples.Kernel("5.10.262", Samples.Case("raw.a.b.none.none")));
        Directory.CreateDirectory(_directory["as-if-killed"]);
        await new Command("cp").WithArguments([FilePath, _directory["as-if-killed"]]).RunAsync(CancellationToken.None);
        var (request, kernels) = Journal.Read(_directory["as-if-killed"]);
        Assert.That((request.RunId, request.Matrix, request.StartedAt),
            Is.EqualTo((Samples.Request().RunId, Samples.Request().Matrix, Samples.Request().StartedAt)));
        Assert.That(kernels.Single().Cases.Single(), Is.EqualTo(Samples.Case("raw.a.b.none.none")));
    }

    [Test]
    public async Task A_FIFO_in_a_journals_place_holds_up_nobody()
    {
        await Fifos.MakeAsync(FilePath);
        Action[] uses =
        [
            () => Journal.Open(_directory.Path, Samples.Request()).Dispose(), () => Journal.Read(_directory.Path),
            () => Journal.IsUnbegun(_directory.Path),
        ];
        foreach (var use in uses)
        {
            var refused = await Assert.CatchAsync<IOException>(() => Task.Run(use).WaitAsync(TimeSpan.FromSeconds(30)));
            Assert.That(refused!.Message, Is.EqualTo($"{FilePath} is no regular file"));
        }
    }

    [Test]
    public void The_newest_result_of_a_kernel_counts()
    {
        using (var journal = Journal.Open(_directory.Path, Samples.Request()))
        {
            journal.Append(Samples.Untested("6.1.5", KernelStatus.InfraError, "no memory"));
            journal.Append(Samples.Kernel("6.12.43"));
            journal.Append(Samples.Kernel("6.1.5"));
        }
        var statuses = Journal.Read(_directory.Path).Kernels.ToDictionary(k => k.Version!, k => k.Status);
        Assert.That(statuses,
            Is.EqualTo(
                new Dictionary<string, KernelStatus>
                {
                    ["6.1.5"] = KernelStatus.Tested,
                    ["6.12.43"] = KernelStatus.Tested
                }));
    }

    /// <summary>A run of many kernels does not hold the times in memory, but reads them where they are.</summary>
    [Test]
    public void The_times_of_cases_are_read_where_they_stand_and_with_their_kernel()
    {
        var timed = Timed("6.1.5", 0.000612);
        using (var journal = Journal.Open(_directory.Path, Samples.Request()))
        {
            Assert.That(journal.Append(Samples.Kernel("5.10.1", Samples.Case("raw.a"))), Is.Null);
            var place = journal.Append(timed);
            journal.Append(Timed("6.1.6", 0.5));
            var read = journal.ReadTimes(CaseTimes.Without(timed), place!.Value);
            Assert.That((read.CaseStarts, read.CaseSeconds), Is.EqualTo((timed.CaseStarts, timed.CaseSeconds)));
            journal.Append(Samples.Kernel("6.1.7", Samples.Case("raw.a")));
        }
        Assert.That(Journal.Read(_directory.Path).Kernels.Select(k => (k.Version, k.CaseStarts, k.CaseSeconds)),
            Is.EqualTo(new[]
            {
                ("5.10.1", null, null), ("6.1.5", timed.CaseStarts, timed.CaseSeconds),
                ("6.1.6", timed.CaseStarts, (double?[])[0.5]), ("6.1.7", null, null),
            }));
    }

    [Test]
    public void The_times_of_an_older_result_are_not_those_of_the_newest()
    {
        using (var journal = Journal.Open(_directory.Path, Samples.Request()))
        {
            journal.Append(Timed("6.1.5", 0.5));
            journal.Append(Samples.Kernel("6.1.5"));
        }
        Assert.That(Journal.Read(_directory.Path).Kernels.Single().CaseSeconds, Is.Null);
    }

    [Test]
    public void Times_whose_kernel_a_crash_cut_off_are_nobodys_and_nothing_was_measured()
    {
        using (var journal = Journal.Open(_directory.Path, Samples.Request()))
        {
            journal.Append(Timed("6.1.5", 0.5));
        }
        using (var file = File.OpenWrite(FilePath))
        {
            file.SetLength(file.Length - 2);
        }
        Assert.That(Journal.IsUnbegun(_directory.Path));
        using (var journal = Journal.Open(_directory.Path, Samples.Request()))
        {
            journal.Append(Samples.Kernel("6.1.6", Samples.Case("raw.a")));
        }
        Assert.That(Journal.Read(_directory.Path).Kernels.Single().CaseSeconds, Is.Null);
        Assert.That(Journal.IsUnbegun(_directory.Path), Is.False);
    }

    private static KernelResult Timed(string version, double seconds) =>
        Samples.Kernel(version, Samples.Case("raw.a")) with { CaseStarts = [2.25], CaseSeconds = [seconds] };

    [Test]
    public void Reopened_it_goes_on_and_keeps_the_first_request()
    {
        Journal.Open(_directory.Path, Samples.Request()).Dispose();
        using (var journal = Journal.Open(_directory.Path, Samples.Request() with { RunId = "another" }))
        {
            journal.Append(Samples.Kernel("6.1.5"));
        }
        var (request, kernels) = Journal.Read(_directory.Path);
        Assert.That((request.RunId, kernels.Count), Is.EqualTo((Samples.Request().RunId, 1)));
    }

    [Test]
    public void Cut_at_any_byte_it_keeps_the_whole_lines_and_takes_new_ones()
    {
        using (var journal = Journal.Open(_directory.Path, Samples.Request()))
        {
            journal.Append(Samples.Kernel("5.10.262"));
            journal.Append(Samples.Kernel("6.1.5"));
        }
        var whole = File.ReadAllBytes(FilePath);
        var requestLength = Array.IndexOf(whole, (byte)'\n') + 1;
        for (var length = requestLength; length < whole.Length; length += 7)
        {
            File.WriteAllBytes(FilePath, whole[..length]);
            var kept = whole[..length].Count(b => b == '\n') - 1;
            // The last line may lack nothing but its newline.
            Assert.That(Journal.Read(_directory.Path).Kernels, Has.Count.InRange(kept, kept + 1), $"cut at {length}");
            using (var journal = Journal.Open(_directory.Path, Samples.Request()))
            {
                journal.Append(Samples.Kernel("7.0.4"));
            }
            var versions = Journal.Read(_directory.Path).Kernels.Select(k => k.Version);
            Assert.That(versions, Is.EqualTo(new[] { "5.10.262", "6.1.5" }.Take(kept).Append("7.0.4")),
                $"cut at {length}");
        }
    }

    [Test]
    public void A_journal_whose_request_was_cut_starts_anew()
    {
        File.WriteAllText(FilePath, "{\"request\":{\"runId\":");
        Journal.Open(_directory.Path, Samples.Request()).Dispose();
        Assert.That(Journal.Read(_directory.Path).Request.RunId, Is.EqualTo(Samples.Request().RunId));
    }

    [Test]
    public void A_damaged_line_costs_only_its_kernel()
    {
        using (var journal = Journal.Open(_directory.Path, Samples.Request()))
        {
            journal.Append(Samples.Kernel("5.10.262"));
            journal.Append(Samples.Kernel("6.1.5"));
        }
        var lines = File.ReadAllLines(FilePath);
        File.WriteAllLines(FilePath,
            [lines[0], lines[1].Replace("tested", "testedd", StringComparison.Ordinal), "\0\0\0", "null", lines[2]]);
        Assert.That(Journal.Read(_directory.Path).Kernels.Single().Version, Is.EqualTo("6.1.5"));
    }

    [Test]
    public void Without_a_request_nothing_can_be_resumed()
    {
        File.WriteAllText(FilePath, "{\"request\":null,\"kernel\":null}\n");
        Assert.That(() =>
            Journal.Read(_directory.Path),
            Throws.TypeOf<ResultsException>().With.Message.EqualTo($"{FilePath}:1: does not say what was run"));
    }

    [Test]
    public void Without_a_journal_nothing_can_be_resumed() =>
        Assert.That(() =>
            Journal.Read(_directory.Path),
            Throws.TypeOf<ResultsException>().With.Message.StartsWith($"{FilePath}: no such file"));

    [Test]
    public void Two_runs_never_write_the_same_journal()
    {
        using var journal = Journal.Open(_directory.Path, Samples.Request());
        const string Reason = "another harness is running this run";
        Assert.That(() => Journal.Open(_directory.Path, Samples.Request()),
            Throws.TypeOf<UsageException>().With.Message.Contains(Reason));
        Assert.That(() => Journal.Read(_directory.Path),
            Throws.TypeOf<UsageException>().With.Message.Contains(Reason), "nor is one resumed that still runs");
    }

    [Test]
    public void Many_kernels_may_finish_at_once()
    {
        using (var journal = Journal.Open(_directory.Path, Samples.Request()))
        {
            Parallel.For(0, 40, i => journal.Append(Samples.Kernel($"6.1.{i}", Samples.Case("raw.a.b.none.none"))));
        }
        Assert.That(Journal.Read(_directory.Path).Kernels, Has.Count.EqualTo(40));
    }
}
