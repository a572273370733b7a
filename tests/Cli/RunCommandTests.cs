using System.Globalization;
using CliWrap;
using Harness.Processes;
using Harness.Results;
using Harness.Tests.Boot;
using Harness.Tests.Faults;
using Harness.Tests.Support;

namespace Harness.Tests.Cli;

/// <summary>
/// <c>harness run</c> from the command line to its exit code; only the launcher, which the shell finds first, is a
/// stand-in.
/// </summary>
public sealed class RunCommandTests
{
    private const string First = "raw.array_of_maps.array.none.none";
    private const string Second = "raw.array_of_maps.array.bytes.none";

    private TemporaryDirectory _shared = null!;
    private TemporaryDirectory _directory = null!;
    private FakeLauncher _launcher = null!;

    [OneTimeSetUp]
    public async Task Make_a_launcher_and_a_whole_run()
    {
        _shared = new TemporaryDirectory();
        _launcher = new FakeLauncher(_shared["launcher"]);
        var whole = await RunInAsync(Whole);
        Assert.That(whole.ExitCode, Is.EqualTo(ExitCodes.AsExpected), whole.Describe());
    }

    [OneTimeTearDown]
    public void Remove_them() => _shared.Dispose();

    [SetUp]
    public void Make_a_directory() => _directory = new TemporaryDirectory();

    [TearDown]
    public void Remove_it() => _directory.Dispose();

    /// <summary>The directory of a run that came to its end.</summary>
    private string Whole => _shared["whole"];

    [Test]
    public async Task A_second_run_changes_nothing_and_a_falsified_baseline_is_found_out()
    {
        var second = await RunAsync("second", "--baseline", Whole);
        Assert.That((second.ExitCode, second.StandardOutput.Contains("Nothing changed.", StringComparison.Ordinal)),
            Is.EqualTo((ExitCodes.AsExpected, true)), second.Describe());

        var document = ResultsFile.Read(Whole);
        var kernel = document.Kernels.Single();
        var falsified = _directory["falsified.json"];
        ResultsFile.Write(falsified,
            document with
            {
                Kernels =
                [kernel with { Cases = [Samples.Case(Second, CaseStatus.Fail), kernel.Cases[1]] }]
            });
        var third = await RunAsync("third", "--baseline", falsified);
        Assert.That(third.ExitCode, Is.EqualTo(ExitCodes.Unexpected), third.Describe());
        Assert.That(third.StandardOutput,
            Does.Contain(
                "Fixed (1 verdict):\n  rejected at update with EINVAL → accepted, on 6.1 (1 case)\n").And.Contain(
                "Every result is as expected."));
        Assert.That(await File.ReadAllTextAsync(_directory["third", "report.md"]),
            Does.Contain($"## What changed since {document.Run.Id}\n").And.Contain("**Fixed** (1 verdict):"));
    }

    [Test]
    public async Task Repeats_that_do_not_agree_are_not_as_expected()
    {
        var result = await RunAsync("run", "--repeat", "2");
        Assert.That(result.ExitCode, Is.EqualTo(ExitCodes.Unexpected), result.Describe());
        Assert.That(ResultsFile.Read(_directory["run"]).Kernels.Single().Cases.Select(c => (c.Id, c.Status)),
            Is.EqualTo(new[] { (Second, CaseStatus.Flaky), (First, CaseStatus.Pass) }));
        Assert.That(await File.ReadAllTextAsync(_directory["run", "report.md"]), Does.Contain("## Flaky\n"));
        Assert.That(Journal.Read(_directory["run"]).Request.Repeat, Is.EqualTo(2));
    }

    [Test]
    public async Task A_missing_image_alone_is_exit_code_3()
    {
        var result = await RunAsync("run", "--image", _directory["absent"]);
        Assert.That(result.ExitCode, Is.EqualTo(ExitCodes.NotTestable), result.Describe());
        Assert.That(ResultsFile.Read(_directory["run"]).Kernels.Select(k => k.Status),
            Is.EquivalentTo(new[] { KernelStatus.Unavailable, KernelStatus.Tested }));
    }

    [Test]
    public async Task A_home_that_is_not_there_costs_no_result_and_puts_no_cache_into_the_current_directory()
    {
        var run = await Run(_directory["run"])
            .WithEnvironmentVariable("XDG_CACHE_HOME", null).WithEnvironmentVariable("HOME", _directory["gone"])
            .WithWorkingDirectory(_directory.Path).TryRunAsync(CancellationToken.None);
        Assert.That(run.ExitCode, Is.EqualTo(ExitCodes.AsExpected), run.Describe());
        Assert.That(_directory[".cache"], Does.Not.Exist);
        Assert.That(_directory["gone", ".cache", "kernel-harness"], Does.Exist);
    }

