using System.Globalization;
using Harness.Probes;
using Harness.Results;

namespace Harness.Analysis;

/// <summary>
/// What this run saw working: a workaround is named only when each kernel that was asked accepted it.
/// </summary>
public sealed class CauseWorkarounds
{
    private readonly Dictionary<string, (int Accepted, int Otherwise)> _answers = new(StringComparer.Ordinal);
    private readonly int _kernels;

    public CauseWorkarounds(IReadOnlyList<KernelResult> kernels)
    {
        _kernels = kernels.Count(k => k.Cases.Count > 0);
        // A kernel that lacks what the case needs was not asked; an error or a flaky answer proves nothing.
        foreach (var result in kernels.SelectMany(k => k.Cases).Where(c => c.Status != CaseStatus.Skip))
        {
            var (accepted, otherwise) = _answers.GetValueOrDefault(result.Id);
            var works = result is { Status: CaseStatus.Pass, Outcome: Outcome.Accept };
            _answers[result.Id] = works ? (accepted + 1, otherwise) : (accepted, otherwise + 1);
        }
    }

    /// <summary>
    /// The first of a rule's workarounds that worked everywhere, with the question that shows it; else <c>null</c>.
    /// </summary>
    /// <param name="id">Of the case that the rule explains.</param>
    public string? Choose(CauseRule rule, CaseId id)
    {
        foreach (var workaround in rule.Workarounds)
        {
            if (_answers.TryGetValue(id.Sibling(workaround.Question), out var answers)
                && answers is { Accepted: > 0, Otherwise: 0 })
            {
                return $"Works on {Kernels(answers.Accepted)} ({workaround.Question}): {workaround.Text}";
            }
        }
        return null;
    }

    private string Kernels(int accepted) => (accepted == _kernels, accepted) switch
    {
        (true, 1) => "the one kernel of this run",
        (true, _) => string.Create(CultureInfo.InvariantCulture, $"all {accepted} kernels of this run"),
        (_, 1) => "the one kernel of this run that could be asked",
        _ => string.Create(CultureInfo.InvariantCulture, $"all {accepted} kernels of this run that could be asked"),
    };
}
