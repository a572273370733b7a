using System.Text.Json.Nodes;
using Harness.Results;
using Harness.Tests.Support;

namespace Harness.Tests.Cli;

/// <summary><c>harness merge</c>: what lies in the joined directory, and what is refused.</summary>
public sealed class MergeVerbTests
{
    private const string Older = "debian-5.10.262-1-cloud-amd64";
    private const string Newer = "debian-6.1.192-1-cloud-amd64";

    private TemporaryDirectory _directory = null!;
    private TestTerminal _terminal = null!;

    private string Joined => _directory["joined"];

    [SetUp]
    public void MakeShares()
    {
        _directory = new TemporaryDirectory();
        _terminal = new TestTerminal();
        Write("one", 1, "5.10.262", "6.1.192");
        Write("two", 2, "6.1.192", "5.10.262");
    }

    [TearDown]
    public void RemoveShares() => _directory.Dispose();

    [Test]
    public async Task The_joined_directory_has_what_a_run_has()
    {
        Assert.That(await MergeAsync("two", "one"), Is.EqualTo(ExitCodes.AsExpected), _terminal.Error);
        var document = ResultsFile.Read(Joined);
        Assert.That(document.Kernels.Select(k => k.Id), Is.EqualTo(new[] { Older, Newer }));
        Assert.That((document.Run.Complete, document.Shard), Is.EqualTo((true, (ShardInfo?)null)));
        Assert.That(Text("console", $"{Older}.log"), Is.EqualTo("console of one\n"));
        Assert.That(Text("console", $"{Newer}.boot-2.log"), Is.EqualTo("second of two\n"));
        Assert.That(Text("ktap", $"{Newer}.ktap"), Is.EqualTo("ktap of two\n"));
        Assert.That(Text("harness.log"), Is.EqualTo("log of one\nlog of two\n"));
        Assert.That(Text("report.md"), Does.Contain("2 of 2 kernels"));
        var origins = JsonNode.Parse(Text("merged.json"))!;
        Assert.That(origins["runs"]!.AsArray().Select(r => (string)r!["kernels"]![0]!),
            Is.EqualTo(new[] { Older, Newer }));
        Assert.That(origins["missing"]!.AsArray(), Is.Empty);
    }

    [Test]
    public async Task A_missing_share_is_exit_code_3_and_its_kernels_are_named()
    {
        Assert.That(await MergeAsync("one"), Is.EqualTo(ExitCodes.NotTestable), _terminal.Error);
        Assert.That(_terminal.Error, Does.Contain($"{Newer}: not run: is in shard 2/2"));
        Assert.That(Text("report.md"), Does.Contain("Nobody ran 1 kernel of the matrix"));
        Assert.That(ResultsFile.Read(Joined).Kernels.Single(k => k.Id == Newer).Status,
            Is.EqualTo(KernelStatus.NotRun));
    }

    [Test]
    public async Task An_earlier_merge_is_replaced_and_nothing_else()
    {
        await MergeAsync("one");
        Assert.That(await MergeAsync("one", "two"), Is.EqualTo(ExitCodes.AsExpected), _terminal.Error);
        Assert.That(ResultsFile.Read(Joined).Run.Complete, Is.True);
        Assert.That(await _terminal.RunAsync("merge", _directory["one"], "--out", _directory["two"]),
            Is.EqualTo(ExitCodes.Usage));
        Assert.That(_terminal.Error, Does.Contain("is not empty, and holds no joined run"));
        Assert.That(await _terminal.RunAsync("merge", Joined, _directory["two"], "--out", Joined),
            Is.EqualTo(ExitCodes.Usage));
        Assert.That(_terminal.Error, Does.Contain("is one of the runs to join"));
    }

    [TestCase("none", "no such directory")]
    [TestCase("one/results.json", "is a file")]
    [TestCase("", "give a run directory or its results.json")]
    public async Task What_is_no_run_is_named(string path, string problem)
    {
        Assert.That(await _terminal.RunAsync("merge", _directory["one"], _directory[path], "--out", Joined),
            Is.EqualTo(ExitCodes.Usage));
        Assert.That(_terminal.Error, Does.Contain(_directory[path]).And.Contain(problem));
        Assert.That(Joined, Does.Not.Exist);
    }

    private Task<int> MergeAsync(params string[] shares) =>
        _terminal.RunAsync(["merge", .. shares.Select(s => _directory[s]), "--out", Joined]);

    private string Text(params string[] parts) => File.ReadAllText(Path.Combine([Joined, .. parts]));

    private void Write(string name, int index, string own, string other)
    {
        var kernel = Samples.Kernel(own);
        var elsewhere = Samples.Untested(other, KernelStatus.NotRun, $"is in shard {3 - index}/2");
        Directory.CreateDirectory(_directory[name]);
        ResultsFile.Write(_directory[name, ResultsFile.Name],
            Samples.Document(kernel) with { Shard = new ShardInfo(index, 2, [elsewhere]) });
        _directory.Write($"{name}/console/{kernel.Id}.log", $"console of {name}\n");
        _directory.Write($"{name}/console/{kernel.Id}.boot-2.log", $"second of {name}\n");
        _directory.Write($"{name}/ktap/{kernel.Id}.ktap", $"ktap of {name}\n");
        _directory.Write($"{name}/harness.log", $"log of {name}\n");
    }
}
