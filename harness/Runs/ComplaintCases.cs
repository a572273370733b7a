using Harness.Ktap;
using Harness.Probes;

namespace Harness.Runs;

/// <summary>Tells which case was being asked when the kernel said something. Pure.</summary>
/// <param name="report">The report of the same boot.</param>
/// <param name="asked">The cases that this boot was asked.</param>
/// <param name="inOrder">The prober asks them in this order.</param>
internal sealed class ComplaintCases(ProbeReport report, IReadOnlyList<ProbeCase> asked, bool inOrder)
{
    /// <param name="time">Of the kernel's message, in seconds since its start.</param>
    /// <returns>The case's id; <c>null</c> where that cannot be told.</returns>
    public string? At(decimal? time)
    {
        if (asked.Count == 1)
        {
            return asked[0].Id;
        }
        if (report.Log.FirstOrDefault(span => span.From <= time && time <= span.To) is { } known)
        {
            return asked.FirstOrDefault(c => c.Id == known.Case)?.Id;
        }
        // The prober tells of each case that it finished. So what it does not tell of came while the last one ran; and
        // where no case was finished, nothing came earlier.
        var isLast = report.HasLog || report.Cases.Count == 0;
        return isLast && inOrder && !report.IsWhole ? asked.ElementAtOrDefault(report.Cases.Count)?.Id : null;
    }
}
