using System.Globalization;
using System.Security.Cryptography;
using Harness.Processes;
using Harness.Results;
using Harness.Runs;
using Harness.Tests.Boot;
using Harness.Tests.Support;

namespace Harness.Tests.Cli;

/// <summary>
/// The command line as its users meet it: a process of its own, exit codes, and what it says on standard error.
/// </summary>
public sealed class CommandLineTests
{
    private TemporaryDirectory _directory = null!;

    [SetUp]
    public void Make_a_directory() => _directory = new TemporaryDirectory();

    [TearDown]
    public void Remove_it() => _directory.Dispose();

    [TestCase("frobnicate")]
    [TestCase("run", "--frobnicate")]
    [TestCase("run", "--jobs", "many")]
    [TestCase("run", "--jobs", "0")]
    [TestCase("run", "--accel", "hvf")]
    [TestCase("run", "--timeout", "-1")]
    [TestCase("run", "--repeat", "0")]
    [TestCase("run", "--repeat", "often")]
    [TestCase("run", "--baseline", "/nonexistent/run")]
    [TestCase("run", "--resume")]
    [TestCase("run", "--out", "", "--dry-run")]
    [TestCase("run", "--out=", "--dry-run")]
    [TestCase("diff", "", "/nonexistent/run")]
    [TestCase("publish", "--out", "")]
    [TestCase("list", "--kernels", "/")]
    [TestCase("run", "--case", "nothing.like.this")]
    [TestCase("run", "--only", "no-such-kernel-*")]
    [TestCase("run", "--only", "{open")]
    [TestCase("run", "--image", "a", "--locked")]
    [TestCase("run", "--image", "a", "--lock", "b")]
    [TestCase("run", "--locked", "--lock", "b")]
    [TestCase("run", "--lock", "/nonexistent.lock.yaml", "--dry-run")]
    [TestCase("cluster", "slurm", "run", "--shards", "2", "--chunk", "3")]
    [TestCase("cluster", "slurm", "attach", "/nonexistent")]
    [TestCase("report", "/nonexistent/run")]
    [TestCase("report", "/nonexistent/run", "--format", "docx")]
    [TestCase("diff", "/nonexistent/run", "/nonexistent/other")]
    [TestCase("diff", "/nonexistent/run")]
    public async Task Mistakes_are_exit_code_2_and_said_on_standard_error(params string[] arguments)
    {
        var result = await RealRun.Harness(arguments).TryRunAsync(CancellationToken.None);
        Assert.That(result.ExitCode, Is.EqualTo(ExitCodes.Usage), result.Describe());
        Assert.That(result.StandardError, Does.StartWith("harness: "));
        Assert.That(result.StandardError, Does.Not.Contain("   at "), "no stack trace");
    }

    [TestCase("--jobs", "many", "harness: --jobs 'many': expected a whole number up to 2147483647\n")]
    [TestCase("--timeout", "soon", "harness: --timeout 'soon': expected a number\n")]
    [TestCase("--shuffle", "-1", "harness: --shuffle '-1': expected a whole number from 0 to 4294967295\n")]
    [TestCase("--accel", "hvf", "harness: --accel 'hvf': expected one of auto, kvm, tcg\n")]
    public async Task A_value_of_another_kind_is_refused_by_what_is_expected(string option, string value,
        string message)
    {
        var result = await RealRun.Harness("run", option, value).TryRunAsync(CancellationToken.None);
        Assert.That(result.StandardError, Does.StartWith(message));
    }

    [TestCase("'lits' is no verb; did you mean list?", "lits")]
    [TestCase("'--ony' is no option of `harness run`; did you mean --only?", "run", "--ony=x")]
    [TestCase("'more' is one word too many for `harness list`", "list", "more")]
    [TestCase("badge; did you mean junit?", "report", "x", "--format", "junti")]
    [TestCase("matches no case; did you mean raw.array_of_maps.array.struct.none", "probes", "--case",
        "raw.array_of_maps.array.struct.nome")]
    public async Task What_is_misspelt_is_told_with_what_was_meant(string message, params string[] arguments)
    {
        var terminal = new TestTerminal();
        Assert.That(await terminal.RunAsync(arguments), Is.EqualTo(ExitCodes.Usage));
        Assert.That(terminal.Error, Does.Contain(message));
    }

    [Test]
    public async Task A_kernel_id_that_is_misspelt_is_told_with_what_was_meant()
    {
        var matrix = _directory.Write("m.yaml", "kernels:\n  - {image: a, name: my-kernel}\n");
        var terminal = new TestTerminal();
        Assert.That(await terminal.RunAsync("list", "--kernels", matrix, "--only", "my-kernle"),
            Is.EqualTo(ExitCodes.Usage));
        Assert.That(terminal.Error, Does.EndWith("; did you mean my-kernel?\n"));
    }

