using System.CommandLine;
using Harness.Reports;
using Harness.Results;

namespace Harness.Cli;

/// <summary><c>harness report RUN</c>: the reports again, from results.json alone.</summary>
internal static class ReportVerb
{
    public static System.CommandLine.Command Create(Terminal terminal)
    {
        var known = string.Join(",", ReportSet.All.Select(f => f.Name));
        var run = new Argument<string>("RUN") { Description = "A run directory, or its results.json" };
        var formats = new Option<string?>("--format") { Description = $"Just these, separated by commas: {known}", HelpName = known };
        var command = new System.CommandLine.Command("report",
            "Makes the reports of a run again, from its results.json alone. Example: harness report results/latest") { run, formats };
        command.SetAction(parsed =>
        {
            var chosen = Choose(parsed.GetValue(formats), known);
            var path = parsed.GetValue(run)!;
            var document = ResultsFile.Read(path);
            var directory = Directory.Exists(path) ? path : Path.GetDirectoryName(Path.GetFullPath(path))!;
            foreach (var written in ReportSet.Write(document, directory, chosen))
            {
                terminal.Line(written);
            }
            return ExitCodes.AsExpected;
        });
        return command;
    }

    private static IReadOnlyList<ReportFormat> Choose(string? names, string known) => names is null
        ? ReportSet.All
        : [.. names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(name => ReportSet.All.FirstOrDefault(f => f.Name == name) ?? throw new UsageException($"--format: '{name}' is not known; the formats are {known}"))];
}
