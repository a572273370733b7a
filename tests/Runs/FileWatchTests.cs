using Harness.Runs;
using Harness.Tests.Support;

namespace Harness.Tests.Runs;

/// <summary>What counts as a change of the files that are watched.</summary>
public sealed class FileWatchTests
{
    private TemporaryDirectory _directory = null!;
    private ManualTimers _clock = null!;
    private FileWatch _watch = null!;
    private IReadOnlyList<string>? _changes;

    [SetUp]
    public async Task Watch_two_files()
    {
        _changes = null;
        _directory = new TemporaryDirectory();
        _directory.Write("a.bpf.o", "one");
        _directory.Write("b.bpf.o", "two");
        _clock = new ManualTimers();
        _watch = new FileWatch(() => Directory.EnumerateFiles(_directory.Path), _clock);
        await _watch.TakeAsync(CancellationToken.None);
        _ = NextAsync();
        await LookAsync();
        Assert.That((_watch.Count, _changes), Is.EqualTo((2, (object?)null)));
    }

    [TearDown]
    public void Remove_them() => _directory.Dispose();

    [Test]
    public async Task Files_that_change_come_and_go_are_named()
    {
        _directory.Write("a.bpf.o", "another");
        _directory.Write("c.bpf.o", "three");
        File.Delete(_directory["b.bpf.o"]);
        await LookAsync();
        await LookAsync();
        Assert.That(_changes, Is.EqualTo(new[]
        {
            $"{_directory["a.bpf.o"]} changed", $"{_directory["c.bpf.o"]} is new", $"{_directory["b.bpf.o"]} is gone",
        }));
        Assert.That(_watch.Count, Is.EqualTo(2));
    }

    [Test]
    public async Task A_file_that_is_still_written_to_is_waited_for()
    {
        _directory.Write("a.bpf.o", "half");
        await LookAsync();
        for (var size = 5; size < 8; size++)
        {
            _directory.Write("a.bpf.o", new string('x', size));
            await LookAsync();
            Assert.That(_changes, Is.Null);
        }
        await LookAsync();
        Assert.That(_changes, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_file_that_is_written_as_it_was_is_no_change()
    {
        var later = new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(_directory.Write("a.bpf.o", "one"), later);
        await LookAsync();
        await LookAsync();
        Assert.That(_changes, Is.Null);
    }

    [Test]
    public async Task Nothing_is_asked_about_while_a_build_has_removed_all()
    {
        File.Delete(_directory["a.bpf.o"]);
        File.Delete(_directory["b.bpf.o"]);
        await LookAsync();
        await LookAsync();
        Assert.That(_changes, Is.Null);
        _directory.Write("a.bpf.o", "one");
        await LookAsync();
        await LookAsync();
        Assert.That(_changes,
            Is.EqualTo(new[] { $"{_directory["b.bpf.o"]} is gone" }));
    }

    private async Task NextAsync() => _changes = await _watch.NextAsync(CancellationToken.None);

    /// <summary>The half second of one look ends.</summary>
    private async Task LookAsync()
    {
        var looks = _clock.Asked.Count;
        await _clock.RingAsync();
        await ProcessTable.UntilAsync(() => _changes is not null || _clock.Asked.Count > looks, "it looks again");
    }
}
