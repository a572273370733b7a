using System.Globalization;
using Harness.Results;

namespace Harness.Analysis;

/// <summary>A case that one libbpf answers in one way and the next newer one in another, on the same kernel.</summary>
/// <param name="Case">The id, without a libbpf.</param>
public sealed record LibbpfChange(string Case, string KernelId, CaseResult Older, CaseResult Newer);

/// <summary>Two libbpfs, neighbours among those that were run, held against each other.</summary>
/// <param name="Compared">The answers that both gave: cases times kernels.</param>
/// <param name="Kernels">On how many kernels.</param>
public sealed record LibbpfStep(LibbpfInfo Older, LibbpfInfo Newer, int Compared, int Kernels, IReadOnlyList<LibbpfChange> Changes)
{
    public string InWords => string.Create(CultureInfo.InvariantCulture,
        $"libbpf {Older.Version} → {Newer.Version}: {(Changes.Count == 0 ? "none" : Changes.Count)} of {Compared} answers on {Kernels} kernel{(Kernels == 1 ? "" : "s")} {(Changes.Count == 1 ? "changes" : "change")}");
}

/// <summary>
/// Does a newer libbpf change an answer, as people advise? The same cases on the same kernels, each version against the
/// next newer one; nothing is said of what was not run.
/// </summary>
public static class LibbpfComparison
{
    /// <summary>Oldest first; empty when there was just one libbpf.</summary>
    public static IReadOnlyList<LibbpfStep> Of(RunDocument document)
    {
        var inOrder = document.Run.Libbpf.OrderBy(l => Version.TryParse(l.Version, out var version) ? version : new Version()).ToList();
        var answers = document.Kernels.Select(k => (k.Id, Cases: k.Cases.ToDictionary(c => c.Id, StringComparer.Ordinal))).ToList();
        return [.. inOrder.Zip(inOrder.Skip(1), (older, newer) => Compare(older, newer, answers))];
    }

    private static LibbpfStep Compare(LibbpfInfo older, LibbpfInfo newer, IReadOnlyList<(string Kernel, Dictionary<string, CaseResult> Cases)> answers)
    {
        var pairs = answers.SelectMany(a => Pairs(a.Kernel, a.Cases, LabelOf(older), LabelOf(newer))).ToList();
        return new LibbpfStep(older, newer, pairs.Count, pairs.Select(p => p.KernelId).Distinct().Count(), [.. pairs.Where(Differs)]);
    }

    private static IEnumerable<LibbpfChange> Pairs(string kernel, Dictionary<string, CaseResult> cases, string older, string newer)
    {
        foreach (var result in cases.Values)
        {
            var question = CauseQuestion.Of(result.Id);
            if (question.Label == older && question.Id.StartsWith("libbpf.", StringComparison.Ordinal)
                && cases.TryGetValue(question.Id + newer, out var other))
            {
                yield return new LibbpfChange(question.Id, kernel, result, other);
            }
        }
    }

    private static bool Differs(LibbpfChange pair) =>
        (pair.Older.Status, pair.Older.Outcome, pair.Older.Step, pair.Older.Errno) != (pair.Newer.Status, pair.Newer.Outcome, pair.Newer.Step, pair.Newer.Errno);

    private static string LabelOf(LibbpfInfo libbpf) => libbpf.Label is null ? "" : "." + libbpf.Label;
}
