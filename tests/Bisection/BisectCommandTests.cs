using Harness.Processes;
using Harness.Runs;
using Harness.Tests.Boot;

namespace Harness.Tests.Bisection;

/// <summary>The verb as its users meet it; nothing here boots.</summary>
public sealed class BisectCommandTests
{
    [TestCase("required", "--good", "a", "--bad", "b")]
    [TestCase("is a pattern", "--case", "raw.*", "--good", "5.10", "--bad", "6.1")]
    [TestCase("did you mean raw.array_of_maps.array.struct.none", "--case", "raw.array_of_maps.array.struct.nome", "--good", "5.10", "--bad", "6.1")]
    [TestCase("--jobs", "--case", "raw.array_of_maps.array.struct.none", "--good", "5.10", "--bad", "6.1", "--jobs", "0")]
    [TestCase("not empty", "--case", "raw.array_of_maps.array.struct.none", "--good", "5.10", "--bad", "6.1", "--out", "/etc")]
    public async Task Mistakes_are_exit_code_2_and_said_on_standard_error(string said, params string[] arguments)
    {
        var result = await RealRun.Harness(["bisect", .. arguments]).TryExecuteAsync(CancellationToken.None);
        Assert.That(result.ExitCode, Is.EqualTo(ExitCode.Usage), result.Describe());
        Assert.That(result.Error, Does.StartWith("harness: ").And.Contain(said));
    }

    [Test]
    public async Task It_explains_itself()
    {
        var result = await RealRun.Harness("bisect", "--help").TryExecuteAsync(CancellationToken.None);
        Assert.That(result.ExitCode, Is.Zero);
        Assert.That(result.Output, Does.Contain("--good").And.Contain("Examples:").And.Contain("Exit codes:"));
    }
}
