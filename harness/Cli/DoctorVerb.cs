using System.Text.Json;
using Harness.Doctor;

namespace Harness.Cli;

/// <summary><c>harness doctor</c>: is this machine fit for a run, and what mends it?</summary>
internal static class DoctorVerb
{
    private const string Description =
        "Checks this machine: tools and versions, accelerator (by booting a kernel), disk, network; says how to mend"
        + " each. Exit code 1 when a run would fail.";

    public static System.CommandLine.Command Create(VerbContext context)
    {
        var json = new JsonOption();
        var command = new System.CommandLine.Command("doctor", Description) { json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var doctor = new MachineDoctor(context.Workspace, context.Catalog.Sources);
            var findings = await doctor.ExamineAsync(cancellation).ConfigureAwait(false);
            Write(context.Terminal, findings, parsed.GetValue(json));
            return findings.Any(f => f.IsBad) ? ExitCodes.Unexpected : ExitCodes.AsExpected;
        });
        return command;
    }

    private static void Write(Terminal terminal, IReadOnlyList<Finding> findings, bool json)
    {
        if (json)
        {
            terminal.Out.WriteLine(JsonSerializer.Serialize(findings, DoctorJson.Default.IReadOnlyListFinding));
            return;
        }
        foreach (var finding in findings)
        {
            var mend = finding.Mend is null ? "" : $"; {finding.Mend}";
            terminal.Line($"{finding.Verdict,-4}  {finding.Check,-20} {finding.Detail}{mend}");
        }
    }
}
