using Harness.Ktap;
using Harness.Probes;

namespace Harness.Runs;

/// <summary>Reads what one program of a guest reported, as its probe means it. Pure.</summary>
/// <param name="task">What the program was asked.</param>
/// <param name="probe">Its probe; <c>null</c> where that is not known.</param>
internal sealed class ProgramReport(ProgramTask task, Probe? probe)
{
    /// <summary>The report, as far as it fits what was asked.</summary>
    /// <param name="inOrder">The program keeps its order; else it was asked to shuffle its cases.</param>
    public ProbeReport Checked(ProbeReport report, bool inOrder) =>
        new ReportCheck(task.Cases, probe?.Steps, inOrder).Of(report);

    /// <summary>The report with the cases that the probe makes of it, and without its texts.</summary>
    public ProbeReport Interpreted(ProbeReport report)
    {
        var asked = task.Cases.Select(c => c.Id).ToHashSet(StringComparer.Ordinal);
        var cases = probe?.Interpret(report) ?? report.Cases;
        List<ProbedCase> kept =
            [.. cases.Where(c => asked.Contains(c.Id) || (task.Covers(c.Id) && task.Keeps(c.Id)))];
        return report with { Cases = [.. kept.Select(c => WithoutEmptyPass(c, kept))], Texts = [] };
    }

    /// <summary>The texts that are kept as files beside the console.</summary>
    public IEnumerable<CaseFile> Files(ProbeReport report) => probe?.Files(report) ?? [];

    /// <summary>
    /// A case that was asked only for what its answer may hold passes only where its answer holds some of that.
    /// </summary>
    private ProbedCase WithoutEmptyPass(ProbedCase probed, List<ProbedCase> all) =>
        probed.Outcome != probed.Want || task.Keeps(probed.Id)
            || all.Exists(c => c.Id.StartsWith(probed.Id + ".", StringComparison.Ordinal))
            ? probed
            : probed with { Ok = false, Outcome = null, Reason = "its answer holds no case that was asked for" };
}
