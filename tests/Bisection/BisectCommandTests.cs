using Harness.Processes;
using Harness.Tests.Boot;
using Harness.Tests.Support;

namespace Harness.Tests.Bisection;

/// <summary>The verb as its users meet it; nothing here boots.</summary>
public sealed class BisectCommandTests
{
    private const string Case = "raw.array_of_maps.array.struct.none";

    [TestCase("required", "--good", "a", "--bad", "b")]
    [TestCase("is a pattern", "--case", "raw.*", "--good", "5.10", "--bad", "6.1")]
    [TestCase("did you mean raw.array_of_maps.array.struct.none", "--case", "raw.array_of_maps.array.struct.nome",
        "--good", "5.10", "--bad", "6.1")]
    [TestCase("--jobs", "--case", "raw.array_of_maps.array.struct.none", "--good", "5.10", "--bad", "6.1", "--jobs",
        "0")]
    [TestCase("not empty", "--case", "raw.array_of_maps.array.struct.none", "--good", "5.10", "--bad", "6.1", "--out",
        "/etc")]
    public async Task Mistakes_are_exit_code_2_and_said_on_standard_error(string said, params string[] arguments)
    {
        var result = await RealRun.Harness(["bisect", .. arguments]).TryRunAsync(CancellationToken.None);
        Assert.That(result.ExitCode, Is.EqualTo(ExitCodes.Usage), result.Describe());
        Assert.That(result.StandardError, Does.StartWith("harness: ").And.Contain(said));
    }

    [TestCase("--good 5.10.262", "'5.10.262' is none of the matrix's 1 kernels",
        Description = "killed before it had written more than this")]
    [TestCase("--good 5.10.218", "holds another bisection: --case raw.array_of_maps.array.struct.none --good 5.10.218"
        + " --bad 6.1.192 --kernels ")]
    [TestCase("--good 5.10.262", "holds another bisection: ", "--object", "x.bpf.o")]
    [TestCase("--good 5.10.262", "holds another bisection: ", "--attach")]
    [TestCase("--good 5.10.262", "holds another bisection: ", "--exec", "true", "--exec-arg", "-v")]
    [TestCase("--good 5.10.262", "holds another bisection: ", "--only", "*-cloud-*")]
    [TestCase("--good 5.10.262", "holds another bisection: ", "--locked")]
    public async Task A_directory_is_gone_on_with_where_the_question_is_the_same(
        string asked, string said, params string[] more)
    {
        using var directory = new TemporaryDirectory();
        var matrix = directory["empty.yaml"];
        directory.Write("out/question.txt", $"--case {Case}\n{asked}\n--bad 6.1.192\n--kernels {matrix}\n");
        directory.Write("out/harness.log", "");
        directory.Write("out/bisect.json", "{}");
        directory.Write("empty.yaml", "kernels: [{image: vmlinuz}]");
        directory.Write("vmlinuz", "none");
        var result = await RealRun.Harness(["bisect", "--kernels", matrix, "--case", Case, "--good",
            "5.10.262", "--bad", "6.1.192", "--out", directory["out"], .. more])
            .TryRunAsync(CancellationToken.None);
        Assert.That(result.ExitCode, Is.EqualTo(ExitCodes.Usage), result.Describe());
        Assert.That(result.StandardError, Does.Contain(said));
    }

    [Test]
    public async Task It_explains_itself()
    {
        var result = await RealRun.Harness("bisect", "--help").TryRunAsync(CancellationToken.None);
        Assert.That(result.ExitCode, Is.Zero);
        Assert.That(result.StandardOutput, Does.Contain("--good").And.Contain("Examples:").And.Contain("Exit codes:"));
    }
}
