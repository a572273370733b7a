using Harness.Analysis;
using Harness.Reports;

namespace Harness.Cli;

/// <summary>The errors of a GitHub Actions step: lines of its output that the runner takes for commands.</summary>
internal static class StepAnnotations
{
    /// <summary>The runner sets it to <c>true</c>.</summary>
    public const string Variable = "GITHUB_ACTIONS";

    /// <summary>Elsewhere than on GitHub nothing is written.</summary>
    /// <param name="variable">The variable's value.</param>
    public static void Write(Terminal terminal, string? variable, RunStory story)
    {
        if (variable == "true")
        {
            foreach (var line in GitHubAnnotations.Of(story))
            {
                terminal.Out.WriteLine(GuestText.Plain(line));
            }
        }
    }
}
