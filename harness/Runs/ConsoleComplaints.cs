using System.Globalization;
using Harness.Ktap;
using Harness.Probes;
using Harness.Results;

namespace Harness.Runs;

/// <summary>Finds what a kernel complained of while it was asked, from its console. Pure.</summary>
public static class ConsoleComplaints
{
    /// <summary>Of one boot. A kernel that complains without end says nothing new after so many.</summary>
    private const int Most = 20;

    /// <param name="console">The whole console.</param>
    /// <param name="report">The report of the same boot.</param>
    /// <param name="asked">The cases that this boot was asked.</param>
    /// <param name="inOrder">The prober asks them in this order.</param>
    /// <returns>
    /// At most 20, in the order of the console. Every text is there: where there are more than 20 different ones, the
    /// last complaint says how many others there are, so that those which are foreseen never hide one that is not.
    /// </returns>
    public static IReadOnlyList<Complaint> Of(
        string console, ProbeReport report, IReadOnlyList<ProbeCase> asked, bool inOrder)
    {
        if (!report.HasHeader)
        {
            return [];
        }
        var cases = new ComplaintCases(report, asked, inOrder);
        var all = All(console).ToList();
        var different = all.DistinctBy(c => c.Message.Text).ToList();
        if (different.Count > Most)
        {
            var (kind, message) = different[Most - 1];
            var others = different.Count - Most + 1;
            var text = string.Create(CultureInfo.InvariantCulture, $"and {others} other complaints");
            return [.. different.Take(Most - 1).Select(Complaint), new Complaint(kind, text, message.Line, null)];
        }
        var again = all.Except(different).Take(Most - different.Count);
        return [.. different.Concat(again).OrderBy(c => c.Message.Line).Select(Complaint)];

        Complaint Complaint((ComplaintKind Kind, KernelMessage Message) found) =>
            new(found.Kind, found.Message.Text, found.Message.Line, cases.At(found.Message.Time));
    }

    private static IEnumerable<(ComplaintKind Kind, KernelMessage Message)> All(string console)
    {
        foreach (var message in KernelMessages.SinceStart(console))
        {
            // Of an oops or a panic the kernel's status tells.
            if (!Classifier.IsDeath(message.Text) && ComplaintPatterns.KindOf(message.Text) is { } kind)
            {
                yield return (kind, message);
            }
        }
    }
}
