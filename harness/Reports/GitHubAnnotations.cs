using Harness.Analysis;

namespace Harness.Reports;

/// <summary>
/// What is not as expected, as commands that make GitHub's actions show it above a job's log and at a pull request
/// (https://docs.github.com/actions/reference/workflow-commands-for-github-actions). They agree with junit.xml, and so
/// with the exit code.
/// </summary>
public static class GitHubAnnotations
{
    /// <summary>GitHub shows as many errors of a step, and drops further ones.</summary>
    private const int Most = 10;

    /// <summary>Kernels that an annotation names; further ones are counted.</summary>
    private const int MostKernels = 5;

    /// <summary>A line for each thing that is not as expected; none where all is.</summary>
    public static IReadOnlyList<string> Of(RunStory story)
    {
        var verdicts = new JUnitVerdicts(story, strict: false);
        // What came out alike on several kernels is one error.
        List<string> errors =
        [
            .. story.Document.Kernels.SelectMany(verdicts.Of, (kernel, verdict) => (Kernel: kernel.Id, Case: verdict))
                .Where(x => IsError(x.Case)).GroupBy(x => (x.Case.Name, x.Case.Message))
                .Select(g => Error(Title(g.Key.Name, [.. g.Select(x => x.Kernel)]), g.Key.Message)),
            .. verdicts.OfRun().Where(IsError).Select(verdict => Error($"run: {verdict.Name}", verdict.Message)),
        ];
        return errors.Count <= Most
            ? errors
            : [.. errors.Take(Most - 1), Error($"{errors.Count - Most + 1} more", "The report has them all.")];
    }

    private static bool IsError(JUnitCase verdict) => verdict.Outcome is TestOutcome.Failure or TestOutcome.Error;

    private static string Title(string name, IReadOnlyList<string> kernels) =>
        $"{string.Join(", ", kernels.Take(MostKernels))}"
        + (kernels.Count > MostKernels ? $" and {Words.Count(kernels.Count - MostKernels, "more kernel")}" : "")
        + $": {name}";

    private static string Error(string title, string message) =>
        $"::error title={Coded(title).Replace(":", "%3A", StringComparison.Ordinal)
            .Replace(",", "%2C", StringComparison.Ordinal)}::{Coded(message)}";

    /// <summary>As the runner decodes it (actions/toolkit, packages/core/src/command.ts).</summary>
    private static string Coded(string text) => text.Replace("%", "%25", StringComparison.Ordinal)
        .Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);
}