    [TestCase("run")]
    [TestCase("list")]
    [TestCase("lock")]
    [TestCase("fetch")]
    [TestCase("report")]
    [TestCase("diff")]
    [TestCase("history")]
    [TestCase("publish")]
    [TestCase("nightly")]
    [TestCase("bisect")]
    [TestCase("prune")]
    [TestCase("doctor")]
    public async Task Every_verb_explains_itself(string verb)
    {
        var result = await RealRun.Harness(verb, "--help").TryRunAsync(CancellationToken.None);
        Assert.That(result.ExitCode, Is.Zero);
        Assert.That(result.StandardOutput, Does.Contain(verb).And.Contain("Usage:"));
        Assert.That(result.StandardOutput, Does.Not.Contain(int.MaxValue.ToString(CultureInfo.InvariantCulture)));
    }

    [Test]
    public async Task The_list_of_verbs_has_a_line_for_each()
    {
        var terminal = new TestTerminal();
        Assert.That(await terminal.RunAsync("--help"), Is.Zero);
        var list = terminal.Output.Split("Commands:\n")[1].TrimEnd();
        Assert.That(list.Split('\n'), Has.All.Match("^  [a-z]+( <[^>]+>)* +[A-Z][^:]*(:[^:]*)?$"));
    }

    [TestCase("kernels:\n  - debian:\n      flavor: cloud-amd64\n", 3, 7, "unknown key 'flavor'")]
    [TestCase("timeout: soon\nkernels:\n  - image: a\n", 1, 10, "wrong type")]
    [TestCase("kernels:\n  - image: a/bzImage\n  - image: b/bzImage\n", 3, 5, "'bzImage' stands twice")]
    [TestCase("kernels: []\n", 1, 10, "selects no kernel")]
    [TestCase("kernels:\n  - image: a\n    image: b\n", 3, 5, "image")]
    public async Task A_bad_matrix_is_refused_with_its_place_before_anything_boots(string matrix, int line,
        int column, string what)
    {
        var path = _directory.Write("bad.yaml", matrix);
        var run = _directory["run"];
        var result = await RealRun.Harness("run", "--kernels", path, "--out", run).TryRunAsync(CancellationToken.None);
        Assert.That(result.ExitCode, Is.EqualTo(ExitCodes.Usage), result.Describe());
        Assert.That(result.StandardError, Does.Contain($"{path}:{line}:{column}: ").And.Contain(what));
        Assert.That(run, Does.Not.Exist);
    }

    [Test]
    public async Task A_directory_that_holds_a_run_is_not_written_over()
    {
        _directory.Write("journal.jsonl", "{}\n");
        var result = await RealRun.Harness("run", "--out", _directory.Path).TryRunAsync(CancellationToken.None);
        Assert.That(result.ExitCode, Is.EqualTo(ExitCodes.Usage));
        Assert.That(result.StandardError, Does.Contain("--resume"));
    }

    [Test]
    public async Task A_damaged_results_file_is_refused_with_its_place()
    {
        var path = _directory.Write("results.json", """{ "schemaVersion": 1, "run": { "id": """);
        var result = await RealRun.Harness("report", _directory.Path).TryRunAsync(CancellationToken.None);
        Assert.That(result.ExitCode, Is.EqualTo(ExitCodes.Usage));
        Assert.That(result.StandardError, Does.Contain($"{path}:1:"));
    }

    [Test]
    public async Task A_damaged_baseline_is_refused_before_anything_boots()
    {
        var image = _directory.Write("image", "no kernel, and never booted");
        var baseline = _directory.Write("baseline.json", """{ "schemaVersion": 1, """);
        var run = _directory["run"];
        var result = await RealRun.Harness("run", "--image", image, "--out", run, "--baseline", baseline)
            .TryRunAsync(CancellationToken.None);
        Assert.That(result.ExitCode, Is.EqualTo(ExitCodes.Usage), result.Describe());
        Assert.That(result.StandardError, Does.Contain($"{baseline}:1:"));
        Assert.That(run, Does.Not.Exist);
    }

