using Harness.Ktap;
using Harness.Vm;

namespace Harness.Runs;

/// <summary>
/// Decides what one boot says of each program in its guest, whose init runs one after the other. What ends the kernel
/// or the VM is laid on the program that ran then: those before it keep what they said, and those after it had no turn.
/// Pure.
/// </summary>
public static class BootedPrograms
{
    /// <param name="names">Of the programs in the guest, in the order in which init runs them.</param>
    /// <param name="reports">Of each of them; one without a header where there was none.</param>
    /// <returns>For each program; <c>null</c> where it had no turn. The first one always had one.</returns>
    public static IReadOnlyList<Classification?> Classify(
        VmEnd end, IReadOnlyList<string> names, IReadOnlyList<ProbeReport> reports)
    {
        var last = Enumerable.Range(0, names.Count).LastOrDefault(i => reports[i].HasHeader);
        // Init itself ended the machine, so every program had its turn, whatever became of it.
        var allHadTheirTurn = Classifier.WasEndedByInit(end.Console);
        return
        [
            .. names.Select((name, i) =>
            {
                var own = end with { Console = WithoutOthers(end.Console, name, names) };
                var hasEnded = i < last || (i < names.Count - 1 && Classifier.ProgramHasEnded(own.Console));
                return i == last && !hasEnded ? Classifier.Classify(own, reports[i])
                    : hasEnded || allHadTheirTurn ? Classifier.ClassifyEnded(own, reports[i])
                    : null;
            }),
        ];
    }

    /// <summary>
    /// The report of each program: the one that carries its name. A second one of a name is nobody's answer.
    /// </summary>
    /// <param name="channel">All that came through the channel.</param>
    /// <param name="nonce">That this VM was given.</param>
    public static IReadOnlyList<ProbeReport> Reports(string channel, string nonce, IReadOnlyList<string> names)
    {
        if (names.Count == 1)
        {
            return [ProbeReport.Read(channel, nonce)];
        }
        var all = ProbeReport.ReadEach(channel, nonce);
        return [.. names.Select(name => Only([.. all.Where(r => r.Probe == name)], name, nonce))];
    }

    /// <summary>All reports of a boot as one, for what the kernel said while it was asked.</summary>
    /// <param name="reports">In the order of the programs.</param>
    public static ProbeReport Joined(IReadOnlyList<ProbeReport> reports)
    {
        if (reports.Count == 1)
        {
            return reports[0];
        }
        var began = reports.Where(r => r.HasHeader).ToList();
        return ProbeReport.Read("", "") with
        {
            HasHeader = began.Count > 0,
            HasEnd = reports.All(r => r.HasEnd),
            Planned = reports.Sum(r => r.Planned ?? 0),
            Cases = [.. reports.SelectMany(r => r.Cases)],
            Problem = reports.Select(r => r.Problem).FirstOrDefault(p => p is not null),
            Log = [.. reports.SelectMany(r => r.Log)],
            // Which case was being asked can be told only where no earlier program left some out.
            HasLog = began.All(r => r.HasLog) && began.SkipLast(1).All(r => r.IsWhole),
        };
    }

    private static ProbeReport Only(IReadOnlyList<ProbeReport> reports, string name, string nonce) => reports switch
    {
        [] => ProbeReport.Read("", nonce),
        [var report] => report,
        [var first, ..] => first with { Problem = first.Problem ?? $"there are {reports.Count} reports of {name}" },
    };

    /// <summary>Without what init says of other programs.</summary>
    private static string WithoutOthers(string console, string name, IReadOnlyList<string> names) =>
        names.Count == 1 || !console.Contains(Classifier.ComplaintStart, StringComparison.Ordinal)
            ? console
            : string.Join('\n', console.Split('\n').Where(line => !names.Any(other => other != name
                && line.StartsWith($"{Classifier.ComplaintStart}{other} ", StringComparison.Ordinal))));
}
