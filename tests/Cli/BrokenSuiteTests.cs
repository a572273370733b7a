using System.Text;
using Harness.Processes;
using Harness.Results;
using Harness.Tests.Boot;
using Harness.Tests.Faults;
using Harness.Tests.Kernels.Debian;
using Harness.Tests.Support;

namespace Harness.Tests.Cli;

/// <summary>
/// The verbs over an archive of this machine's own, one of whose suites somebody tampered with: only the launcher and
/// the archive are stand-ins.
/// </summary>
[Category(FaultSuite.Category)]
public sealed class BrokenSuiteTests : ArchiveFixture
{
    private const string First = "raw.array_of_maps.array.none.none";
    private const string Row = "debian-suite-trixie-amd64";
    private const string Good = "debian-6.1.6-1-cloud-amd64";

    private TemporaryDirectory _directory = null!;
    private FakeLauncher _launcher = null!;

    [SetUp]
    public async Task Publish_a_suite_that_is_good_and_one_that_is_not()
    {
        _directory = new TemporaryDirectory();
        _launcher = new FakeLauncher(_directory["launcher"]);
        // A comment in the shape of a bzImage's header: HdrS at 0x202.
        var image = "#".PadRight(0x202, '-') + "HdrS".PadRight(64, '-') + $"""

            header 1
            line "ok 1 {First} # want=accept outcome=accept"
            end 1

            """;
        await Archive.AddAsync(Package, "6.1.6-1", Encoding.ASCII.GetBytes(image));
        await Archive.PublishAsync();
        await Archive.PublishAsync("trixie");
        await EditAsync("dists/trixie/InRelease",
            text => text.Replace("Origin: Debian", "Origin: Someone", StringComparison.Ordinal));
        _directory.Write("kernels.yaml",
            "kernels:\n  - debian: {suites: [bookworm, trixie], flavour: cloud-amd64}\n");
    }

    [TearDown]
    public void Remove_the_directory() => _directory.Dispose();

    [Test]
    public async Task No_verb_is_silently_smaller()
    {
        foreach (var verb in new[] { "list", "lock", "fetch" })
        {
            var result = await HarnessAsync(verb);
            Assert.That(result.ExitCode, Is.EqualTo(ExitCodes.NotTestable), result.Describe());
            Assert.That(result.StandardError, Does.Contain(Row).And.Contains("BAD SIGNATURE"), verb);
        }
        Assert.That(_directory["kernels.lock.yaml"], Does.Not.Exist);
        var listed = await HarnessAsync("list", "--json");
        Assert.That(listed.StandardOutput, Does.Contain($"\"id\": \"{Row}\"").And.Contains($"\"id\": \"{Good}\""));
    }

    [Test]
    public async Task A_run_has_a_row_for_the_suite_and_tests_the_rest()
    {
        var result = await HarnessAsync("run", "--accel", "tcg", "--case", First, "--out", _directory["run"]);
        Assert.That(result.ExitCode, Is.EqualTo(ExitCodes.NotTestable), result.Describe());
        Assert.That(result.StandardError, Does.Contain("BAD SIGNATURE"));
        var kernels = ResultsFile.Read(_directory["run"]).Kernels;
        Assert.That(kernels.Select(k => (k.Id, k.Status)), Is.EquivalentTo(
            new[] { (Good, KernelStatus.Tested), (Row, KernelStatus.InfraError) }));
        Assert.That(kernels.Single(k => k.Id == Row).StandsFor, Is.EqualTo("debian-"));
        Assert.That(kernels.Single(k => k.Id == Row).Reason,
            Does.Contain("suite trixie").And.Contains("BAD SIGNATURE"));
    }

    private Task<FinishedCommand> HarnessAsync(string verb, params string[] arguments) => _launcher.Serve(
        RealRun.Harness([verb, "--kernels", _directory["kernels.yaml"], "--mirror", Server.Address.AbsoluteUri,
            "--keyring", Key.Keyring, .. arguments]),
        _directory["cache"]).TryRunAsync(CancellationToken.None);
}
