using System.CommandLine;
using System.Globalization;
using Harness.Site;

namespace Harness.Cli;

/// <summary><c>harness publish</c>: the static site.</summary>
internal static class PublishVerb
{
    private const string Description = """
    Writes a static site of the runs, with relative links only: an index, and each run's reports and consoles. What is
    the same already is not touched, and only what the site itself put there is ever removed.

    Example: harness publish --out /srv/www/kernels
    """;

    private const double Megabyte = 1_000_000;

    public static System.CommandLine.Command Create(VerbContext context)
    {
        var terminal = context.Terminal;
        var results = new ResultsOption();
        var site = new Option<string>("--out")
        {
            Description = "The site's directory: new, empty, or one that was published before",
            HelpName = "DIR",
            Required = true,
        };
        var matrix = new Option<string?>("--matrix")
        {
            Description = "Just the runs of this matrix, by its file's name",
            HelpName = "NAME",
        };
        var most = new Option<int?>("--runs")
        {
            Description = "Just so many runs, the newest. Default: all",
            HelpName = "N",
        };
        var megabytes = new SiteSizeOption();
        var command = new System.CommandLine.Command("publish", Description) { site, matrix, most, megabytes, results };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(most) < 1)
            {
                throw new UsageException("--runs must be at least 1");
            }
            var size = megabytes.Of(parsed);
            var directory = Files.FullPath(parsed.GetValue(site)!);
            var publisher = new SitePublisher(
                results.Path(parsed, context.Workspace), directory, context.Catalog.Probes,
                context.Catalog.Sources.PlaceOf);
            var published = publisher.Publish(
                parsed.GetValue(matrix), parsed.GetValue(most) ?? int.MaxValue, size);
            foreach (var warning in published.Warnings)
            {
                terminal.Error(warning);
            }
            terminal.Line($"{directory}: {published.Runs} runs; {published.Written} files written,"
                + $" {published.Unchanged} unchanged, {published.Removed} removed; "
                + Size(published.Bytes)
                + (published.LeftOut == 0 ? "" : $"; no room for {published.LeftOut} files of older runs"));
            return ExitCodes.AsExpected;
        });
        return command;
    }

    /// <summary>Rounded up.</summary>
    private static string Size(long bytes) =>
        string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(bytes / Megabyte):0} MB");
}
