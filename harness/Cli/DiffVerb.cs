using System.CommandLine;
using System.Text.Json;
using Harness.Analysis;
using Harness.Results;

namespace Harness.Cli;

/// <summary><c>harness diff A B</c>: what changed between two runs.</summary>
internal static class DiffVerb
{
    private const string Description = """
    Says what changed from run A to run B: new failures and fixes, other steps and errnos, kernels and cases that came
    or went, kernels that could no longer be tested. A point release that took another's place is a change, too.

    Examples:
      harness diff results/20260130-235959 results/latest
      harness diff --json yesterday/results.json today/results.json

    Exit codes: 0 nothing changed; 1 something did; 2 usage error, or a file that is no run's results.
    """;

    public static System.CommandLine.Command Create(VerbContext context)
    {
        var terminal = context.Terminal;
        var older = new Argument<string>("A") { Description = "The older run: its directory, or its results.json" };
        var newer = new Argument<string>("B") { Description = "The newer run, likewise" };
        var json = new JsonOption();
        var command = new System.CommandLine.Command("diff", Description) { older, newer, json };
        command.SetAction(parsed =>
        {
            var before = context.Catalog.Probes.Read(parsed.GetValue(older)!);
            var after = context.Catalog.Probes.Read(parsed.GetValue(newer)!);
            var changes = RunDiff.Of(before, after, context.Catalog.Sources.PlaceOf, context.Catalog.Probes);
            if (parsed.GetValue(json))
            {
                terminal.Out.WriteLine(JsonSerializer.Serialize(changes, ResultsJson.Indented.RunChanges));
            }
            else
            {
                ChangeDisplay.Write(terminal, new ChangeStory(changes, after), context.Catalog.Probes);
            }
            return changes.Changed ? ExitCodes.Unexpected : ExitCodes.AsExpected;
        });
        return command;
    }
}
