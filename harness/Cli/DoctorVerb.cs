using System.CommandLine;
using System.Text.Json;
using Harness.Doctor;

namespace Harness.Cli;

/// <summary><c>harness doctor</c>: is this machine fit for a run, and what mends it?</summary>
internal static class DoctorVerb
{
    private const string Description = """
        Checks this machine: tools and versions, accelerator (by booting a kernel), disk, network; says how to mend
        each. Exit code 1 when a run would fail.

        Examples:
          harness doctor
          harness doctor --install   (as root, or with sudo; otherwise it prints what root must run)
        """;

    private const int NarrowestDetail = 30;

    public static Command Create(VerbContext context)
    {
        var json = new JsonOption();
        var install = new Option<bool>("--install")
        {
            Description = "First install through apt what a run needs and this machine lacks, with scripts/setup",
        };
        var command = new Command("doctor", Description) { install, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            if (parsed.GetValue(install))
            {
                await MachineSetUp.RunAsync(context.Workspace.Repository, context.Terminal.Progress, cancellation)
                    .ConfigureAwait(false);
            }
            var doctor = new MachineDoctor(context.Workspace, context.Catalog.Sources);
            var findings = await doctor.ExamineAsync(cancellation).ConfigureAwait(false);
            Write(context.Terminal, findings, parsed.GetValue(json));
            return findings.Any(f => f.IsBad) ? ExitCodes.Unexpected : ExitCodes.AsExpected;
        });
        return command;
    }

    private static IReadOnlyList<TerminalCell> Row(Finding finding) =>
    [
        finding.Verdict, finding.Check, finding.Detail + (finding.Mend is null ? "" : $"; {finding.Mend}"),
    ];

    internal static void Write(Terminal terminal, IReadOnlyList<Finding> findings, bool json)
    {
        if (json)
        {
            terminal.Out.WriteLine(JsonSerializer.Serialize(findings, DoctorJson.Default.IReadOnlyListFinding));
            return;
        }
        TerminalColumn[] columns = [new(""), new(""), new("") { FoldsTo = NarrowestDetail }];
        TableWriter.Write(terminal, new TerminalTable(columns, [.. findings.Select(Row)]));
    }
}