    [Test]
    public async Task A_resumed_run_repeats_and_compares_as_it_was_begun()
    {
        var image = _directory.Write("image", "no kernel, which a dry run does not look at");
        var prober = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(RealRun.Repository.Prober)));
        var request = Samples.Request() with
        {
            Matrix = null,
            Images = [image],
            ProberSha256 = prober,
            Repeat = 3,
            Baseline = _directory["gone"],
        };
        Journal.Open(_directory.Path, request).Dispose();
        ResultsFile.Write(_directory[ResultsFile.Name], WholeRun.Document());

        string[] resume = ["run", "--resume", "--out", _directory.Path, "--dry-run"];
        var forgotten = await RealRun.Harness(resume).TryRunAsync(CancellationToken.None);
        Assert.That((forgotten.ExitCode, forgotten.StandardError),
            Is.EqualTo((ExitCodes.Usage,
                $"harness: {_directory["gone"]}: no such file; give a run directory or its results.json\n")));
        var resumed = await RealRun.Harness([.. resume, "--baseline", _directory.Path])
            .TryRunAsync(CancellationToken.None);
        Assert.That(resumed.ExitCode, Is.Zero, resumed.Describe());
        Assert.That(resumed.StandardOutput, Does.Contain(", 3 boots each"));
        var otherwise = await RealRun.Harness([.. resume, "--repeat", "2"]).TryRunAsync(CancellationToken.None);
        Assert.That((otherwise.ExitCode, otherwise.StandardError),
            Is.EqualTo((ExitCodes.Usage, $"harness: --repeat: the run in {_directory.Path} was begun with --repeat 3; "
                + "leave it out, or start a new run\n")));
    }

    [TestCase(false, false, 5L)]
    [TestCase(false, true, 0L)]
    [TestCase(true, false, 8L << 30)]
    public void A_resumed_run_restores_kernels_as_it_was_begun_unless_it_is_told_otherwise(
        bool warm, bool cold, long bytes)
    {
        var begun = Samples.Request() with { Snapshots = new SnapshotUse(5, AtOnce: false) };
        Journal.Open(_directory.Path, begun).Dispose();
        ResultsFile.Write(_directory[ResultsFile.Name], WholeRun.Document());
        var options = new RunOptions { Warm = warm, Cold = cold };
        Assert.That(options.SnapshotsOf(Journal.Read(_directory.Path).Request),
            Is.EqualTo(new SnapshotUse(bytes, AtOnce: warm)));
    }

    [TestCase("[raw.array_*]", "inner-maps: raw.array_*", "", TestName = "Entries_that_ask_for_the_same_cases_go_on")]
    [TestCase("[raw.hash_*]", "inner-maps: raw.array_*", "inner-maps: raw.array_*; now inner-maps: raw.hash_*",
        TestName = "Entries_that_ask_for_other_cases_are_another_run")]
    [TestCase("[raw.hash_*]", null, "", TestName = "Runs_that_did_not_note_the_cases_of_entries_go_on")]
    public async Task A_resumed_run_asks_as_it_was_begun(string cases, string? noted, string said)
    {
        _directory.Write("image", "no kernel, which a dry run does not look at");
        var prober = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(RealRun.Repository.Prober)));
        var matrix = _directory.Write(
            "m.yaml", $"kernels: [{{image: image}}]\nprobes: [{{probe: inner-maps, cases: {cases}}}]\n");
        var request = Samples.Request() with
        {
            Matrix = matrix,
            CaseGlobs = [],
            ProberSha256 = prober,
            EntryCases = noted is null ? null : [noted],
        };
        Directory.CreateDirectory(_directory["run"]);
        Journal.Open(_directory["run"], request).Dispose();
        ResultsFile.Write(_directory["run", ResultsFile.Name], WholeRun.Document());
        var result = await RealRun.Harness("run", "--resume", "--out", _directory["run"], "--dry-run")
            .TryRunAsync(CancellationToken.None);
        Assert.That((result.ExitCode, result.StandardError), Is.EqualTo(said.Length == 0
            ? (ExitCodes.AsExpected, "")
            : (ExitCodes.Usage, $"harness: --resume: {_directory["run"]} was begun with other 'cases' of an entry under"
                + $" 'probes' ({said}); start a new run\n")), result.Describe());
    }

    [Test]
    public async Task Entries_that_ask_for_no_case_are_a_mistake()
    {
        _directory.Write("image", "no kernel, which a dry run does not look at");
        var matrix = _directory.Write(
            "m.yaml", "kernels: [{image: image}]\nprobes: [{probe: inner-maps, cases: [raw.aray_of_maps.array.*]}]\n");
        var result = await RealRun.Harness("run", "--kernels", matrix, "--dry-run", "--out", _directory["run"])
            .TryRunAsync(CancellationToken.None);
        Assert.That(result.ExitCode, Is.EqualTo(ExitCodes.Usage), result.Describe());
        Assert.That(result.StandardError, Does.StartWith("harness: 'cases' under 'probes' (inner-maps:"
            + " raw.aray_of_maps.array.*) match none of the prober's "));
    }

    [Test]
    public async Task A_dry_run_writes_nothing()
    {
        var image = _directory.Write("image", "no kernel, which a dry run does not look at");
        var run = _directory["run"];
        var result = await RealRun.Harness("run", "--image", image, "--out", run, "--dry-run")
            .TryRunAsync(CancellationToken.None);
        Assert.That(result.ExitCode, Is.Zero, result.Describe());
        Assert.That(result.StandardOutput, Does.Contain("on 1 kernel,"));
        Assert.That(result.StandardOutput, Does.Not.Contain('\u001b'), "no escape sequences in a pipe");
        Assert.That(run, Does.Not.Exist);
    }
}
