using System.CommandLine;
using Harness.Analysis;
using Harness.Reports;

namespace Harness.Cli;

/// <summary><c>harness report RUN</c>: the reports again, from results.json alone.</summary>
internal static class ReportVerb
{
    private const string Description =
        "Makes the reports of a run again, from its results.json alone. Example: harness report results/latest";

    private const string PageMarker = "<!-- verdicts: GLOB [GLOB…] -->";

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
        var pages = Pages();
        var command = new System.CommandLine.Command("report", Description)
        {
            run, formats, strict, strictKtap, site, pages,
        };
        command.Validators.Add(parsed =>
        {
            if (parsed.GetResult(pages) is { Implicit: false } && parsed.GetResult(formats) is { Implicit: false })
            {
                parsed.AddError($"{pages.Name} writes pages in place of reports: it goes without {formats.Name}");
            }
        });
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
            var story = new RunStory(context.Catalog.Probes.Read(path), context.Catalog.Probes);
            var written = parsed.GetValue(pages) is { Length: > 0 } named
                ? MarkedPages.Update(story, named)
                : ReportSet.Write(story, directory, chosen);
            foreach (var file in written)
            {
                terminal.Line(file);
            }
            return ExitCodes.AsExpected;
        });
        return command;
    }

    private static Option<string[]> Pages() => new("--update")
    {
        Description = "In place of reports, write the run's verdicts into this Markdown page: into each part that "
            + $"stands between a line {PageMarker} and a line <!-- end -->; may be repeated",
        HelpName = "FILE",
    };

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
