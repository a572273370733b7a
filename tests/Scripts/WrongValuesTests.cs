using CliWrap;
using Harness.Processes;
using Harness.Tests.Boot;
using Harness.Tests.Support;

namespace Harness.Tests.Scripts;

/// <summary>tests/kernel-history/check_wrong_values.py, which judges a kernel that was built without a check.</summary>
public sealed class WrongValuesTests
{
    private const string Refused = "skip update";
    private const string Told = "fail value";
    private const string Passed = "pass";

    [TestCase(Refused, Refused, Told, Passed, 0, "fail at value wanted no element at index 3, read 0x0")]
    [TestCase(Passed, Refused, Told, Passed, 1, "6.1 as it is: ")]
    [TestCase(Refused, Refused, Passed, Passed, 1, ": pass, where a program reads beyond the map")]
    [TestCase(Refused, Refused, Refused, Passed, 1, ": skip at update, where a program reads beyond the map")]
    [TestCase(Refused, Refused, Told, Told, 1, "where the element is the map's")]
    public async Task A_kernel_without_the_check_must_be_told_by_its_cases(
        string beyond, string inside, string beyondChanged, string insideChanged, int exitCode, string said)
    {
        using var files = new TemporaryDirectory();
        files.Write("results.json", $$"""
            {"kernels": [{{Kernel("a", beyond, inside)}}, {{Kernel("b", beyondChanged, insideChanged)}}]}
            """);
        var result = await CheckAsync(files, "b");
        Assert.That(result.ExitCode, Is.EqualTo(exitCode), result.Describe());
        Assert.That(result.StandardOutput, Does.Contain(said));
    }

    [Test]
    public async Task A_commit_that_was_not_tested_is_no_proof()
    {
        using var files = new TemporaryDirectory();
        files.Write("results.json", $$"""{"kernels": [{{Kernel("a", Refused, Refused)}}]}""");
        var result = await CheckAsync(files, "b");
        Assert.That((result.ExitCode, result.StandardOutput), Is.EqualTo((1, "b was not tested\n")), result.Describe());
    }

    private static Task<FinishedCommand> CheckAsync(TemporaryDirectory files, string changed) =>
        new Command("python3").WithArguments(
            [
                Path.Combine(RealRun.Repository.Path, "tests", "kernel-history", "check_wrong_values.py"),
                files["results.json"], "a", changed,
            ])
            .TryRunAsync(CancellationToken.None);

    private static string Kernel(string commit, string beyond, string inside) => $$"""
        {"checkout": {"commit": "{{commit}}"}, "status": "tested", "cases": [
            {{Case("raw.array_of_maps.array.none.none.seen_smaller_beyond_unknown", beyond)}},
            {{Case("raw.array_of_maps.array.none.none.seen_smaller_second_unknown", inside)}}]}
        """;

    private static string Case(string id, string answer)
    {
        var step = answer.Split(' ') is [_, var where] ? $"\"{where}\"" : "null";
        var evidence = answer == Told ? "\"wanted no element at index 3, read 0x0\\n\"" : "null";
        return $$"""
            {"id": "{{id}}", "status": "{{answer.Split(' ')[0]}}", "step": {{step}}, "errno": null,
             "evidence": {{evidence}}}
            """;
    }
}
