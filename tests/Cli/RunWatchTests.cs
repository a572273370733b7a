using Harness.Cli;
using Harness.Runs;
using Harness.Tests.Support;

namespace Harness.Tests.Cli;

/// <summary><c>run --watch</c>: which runs are made, compared with which, and how it ends.</summary>
public sealed class RunWatchTests
{
    private readonly List<string?> _baselines = [];
    private TestTerminal _terminal = null!;
    private TemporaryDirectory _directory = null!;
    private FileWatch _watch = null!;

    [SetUp]
    public void Watch_a_file()
    {
        _baselines.Clear();
        _terminal = new TestTerminal();
        _directory = new TemporaryDirectory();
        _directory.Write("a.bpf.o", "0");
        _watch = new FileWatch(() => Directory.EnumerateFiles(_directory.Path), TimeProvider.System);
    }

    [TearDown]
    public void Remove_it() => _directory.Dispose();

    [Test]
    public async Task Each_run_is_compared_with_the_last_one_that_was_made()
    {
        using var interrupt = new CancellationTokenSource();
        var watching = WatchAsync(["first", "", "third"], interrupt.Token);
        await ProcessTable.UntilAsync(() => Waits(1), "it waits for a change");
        _directory.Write("a.bpf.o", "1");
        await ProcessTable.UntilAsync(() => Waits(2), "it waits after an error");
        _directory.Write("a.bpf.o", "2");
        await ProcessTable.UntilAsync(() => Waits(3), "it waits after a run");
        await interrupt.CancelAsync();
        Assert.That(await watching.WaitAsync(TimeSpan.FromSeconds(20)), Is.EqualTo(3), "that of the third run");
        Assert.That(_baselines, Is.EqualTo(new[] { null, "first", "first" }));
        var file = _directory["a.bpf.o"];
        Assert.That(_terminal.Output, Is.EqualTo(
            $"watching 1 file; Ctrl-C ends it\n{file} changed\nwatching 1 file; Ctrl-C ends it\n{file} changed\n"
            + "watching 1 file; Ctrl-C ends it\n"));
        Assert.That(_terminal.Error, Does.Contain("damaged"));
    }

    [Test]
    public async Task A_run_that_is_interrupted_is_the_last() =>
        Assert.That(await WatchAsync(["interrupted"], CancellationToken.None), Is.EqualTo(ExitCodes.Interrupted));

    [Test]
    public void An_error_of_the_first_run_ends_it() =>
        Assert.That(() => WatchAsync([""], CancellationToken.None), Throws.InstanceOf<UsageException>());

    [TestCase("--watch", "give some, by --object or --exec")]
    [TestCase("--watch --object x --out y", "each in a directory of its own")]
    public async Task Without_files_or_with_a_directory_it_is_refused(string options, string why)
    {
        var code = await _terminal.RunAsync(["run", .. options.Split(' ')]);
        Assert.That(code, Is.EqualTo(ExitCodes.Usage));
        Assert.That(_terminal.Error, Does.Contain(why));
    }

    /// <param name="runs">The directories of the runs; one without ends with an error.</param>
    private Task<int> WatchAsync(IReadOnlyList<string> runs, CancellationToken cancellation) =>
        new RunWatch(_terminal.Terminal, _watch).RunAsync(new RunOptions(), (options, _) =>
        {
            _baselines.Add(options.Baseline);
            return runs[_baselines.Count - 1] switch
            {
                "" => throw new UsageException("the object is damaged"),
                "interrupted" => Task.FromResult(("", ExitCodes.Interrupted)),
                var directory => Task.FromResult((directory, _baselines.Count)),
            };
        }, cancellation);

    private bool Waits(int times) => _terminal.Output.Split("watching").Length == times + 1;
}
