using Harness.Ktap;
using Harness.Probes;
using Harness.Results;

namespace Harness.Runs;

/// <summary>
/// Decides what a boot says that was made for a single case, as that case may kill the kernel. Pure.
/// </summary>
internal static class AloneAnswer
{
    /// <summary>Of a console, from the line on that tells of the kernel's death.</summary>
    private const int Lines = 40;

    /// <summary>
    /// A kernel that dies or hangs while it is asked has answered: the case fails, at the step
    /// <see cref="Probe.CrashStep"/>, and neither the kernel's status nor its complaints are any the worse for it. All
    /// else stands as in any boot.
    /// </summary>
    /// <param name="boot">What the boot says by itself.</param>
    /// <param name="console">All that the kernel said.</param>
    public static ProbedBoot Of(ProbedBoot boot, ProbeCase asked, string console) =>
        boot.Classification is { Status: KernelStatus.Crashed or KernelStatus.ProbeTimeout } ended
            ? boot with
            {
                Classification = new Classification(KernelStatus.Tested, null),
                Report = boot.Report with { Cases = [Crash(boot, asked, ended, console)] },
                Complaints = [],
                AloneEnd = AloneEnd.Of(ended, console),
                HungAlone = ended.Status == KernelStatus.ProbeTimeout,
            }
            : boot with { AloneEnd = boot.Classification.Status == KernelStatus.Tested ? AloneEnd.Lived : null };

    /// <summary>The report of the boot before, without what a boot of its own has answered.</summary>
    /// <param name="alone">The boots that were made for single cases.</param>
    /// <param name="most">How many such boots there are for a kernel at most.</param>
    public static ProbeReport Without(ProbeReport report, IReadOnlyList<ProbedBoot> alone, int most)
    {
        var answered = alone.SelectMany(b => b.Report.Cases).Select(c => c.Id).ToHashSet(StringComparer.Ordinal);
        var why = alone.FirstOrDefault(b => !b.ReachedProber)?.Classification.Reason
            ?? $"a kernel gets no more than {most} such boots";
        return report with
        {
            Cases =
            [
                .. report.Cases.Where(c => !answered.Contains(c.Id)).Select(c => c.Alone
                    ? c with { Reason = $"it could not be asked in a boot of its own: {why}" }
                    : c),
            ],
        };
    }

    private static ProbedCase Crash(ProbedBoot boot, ProbeCase asked, Classification ended, string console)
    {
        var what = ended.Status == KernelStatus.ProbeTimeout ? "the kernel hung" : "the kernel died of it";
        var where = boot.Console is { } file ? $"; all that it said is in {file}" : "";
        var wantsAccept = asked.Want == Outcome.Accept;
        return new ProbedCase(
            1, asked.Id, Ok: false, Skipped: false,
            wantsAccept ? "accept" : "reject", wantsAccept ? "reject" : "accept", Probe.CrashStep, null,
            $"{what}: {ended.Fate ?? ended.Reason}{where}")
        {
            Evidence = Telling(console),
        };
    }

    /// <summary>From the kernel's death on, else the end of the console.</summary>
    private static string? Telling(string console)
    {
        var lines = console.Split('\n').Select(ConsoleLine.Clean).Where(line => line.Length > 0).ToList();
        var death = lines.FindIndex(Classifier.IsDeath);
        var telling = death < 0 ? lines.TakeLast(Lines) : lines.Skip(death).Take(Lines);
        return string.Join('\n', telling) is { Length: > 0 } text ? text : null;
    }
}
