using System.CommandLine;
using System.Text.Json;
using Harness.Analysis;
using Harness.Probes;
using Harness.Results;
using Harness.Runs;

namespace Harness.Cli;

/// <summary><c>harness probes</c>: the probes that the matrix asks with, and their cases.</summary>
internal static class ProbesVerb
{
    private const string Description = """
        Lists the probes that the matrix asks with, and their cases: id, what a portable program wants of a kernel, why.

        Examples:
          harness probes
          harness probes --case '*.struct.none'
          harness probes --json
        """;

    private const int NarrowestReason = 30;

    public static Command Create(VerbContext context)
    {
        var kernels = new Option<string?>("--kernels")
        {
            Description = "The matrix. Default: the checkout's kernels.yaml",
            HelpName = "FILE",
        };
        var cases = new Option<string[]>("--case")
        {
            Description = "Just the cases with such an id (repeatable)",
            HelpName = "GLOB",
        };
        var json = new JsonOption();
        var command = new Command("probes", Description) { kernels, cases, json };
        var probeOptions = new ProbeOptions(context.Catalog.Probes);
        probeOptions.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var selection = new MatrixSelection { File = parsed.GetValue(kernels) };
            var globs = GlobList.Parse("--case", parsed.GetValue(cases) ?? []);
            var given = probeOptions.Read(parsed);
            var probes = await ProbesAsync(context, selection, given, globs, cancellation).ConfigureAwait(false);
            if (parsed.GetValue(json))
            {
                var text = JsonSerializer.Serialize(probes, ProbesJson.Readable.IReadOnlyListListedProbe);
                context.Terminal.Out.WriteLine(text);
            }
            else
            {
                Write(context.Terminal, probes);
            }
            return ExitCodes.AsExpected;
        });
        return command;
    }

    /// <summary>The probes that have a case which a pattern matches, with those cases.</summary>
    private static async Task<IReadOnlyList<ListedProbe>> ProbesAsync(
        VerbContext context, MatrixSelection selection, ProbeOptionValues given, IReadOnlyList<Glob> globs,
        CancellationToken cancellation)
    {
        var planner = new RunPlanner(
            context.Workspace, context.Catalog.Matrix, context.Catalog.Probes, context.Terminal.Progress);
        var matrix = planner.Matrices.Load(selection);
        var asked = await planner.ProgramsAsync(matrix, planner.EntriesOf(matrix, given), cancellation)
            .ConfigureAwait(false);
        if (!asked.All.Any(program => program.Select(globs).Count > 0))
        {
            throw new UsageException($"--case {string.Join(" --case ", globs.Select(g => g.Pattern))} matches no case"
                + NearMatches.Hint(globs[0].Pattern, asked.All.SelectMany(p => p.Cases).Select(c => c.Id)));
        }
        return
        [
            .. asked.Probes.Select(p => new ListedProbe(
                p.Probe.Name, p.Probe.Title, p.Programs.First.Sha256,
                [
                    .. p.Programs.All.SelectMany(program => program.Select(globs))
                        .Select(c => new ListedCase(c.Id, c.Want == Outcome.Accept ? "accept" : "reject", c.Source)),
                ])).Where(p => p.Cases.Count > 0),
        ];
    }

    private static IReadOnlyList<TerminalCell> Row(ListedCase item) => [item.Id, item.Want, item.Why];

    private static void Write(Terminal terminal, IReadOnlyList<ListedProbe> probes)
    {
        foreach (var (index, probe) in probes.Index())
        {
            if (index > 0)
            {
                terminal.Line();
            }
            terminal.Line($"{probe.Name}: {probe.Title}, {Words.Count(probe.Cases.Count, "case")}");
            TerminalColumn[] columns = [new(""), new(""), new("") { FoldsTo = NarrowestReason }];
            TableWriter.Write(terminal, new TerminalTable(columns, [.. probe.Cases.Select(Row)]));
        }
    }
}
