using System.Text;
using Harness.Results;
using Harness.Tests.Boot;
using Harness.Tests.Support;

namespace Harness.Tests.Ci;

/// <summary>action.yml: that its parts fit together, and what its own steps do on real kernels.</summary>
public sealed class GitHubActionTests
{
    /// <summary>GitHub shows no summary that is larger.</summary>
    private const int LargestSummary = 1 << 20;

    /// <summary>No kernel takes it: it does not say what it returns.</summary>
    private const string Refused = """
        SEC("socket") int no_return_value(void *ctx) { __asm__ volatile("exit"); return 0; }
        """;

    private static readonly CompositeAction _action = CompositeAction.Read(RealRun.Repository.Path);

    private TemporaryDirectory _directory = null!;

    [SetUp]
    public void MakeDirectory() => _directory = new TemporaryDirectory();

    [TearDown]
    public void RemoveDirectory() => _directory.Dispose();

    [Test]
    public void Each_input_is_used_and_nothing_else_is()
    {
        var used = _action.Steps.SelectMany(step => CompositeAction.References(step.Text))
            .Where(name => name.StartsWith("inputs.", StringComparison.Ordinal)).Distinct();
        Assert.That(used, Is.EquivalentTo(_action.Inputs.Keys.Select(name => $"inputs.{name}")));
    }

    [Test]
    public void A_step_is_named_only_behind_it()
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var step in _action.Steps)
        {
            var names = CompositeAction.References(step.Text)
                .Where(name => name.StartsWith("steps.", StringComparison.Ordinal)).Distinct();
            Assert.That(known, Is.SupersetOf(names), step.Text);
            known.Add($"steps.{step.Id}");
        }
        Assert.That(known, Is.SupersetOf(_action.Outputs.Values.SelectMany(CompositeAction.References).Distinct()));
    }

    /// <summary>So the tests below leave none out, and what must be done after a failure is done.</summary>
    [Test]
    public void Own_steps_have_no_condition_and_what_follows_the_run_has() => Assert.Multiple(() =>
    {
        Assert.That(_action.Steps.Where(step => step.Run is not null).Select(step => step.Condition), Is.All.Null);
        Assert.That(_action.Steps.SkipWhile(step => step.Id != "run").Skip(1).Select(step => step.Condition),
            Is.Not.Empty.And.All.StartsWith("always()"));
    });

    [Test]
    [Category("VM")]
    public async Task An_object_that_fails_ends_with_exit_code_1_an_annotation_and_a_summary()
    {
        var kernel = await RealRun.NewestAsync("6.1");
        await CompileAsync(Refused);
        var run = await RunAsync(("objects", "build"), ("only", kernel));
        Assert.That(run.ExitCode, Is.EqualTo(ExitCodes.Unexpected), run.Log);
        Assert.That(run.Log, Does.Contain($"::error title={kernel}%3A object.mine.load::"));
        Assert.That(run.Summary, Does.Contain("object.mine"));
        Assert.That(Encoding.UTF8.GetByteCount(run.Summary), Is.LessThanOrEqualTo(LargestSummary));
        Assert.That(run.Outputs["exit-code"], Is.EqualTo("1"));
        Assert.That(ResultsFile.Read(run.Outputs["run"]).Kernels.Single().Id, Is.EqualTo(kernel));
    }

    [Test]
    [Category("VM")]
    public async Task Runs_of_shares_are_joined_to_one()
    {
        string[] kernels = [await RealRun.NewestAsync("5.10"), await RealRun.NewestAsync("6.1")];
        await CompileAsync(BpfCompiler.Plain);
        foreach (var number in new[] { "1", "2" })
        {
            var share = await RunAsync(
                ("objects", "build"), ("only", $"{kernels[0]}\n{kernels[1]}\n"), ("shard", $"{number}/2"));
            Assert.That(share.ExitCode, Is.Zero, share.Log);
            Assert.That(share.Log, Does.Not.Contain("::error"));
            // As actions/download-artifact leaves them.
            Directory.CreateDirectory(_directory["workspace", "shares"]);
            Directory.Move(share.Outputs["run"], _directory["workspace", "shares", $"kernel-run-{number}"]);
        }
        var joined = await RunAsync(("merge", "shares"));
        Assert.That(joined.ExitCode, Is.Zero, joined.Log);
        Assert.That(ResultsFile.Read(joined.Outputs["run"]).Kernels.Select(k => k.Id), Is.EquivalentTo(kernels));
    }

    [Test]
    public async Task A_mistake_in_the_inputs_is_exit_code_2_and_there_is_no_run()
    {
        var run = await RunAsync(("arguments", "--frobnicate"));
        Assert.That((run.ExitCode, run.Outputs["exit-code"], run.Outputs["run"]),
            Is.EqualTo((ExitCodes.Usage, "2", "")), run.Log);
        Assert.That(run.Log, Does.Contain("'--frobnicate' is no option"));
    }

    private async Task CompileAsync(string source)
    {
        Directory.CreateDirectory(_directory["workspace", "build"]);
        await BpfCompiler.CompileAsync(_directory["workspace", "build", "mine.bpf.o"], source);
    }

    private Task<ActionRun> RunAsync(params (string Name, string Value)[] inputs) => _action.RunAsync(
        inputs.ToDictionary(input => input.Name, input => input.Value), _directory);
}
