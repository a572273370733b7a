using Harness.Ktap;
using Harness.Probes;
using Harness.Results;

namespace Harness.Runs;

/// <summary>
/// Holds a report against what its program was asked, and against the words that its probe has. Whoever has root in the
/// guest can write to the channel, so what does not fit is nobody's answer: the cases from there on are left out. Pure.
/// </summary>
/// <param name="asked">The cases that the program was asked, in its order.</param>
/// <param name="steps">The steps of its probe; <c>null</c> where the probe is not known.</param>
/// <param name="inOrder">The program keeps its order; else it was asked to shuffle its cases.</param>
public sealed class ReportCheck(IReadOnlyList<ProbeCase> asked, IReadOnlyList<string>? steps, bool inOrder)
{
    /// <summary>
    /// Of all reasons in a report, in characters. Those of a healthy one, with 2,000 cases, are a tenth of it.
    /// </summary>
    private const int MostText = 256 << 10;

    private readonly Dictionary<string, ProbeCase> _byId = asked.ToDictionary(c => c.Id, StringComparer.Ordinal);

    /// <returns>The report, or its start and what is wrong with the rest.</returns>
    public ProbeReport Of(ProbeReport report)
    {
        var cases = OfCases(report);
        // The cases of texts become names of files.
        return cases.Texts.All(text => _byId.ContainsKey(text.Case))
            ? cases
            : cases with { Texts = [.. cases.Texts.Where(text => _byId.ContainsKey(text.Case))] };
    }

    private ProbeReport OfCases(ProbeReport report)
    {
        var text = 0;
        foreach (var (place, probed) in report.Cases.Index())
        {
            text += probed.Reason?.Length ?? 0;
            if ((text > MostText ? TooMuchText : Problem(place, probed)) is { } problem)
            {
                return report with { Cases = [.. report.Cases.Take(place)], Problem = report.Problem ?? problem };
            }
        }
        return report.IsWhole && report.Cases.Count != asked.Count
            ? report with { Problem = OtherCases }
            : report;
    }

    private static string TooMuchText => $"the guest wrote more than {MostText >> 10} KiB of reasons into its report";

    private string OtherCases => $"the report has other cases than the {asked.Count} asked for";

    private string? Problem(int place, ProbedCase probed)
    {
        if (!_byId.TryGetValue(probed.Id, out var planned) || (inOrder && asked.ElementAtOrDefault(place) != planned))
        {
            return OtherCases;
        }
        var want = planned.Want == Outcome.Accept ? "accept" : "reject";
        if (probed.Want != want)
        {
            return $"the case {probed.Id} wants '{probed.Want}', the prober's list says '{want}'";
        }
        if (probed.Step is { } step && steps?.Contains(step) == false)
        {
            return $"the case {probed.Id} names the step '{step}', which its probe does not have";
        }
        return probed.Errno is { } errno && !ErrnoNames.IsKnown(errno)
            ? $"the case {probed.Id} names the errno '{errno}', which there is not"
            : null;
    }
}
