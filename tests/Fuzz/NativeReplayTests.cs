using CliWrap;
using Harness.Processes;

namespace Harness.Tests.Fuzz;

/// <summary>
/// The inputs that are kept of the targets in C, which gcc builds with the sanitizers and without libFuzzer.
/// </summary>
public sealed class NativeReplayTests
{
    private string _build = null!;

    [OneTimeSetUp]
    public async Task Build_the_targets()
    {
        _build = Directory.CreateTempSubdirectory("harness-fuzz-").FullName;
        await new Command("make").WithArguments(["-s", "-C", Inputs.Native, "replay", "CC=gcc", $"BUILD={_build}"])
            .RunAsync(CancellationToken.None);
    }

    [OneTimeTearDown]
    public void Remove_them() => Directory.Delete(_build, recursive: true);

    [TestCase("command-line")]
    [TestCase("prober-arguments")]
    [TestCase("prober-report")]
    public async Task What_must_hold_for_every_input_holds_for_those_that_are_kept(string target)
    {
        var inputs = Inputs.Findings(target).Concat(Inputs.Corpus(target)).ToList();
        Assert.That(inputs, Is.Not.Empty, "a target has inputs to start from");
        var replayed = await new Command(Path.Combine(_build, $"replay-{target}")).WithArguments(inputs)
            .TryRunAsync(CancellationToken.None);
        Assert.That(replayed.IsSuccess, replayed.Describe());
    }
}
