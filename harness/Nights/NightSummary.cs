using System.Text;

namespace Harness.Nights;

/// <summary>The text that a night ends with: for the terminal, a mail or a chat. Its first line says it all.</summary>
/// <param name="Id">The run's id.</param>
/// <param name="Headline">How the night ended, in a few words.</param>
/// <param name="Details">The changes, or what went wrong; may be empty.</param>
internal sealed record NightSummary(string Id, string Headline, string Details)
{
    /// <summary>How the lines begin with which <c>harness run</c> sums itself up.</summary>
    private static readonly string[] _closing =
    [
        "Every result is as expected.", "No kernel could be tested: ", "Not as expected: ", "Known: ",
        "Measured again: ",
    ];

    public string Text => $"kernel harness, night {Id}: {Headline}\n" + (Details.Length == 0 ? "" : $"\n{Details}\n");

    /// <summary>The same, followed by how the run ended and where its results are.</summary>
    /// <param name="run">The run, which must have finished.</param>
    public string WithResults(VerbResult run, NightOptions options)
    {
        var text = new StringBuilder(Text).Append('\n');
        foreach (var line in run.Output.Split('\n').Where(IsClosing))
        {
            text.Append(line).Append('\n');
        }
        if (run.ExitCode == ExitCodes.NotTestable)
        {
            text.Append("Some kernels could not be tested, for a reason on our side; ")
                .Append("the night to compare with stays the same.\n");
        }
        return text.Append("report: ").Append(Path.Combine(options.Results, Id, "report.md")).Append('\n')
            .Append("site: ").Append(Path.Combine(options.Site, "index.html")).Append('\n').ToString();
    }

    private static bool IsClosing(string line) => _closing.Any(c => line.StartsWith(c, StringComparison.Ordinal));
}
