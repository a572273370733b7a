using System.Globalization;
using Harness.Ktap;

namespace Harness.Probes.Object;

/// <summary>What a report of the guest's program comes to beyond its cases: evidence, numbers, and files.</summary>
internal static class ObjectReport
{
    /// <summary>The text that holds all of libbpf's words, with the verifier's log.</summary>
    private const string Words = "libbpf";

    /// <summary>The text of lines <c>NAME NUMBER</c>.</summary>
    private const string Facts = "facts";

    private const int LongestName = 32;

    /// <summary>The cases, those that were not taken with the telling lines of what libbpf said.</summary>
    public static IReadOnlyList<ProbedCase> Interpret(ProbeReport report)
    {
        var texts = report.Texts.DistinctBy(t => (t.Case, t.Name)).ToDictionary(t => (t.Case, t.Name), t => t.Text);
        return
        [
            .. report.Cases.Select(c => c with
            {
                Evidence = IsTaken(c) || !texts.TryGetValue((c.Id, Words), out var said)
                    ? null
                    : ObjectEvidence.Of(said),
                Numbers = Numbers(texts.GetValueOrDefault((c.Id, Facts), "")),
            }),
        ];
    }

    /// <summary>All of what libbpf said about a case that was not taken.</summary>
    public static IEnumerable<CaseFile> Files(ProbeReport report)
    {
        var refused = report.Cases.Where(c => !IsTaken(c)).Select(c => c.Id).ToHashSet(StringComparer.Ordinal);
        return report.Texts.Where(t => t.Name == Words && refused.Contains(t.Case))
            .Select(t => new CaseFile(t.Case, Words, t.Text));
    }

    private static bool IsTaken(ProbedCase asked) => asked is { Ok: true, Skipped: false };

    private static Dictionary<string, long> Numbers(string facts)
    {
        var numbers = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var line in facts.Split('\n'))
        {
            if (line.Split(' ') is [var name, var text] && name.Length <= LongestName && name.All(IsOfNames)
                && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                numbers[name] = number;
            }
        }
        return numbers;
    }

    private static bool IsOfNames(char c) => char.IsAsciiLetterLower(c) || c == '_';
}
