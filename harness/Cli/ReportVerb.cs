using System.CommandLine;
using Harness.Analysis;
using Harness.Reports;

namespace Harness.Cli;

/// <summary><c>harness report RUN</c>: the reports again, from results.json alone.</summary>
internal static class ReportVerb
{
    private const string Description =
        "Makes the reports of a run again, from its results.json alone. Example: harness report results/latest";

    public static System.CommandLine.Command Create(VerbContext context)
    {
        var terminal = context.Terminal;
        var names = string.Join(",", context.Catalog.Formats.Select(f => f.Name));
        var run = new Argument<string>("RUN") { Description = "A run directory, or its results.json" };
        var formats = new Option<string?>("--format")
        {
            Description = $"Just these, separated by commas: {names}",
            HelpName = names,
        };
        var strict = new Option<bool>("--junit-strict")
        {
            Description = "junit.xml counts every case that did not pass, foreseen or not, as a failure",
        };
        var strictKtap = new Option<bool>("--ktap-strict")
        {
            Description = "results.ktap has foreseen failures as `not ok … # XFAIL`, and not as skipped",
        };
        var site = new Option<string?>("--site")
        {
            Description = "Where the site that `harness publish` writes is served: kcidb.json links to its consoles",
            HelpName = "URL",
        };
        var command = new System.CommandLine.Command("report", Description) { run, formats, strict, strictKtap, site };
        command.SetAction(parsed =>
        {
            var path = parsed.GetValue(run)!;
            var directory = Directory.Exists(path) ? path : Path.GetDirectoryName(Path.GetFullPath(path))!;
            var published = parsed.GetValue(site) is { } url
                ? RunOn(SiteAddress.Parse(site.Name, url), directory)
                : null;
            var known = context.Catalog.Formats
                .Select(f => f == JUnitReport.Format && parsed.GetValue(strict) ? JUnitReport.Strict : f)
                .Select(f => f == KtapReport.Format && parsed.GetValue(strictKtap) ? KtapReport.Strict : f)
                .Select(f => f == KcidbReport.Format && published is not null ? KcidbReport.Published(published) : f);
            var chosen = Choose([.. known], parsed.GetValue(formats));
            var document = context.Catalog.Probes.Read(path);
            foreach (var written in ReportSet.Write(new RunStory(document, context.Catalog.Probes), directory, chosen))
            {
                terminal.Line(written);
            }
            return ExitCodes.AsExpected;
        });
        return command;
    }

    /// <summary>Where the site has a run.</summary>
    private static Uri RunOn(Uri site, string directory) =>
        new(site, $"runs/{Uri.EscapeDataString(Path.GetFileName(Files.RealPath(directory)))}/");

    private static IReadOnlyList<ReportFormat> Choose(IReadOnlyList<ReportFormat> known, string? names) => names is null
        ? known
        : [.. names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(name => known.FirstOrDefault(f => f.Name == name) ?? throw Unknown(known, name))];

    private static UsageException Unknown(IReadOnlyList<ReportFormat> known, string name) =>
        new($"--format: '{name}' is not known; the formats are {string.Join(",", known.Select(f => f.Name))}"
            + NearMatches.Hint(name, known.Select(f => f.Name)));
}
