using System.Globalization;
using System.Text;
using Harness.Probes;
using Harness.Results;
using Harness.Tests.Support;

namespace Harness.Tests.Analysis;

/// <summary>
/// What real kernels answered, cut down to a text: the kernels, then, for each set of cases that went the same way, the
/// answers over the kernels' numbers and the cases as patterns. Causes are left out: they are what tests ask for.
/// </summary>
internal static class CauseCapturedRun
{
    private const string Kernels = "kernel ";
    private const string Want = "want ";
    private const string Answer = "  ";

    public static string Source { get; } =
        Path.Combine(Repository.Find().Path, "tests", "Fixtures", "runs", "default-matrix.txt");

    /// <summary>All 22 kernels of the default matrix with all cases of both layers.</summary>
    public static IReadOnlyList<KernelResult> Default { get; } = Read(File.ReadAllText(Source));

    public static KernelResult On(string version) => Default.Single(k => k.Version == version);

    public static IReadOnlyList<KernelResult> Read(string text)
    {
        var kernels = new List<(string Version, List<CaseResult> Cases)>();
        var want = Outcome.Accept;
        var answers = new List<(int From, int To, string Text)>();
        foreach (var line in text.Split('\n').Where(l => l.Length > 0 && l[0] != '#'))
        {
            if (line.StartsWith(Kernels, StringComparison.Ordinal))
            {
                kernels.Add((line[Kernels.Length..], []));
            }
            else if (line.StartsWith(Want, StringComparison.Ordinal))
            {
                want = Enum.Parse<Outcome>(line[Want.Length..], ignoreCase: true);
                answers.Clear();
            }
            else if (line.StartsWith(Answer, StringComparison.Ordinal))
            {
                var parts = line.Trim().Split([' ', '-'], 3);
                answers.Add((Number(parts[0]), Number(parts[1]), parts[2]));
            }
            else
            {
                foreach (var id in new Glob(line).Alternatives)
                {
                    answers.ForEach(a =>
                        kernels[(a.From - 1)..a.To].ForEach(k => k.Cases.Add(Parse(id, want, a.Text))));
                }
            }
        }
        return [
            .. kernels.Select(k => Samples.Kernel(k.Version, [.. k.Cases.OrderBy(c => c.Id, StringComparer.Ordinal)]))];
    }

    public static string Write(IReadOnlyList<KernelResult> kernels)
    {
        var text = new StringBuilder("# What the kernels of a run answered; see CauseRunTests for how it was cut.\n");
        foreach (var kernel in kernels)
        {
            text.Append(Kernels).Append(kernel.Version).Append('\n');
        }
        var histories = kernels.SelectMany((k, i) => k.Cases.Select(c => (Number: i + 1, Result: c)))
            .GroupBy(x => x.Result.Id)
            .Select(g => (Id: g.Key, History: $"\n{Want}{Word(g.First().Result.Want)}\n"
                + Spans([.. g.Select(x => (x.Number, Write(x.Result)))])));
        foreach (var history in histories.GroupBy(h => h.History).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            text.Append(history.Key).AppendJoin('\n', Samples.Patterns(history.Select(h => h.Id))).Append('\n');
        }
        return text.ToString();
    }

    private static string Spans(List<(int Number, string Answer)> answers)
    {
        var text = new StringBuilder();
        for (int from = 0, to; from < answers.Count; from = to)
        {
            to = from + 1;
            while (to < answers.Count && answers[to].Answer == answers[from].Answer
                && answers[to].Number == answers[to - 1].Number + 1)
            {
                to++;
            }
            text.Append(CultureInfo.InvariantCulture,
                $"{Answer}{answers[from].Number}-{answers[to - 1].Number} {answers[from].Answer}\n");
        }
        return text.ToString();
    }

    private static string Write(CaseResult result) =>
        string.Join(' ',
            Word(result.Status), Word(result.Outcome), result.Step ?? "-", result.Errno ?? "-",
            // What a kernel died of has addresses, and names a file of its own.
            result.Step == Probe.CrashStep ? null : result.Reason).TrimEnd();

    private static CaseResult Parse(string id, Outcome want, string text)
    {
        var parts = text.Split(' ', 5);
        return new CaseResult(id, want, parts[1] == "-" ? null : Enum.Parse<Outcome>(parts[1], ignoreCase: true),
            parts[2] == "-" ? null : parts[2],
            parts[3] == "-" ? null : parts[3], Enum.Parse<CaseStatus>(parts[0], ignoreCase: true), CaseStatus.Pass,
            parts.Length > 4 ? parts[4] : null, null, null);
    }

    private static string Word<T>(T value) => value?.ToString()?.ToLowerInvariant() ?? "-";

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