    [Test]
    public async Task What_lies_in_the_directory_of_a_run_to_be_is_not_overwritten()
    {
        _directory.Write("mine/report.md", "my notes");
        var result = await RunAsync("mine");
        Assert.That((result.ExitCode, result.StandardError.Contains("is not empty", StringComparison.Ordinal)),
            Is.EqualTo((ExitCodes.Usage, true)), result.Describe());
        Assert.That(await File.ReadAllTextAsync(_directory["mine", "report.md"]), Is.EqualTo("my notes"));
    }

    [Test]
    public void An_image_given_by_name_is_booted_as_it_is() =>
        Assert.That(ResultsFile.Read(Whole).Run.KernelParameters, Does.Not.Contain("acpi=off"));

    [TestCase("an empty directory")]
    [TestCase("a log alone")]
    [TestCase("an empty journal")]
    [TestCase("half a request")]
    [TestCase("zeros")]
    [TestCase("a request")]
    [Category(FaultSuite.Category)]
    public async Task A_directory_in_which_nothing_was_measured_is_begun_anew(string left)
    {
        var request = (await File.ReadAllLinesAsync(Path.Combine(Whole, Journal.Name)))[0] + "\n";
        foreach (var option in new[] { "--plain", "--resume" })
        {
            var name = "killed" + option;
            Directory.CreateDirectory(_directory[name]);
            if (left != "an empty directory")
            {
                _directory.Write($"{name}/harness.log", "{}\n");
            }
            if (left is not ("an empty directory" or "a log alone"))
            {
                _directory.Write($"{name}/{Journal.Name}", left switch
                {
                    "an empty journal" => "",
                    "half a request" => request[..(request.Length / 2)],
                    "zeros" => new string('\0', 4096),
                    _ => request,
                });
                _directory.Write($"{name}/console/another.log", "[    0.000000] Linux");
                _directory.Write($"{name}/tmp/another/status", "");
            }
            var result = await RunAsync(name, option);
            Assert.That(result.ExitCode, Is.EqualTo(ExitCodes.AsExpected), $"{option}: {result.Describe()}");
            Assert.That(ResultsFile.Read(_directory[name]).Kernels.Single().Status, Is.EqualTo(KernelStatus.Tested));
            Assert.That(Journal.Read(_directory[name]).Kernels, Has.Count.EqualTo(1));
            Assert.That(Directory.Exists(_directory[name, "tmp"]), Is.False);
        }
    }

    [Test]
    public async Task A_directory_in_which_something_was_measured_is_not_begun_anew()
    {
        Directory.CreateDirectory(_directory["killed"]);
        File.Copy(Path.Combine(Whole, Journal.Name), _directory["killed", Journal.Name]);
        var result = await RunAsync("killed");
        Assert.That((result.ExitCode, result.StandardError.Contains("holds a run already", StringComparison.Ordinal)),
            Is.EqualTo((ExitCodes.Usage, true)), result.Describe());
        Assert.That(Journal.Read(_directory["killed"]).Kernels, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_run_that_goes_on_takes_no_other_selection()
    {
        var first = await RunAsync("run");
        Assert.That(first.ExitCode, Is.EqualTo(ExitCodes.AsExpected), first.Describe());
        var same = await RunAsync("run", "--resume");
        Assert.That(same.ExitCode, Is.EqualTo(ExitCodes.AsExpected), same.Describe());
        var other = await RunAsync("run", "--resume", "--case", "libbpf.*");
        Assert.That((other.ExitCode, other.StandardError.Contains("--case: the run in", StringComparison.Ordinal)),
            Is.EqualTo((ExitCodes.Usage, true)), other.Describe());
        var kernels = await RunAsync("run", "--resume", "--only", "debian-7*");
        Assert.That((kernels.ExitCode, kernels.StandardError.Contains("--only: the run in", StringComparison.Ordinal)),
            Is.EqualTo((ExitCodes.Usage, true)), kernels.Describe());
    }

    private Task<FinishedCommand> RunAsync(string name, params string[] arguments) =>
        RunInAsync(_directory[name], arguments);

    /// <summary>A kernel that refuses the second case whenever it is booted for the second time in a run.</summary>
    private async Task<FinishedCommand> RunInAsync(string directory, params string[] arguments) =>
        await Run(directory, arguments).TryRunAsync(CancellationToken.None);

    private Command Run(string directory, params string[] arguments)
    {
        // A comment in the shape of a bzImage's header: HdrS at 0x202.
        var header = "#".PadRight(0x202, '-') + "HdrS".PadRight(16, '-');
        var image = _launcher.Image("kernel", string.Create(CultureInfo.InvariantCulture, $$"""
            {{header}}
            verdict='outcome=accept'
            [[ $console != *repeat-2* ]] || verdict='outcome=reject step=update errno=EINVAL' no='not '
            header
            line "ok 1 {{First}} # want=accept outcome=accept"
            line "${no}ok 2 {{Second}} # want=accept $verdict"
            end
            """));
        var run = RealRun.Harness(["run", "--accel", "tcg", "--image", image, "--case", First, "--case", Second,
            "--out", directory, .. arguments]);
        return _launcher.Serve(run, _shared["cache"]);
    }
}
