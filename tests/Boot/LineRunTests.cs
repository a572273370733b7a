using Harness.Processes;
using Harness.Results;
using Harness.Tests.Kernels.Debian;
using Harness.Tests.Kernels.Sources;
using Harness.Tests.Support;

namespace Harness.Tests.Boot;

/// <summary>
/// One real kernel twice: of Debian's archive, and of a repository on this machine that says another line. It boots
/// from both.
/// </summary>
[Category("VM")]
[NonParallelizable]
public sealed class LineRunTests
{
    private const string Series = "6.1";
    private const string Flavour = "cloud-amd64";
    private const string Release = "427.13.1.el9_4";

    /// <summary>Debian's 6.1 refuses these; the second is foreseen in both lines.</summary>
    private const string One = "raw.array_of_maps.array.struct.none";
    private const string Two = "raw.array_of_maps.array.none.struct";
    private const string Three = "raw.array_of_maps.array.none.none";

    private TemporaryDirectory _directory = null!;
    private FinishedCommand _result = null!;
    private RunDocument _document = null!;

    [OneTimeSetUp]
    public async Task Boot_the_kernel_from_both_sources()
    {
        _directory = new TemporaryDirectory();
        await using var key = await SigningKey.MakeAsync();
        await using var server = new TestServer(_directory["repository"]);
        var debian = (await RealRun.NewestAsync(Series))["debian-".Length..^(Flavour.Length + 1)];
        var version = KernelVersion.Parse(debian).ToString();
        await RpmMaker.BuildAsync(_directory["repository"], "kernel-core", version, Release,
            ($"lib/modules/{version}-{Release}.x86_64/vmlinuz", (await RealImages.NewestAsync()).Path));
        await RpmMaker.PublishAsync(_directory["repository"], key);
        var matrix = _directory.Write("kernels.yaml", $$"""
            kernels:
              - debian: {suites: [bookworm, bookworm-security], flavour: {{Flavour}}, versions: ["{{debian}}"]}
              - rpm: {line: el9, uri: "{{server.Address}}", gpgkey: "{{key.Armoured}}", package: kernel-core}
            expectations:
              - {cases: ["{{One}}"], versions: "{{Series}}", status: fail, cause: seen}
              - {cases: ["{{Two}}"], versions: "{{Series}}", line: "*", status: fail, cause: seen}
            """);
        // The package is another one each time: the user's cache is not to keep it.
        _result = await RealRun.Harness(["run", "--accel", "tcg", "--cold", "--kernels", matrix,
            "--out", _directory["run"], .. RealRun.Cases([One, Two, Three])])
            .WithEnvironmentVariable("XDG_CACHE_HOME", _directory["cache"]).TryRunAsync(CancellationToken.None);
        _document = ResultsFile.Read(_directory["run"]);
    }

    [OneTimeTearDown]
    public void Remove_the_run() => _directory.Dispose();

    [Test]
    public void Both_are_tested_and_say_their_line()
    {
        Assert.That(_document.Kernels.Select(k => (k.Line, k.Status)), Is.EquivalentTo(new[]
        {
            ("debian", KernelStatus.Tested), ("el9", KernelStatus.Tested),
        }), _result.Describe());
        Assert.That(_document.Kernels.Select(k => (k.Version, k.Release, k.Sha256)).Distinct(),
            Has.One.Items, "it is the same kernel");
    }

    [Test]
    public void What_is_expected_by_version_counts_for_debian_alone_unless_it_names_the_line()
    {
        var unexpected = _document.Kernels
            .SelectMany(k => k.Cases.Where(c => !c.AsExpected).Select(c => (k.Line, c.Id)));
        Assert.That(unexpected, Is.EqualTo(new[] { ("el9", One) }));
        Assert.That(_result.ExitCode, Is.EqualTo(ExitCodes.Unexpected));
    }

    [Test]
    public void Ranges_are_of_each_line_and_nothing_changes_from_one_to_the_other()
    {
        Assert.That(_document.Ranges.Select(r => (r.Case, r.Line)), Is.EqualTo(
            new[] { Three, Two, One }.SelectMany(id => new[] { (id, "debian"), (id, "el9") })));
        Assert.That(_document.Transitions, Is.Empty);
    }

    [Test]
    public async Task The_report_says_that_the_lines_answer_alike() =>
        Assert.That(await File.ReadAllTextAsync(Path.Combine(_directory["run"], "report.md")), Does.Contain(
            "## What differs from line to line\n\nKernels of 1 version are in the lines debian and el9: "
            + "all of the 3 cases have the same answer in each line.\n"));
}
