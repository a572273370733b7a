using System.Globalization;
using CliWrap;
using Harness.Processes;
using Harness.Tests.Boot;
using Harness.Tests.Support;

namespace Harness.Tests.Scripts;

/// <summary>tests/kernel-history/compare_answers.py, which compares a kernel that was built with Debian's.</summary>
public sealed class CompareAnswersTests
{
    private const string Accepted = "pass accept";
    private const string Refused = "fail reject";

    [TestCase("", Accepted, Accepted, 0, "6.12.117: built in 2.5 min; 1 of 1 cases as Debian's answers them\n")]
    [TestCase("", Refused, Accepted, 1, "not explained: raw.a: built reject at update with EINVAL, Debian accept\n")]
    [TestCase("6.12 raw.* CONFIG_A of use", Refused, Accepted, 0, "1 explained by CONFIG_A: of use\n")]
    [TestCase("6.1 raw.* CONFIG_A of use", Refused, Accepted, 1, "not explained: raw.a: ")]
    [TestCase("* raw.b CONFIG_A of use", Refused, Accepted, 1, "not explained: raw.a: ")]
    public async Task Cases_that_are_answered_otherwise_need_an_explanation(
        string explained, string built, string debian, int exitCode, string said)
    {
        using var files = new TemporaryDirectory();
        files.Write("results.json", $$"""
            {"kernels": [{{Kernel("debian-6.12.117-1", debian, null)}}, {{Kernel("built-HEAD", built, 150)}}]}
            """);
        files.Write("explained", explained + "\n");
        var result = await new Command("python3").WithArguments(
            [
                Path.Combine(RealRun.Repository.Path, "tests", "kernel-history", "compare_answers.py"),
                files["results.json"], files["explained"],
            ])
            .TryRunAsync(CancellationToken.None);
        Assert.That((result.ExitCode, result.StandardOutput), Is.EqualTo((exitCode, result.StandardOutput)),
            result.Describe());
        Assert.That(result.StandardOutput, Does.Contain(said));
    }

    private static string Kernel(string id, string answer, int? buildSeconds)
    {
        var (status, outcome) = (answer.Split(' ')[0], answer.Split(' ')[1]);
        var place = outcome == "accept"
            ? "\"step\": null, \"errno\": null"
            : "\"step\": \"update\", \"errno\": \"EINVAL\"";
        return $$"""
            {"id": "{{id}}", "version": "6.12.117", "status": "tested", "reason": null,
             "buildSeconds": {{buildSeconds?.ToString(CultureInfo.InvariantCulture) ?? "null"}},
             "cases": [{"id": "raw.a", "status": "{{status}}", "outcome": "{{outcome}}", {{place}}}]}
            """;
    }
}
