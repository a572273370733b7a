using CliWrap;
using Harness.Kernels;
using Harness.Probes.InnerMaps;
using Harness.Processes;
using Harness.Results;
using Harness.Tests.Support;

namespace Harness.Tests.Boot;

/// <summary>
/// The libbpf axis on a real 6.1: a prober is built for a second libbpf and runs in the same boot. The second one is
/// the machine's own under another name, so that nothing needs to be fetched and both must agree.
/// </summary>
[Category("VM")]
[NonParallelizable]
public sealed class TwoLibbpfsTests
{
    private const string Version = "9.9";
    private const string Label = "libbpf-9-9";

    private TemporaryDirectory _directory = null!;
    private FinishedCommand _result = null!;
    private RunDocument _document = null!;

    [OneTimeSetUp]
    public async Task Run_the_declarations_of_one_type_with_both()
    {
        _directory = new TemporaryDirectory();
        await MakeCacheAsync();
        _result = await RunAsync(_directory.Write("two.yaml", Matrix($"libbpf: [machine, '{Version}']")), "--case",
            "libbpf.*.lru_hash.*");
        Assert.That(_result.ExitCode, Is.EqualTo(ExitCodes.AsExpected), _result.Describe() + _result.StandardOutput);
        _document = ResultsFile.Read(_directory["run"]);
    }

    [OneTimeTearDown]
    public void Remove_the_run() => _directory.Dispose();

    [Test]
    public void Both_answered_every_case_and_agree()
    {
        var cases = _document.Kernels.Single().Cases.ToDictionary(c => c.Id);
        var further = cases.Keys.Where(id => id.EndsWith("." + Label, StringComparison.Ordinal)).ToList();
        Assert.That(further, Has.Count.GreaterThan(20).And.Count.EqualTo(cases.Count / 2));
        foreach (var id in further)
        {
            Assert.That(cases[id] with { Id = id[..^(Label.Length + 1)] },
                Is.EqualTo(cases[id[..^(Label.Length + 1)]]));
        }
        Assert.That(cases["libbpf.array_of_maps.lru_hash.struct.none." + Label] is
        {
            Outcome: Outcome.Reject,
            Step: "update", Errno: "EINVAL"
        });
    }

    [Test]
    public void The_second_was_asked_after_the_first_on_the_same_clock()
    {
        var kernel = _document.Kernels.Single();
        var starts = kernel.Cases.Zip(kernel.CaseStarts!).ToLookup(
            c => c.First.Id.EndsWith("." + Label, StringComparison.Ordinal), c => c.Second!.Value);
        Assert.That(starts[true].Min(), Is.GreaterThan(starts[false].Max()));
    }

    [Test]
    public void What_both_wrote_is_kept_in_one_file()
    {
        var id = _document.Kernels.Single().Id;
        Assert.That(Directory.EnumerateFiles(_directory["run", "console"]).Select(Path.GetFileName),
            Is.EqualTo(new[] { id + ".log" }));
        Assert.That(File.ReadAllText(_directory["run", "ktap", id + ".ktap"]),
            // The init of a kernel that can be saved says first that it is asked.
            Does.Match("^(# init asked nonce=[0-9a-f]+\n)?KTAP version 1\n").And.Contain(" probe=inner-maps\n")
                .And.Contain($" probe=inner-maps.{Label}\n"));
    }

    [Test]
    public void The_results_name_both_and_the_report_compares_them()
    {
        Assert.That(RunFacts.Libbpfs(_document.Run).Select(l => (l.Name, l.Label)),
            Is.EqualTo(new[] { ("machine", (string?)null), (Version, Label) }));
        Assert.That(RunFacts.Libbpfs(_document.Run).Select(l => l.Cases),
            Is.All.EqualTo(_document.Kernels.Single().Cases.Count / 2));
        Assert.That(RunFacts.Libbpfs(_document.Run).Select(l => l.ProberSha256), Is.Unique);
        Assert.That(File.ReadAllText(_directory["run", "report.md"]),
            Does.Contain("**Does a newer libbpf change an answer?** No:"));
    }

    [Test]
    public async Task A_run_does_not_go_on_with_other_probers()
    {
        _directory.Write("two.yaml", Matrix(""));
        var result = await RealRun.Harness("run", "--resume", "--out", _directory["run"])
            .WithEnvironmentVariable("XDG_CACHE_HOME", _directory["cache"]).TryRunAsync(CancellationToken.None);
        Assert.That(result.ExitCode, Is.EqualTo(ExitCodes.Usage), result.Describe());
        Assert.That(result.StandardError, Does.Contain("was measured with another prober"));
    }

    private Task<FinishedCommand> RunAsync(string matrix, params string[] arguments) =>
        RealRun.Harness(["run", "--kernels", matrix, "--out", _directory["run"], "--accel", "tcg", .. arguments])
            .WithEnvironmentVariable("XDG_CACHE_HOME", _directory["cache"]).TryRunAsync(CancellationToken.None);

    private static string Matrix(string axis) => $"""
        kernels:
          - debian:
              suites: [bookworm, bookworm-security]
              flavour: cloud-amd64
              from: "6.1"
              to: "6.1"
        expectations_file: {Path.Combine(RealRun.Repository.Path, "expectations.yaml")}
        {axis}
        """;

    /// <summary>The user's cache, but for its libbpfs and probers.</summary>
    private async Task MakeCacheAsync()
    {
        var cache = Directory.CreateDirectory(_directory["cache", "kernel-harness"]).FullName;
        foreach (var entry in Directory.Exists(ImageCache.DefaultRoot())
            ? Directory.EnumerateFileSystemEntries(ImageCache.DefaultRoot())
            : [])
        {
            if (Path.GetFileName(entry) is not ("libbpf" or "probers"))
            {
                File.CreateSymbolicLink(Path.Combine(cache, Path.GetFileName(entry)), entry);
            }
        }
        var archive = await new Command("gcc").WithArguments(["-print-file-name=libbpf.a"])
            .RunAsync(CancellationToken.None);
        Directory.CreateDirectory(Path.Combine(cache, "libbpf", Version, "lib"));
        Directory.CreateDirectory(Path.Combine(cache, "libbpf", Version, "include"));
        File.CreateSymbolicLink(Path.Combine(cache, "libbpf", Version, "lib", "libbpf.a"),
            archive.StandardOutput.Trim());
        Directory.CreateSymbolicLink(Path.Combine(cache, "libbpf", Version, "include", "bpf"), "/usr/include/bpf");
    }
}
