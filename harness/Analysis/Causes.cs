using Harness.Probes;
using Harness.Results;

namespace Harness.Analysis;

/// <summary>
/// Says why cases fail, are skipped or have no verdict, and what worked instead, by the rules of each case's probe. A
/// rule's words replace those of an expectation; where no rule fits, those words stay.
/// </summary>
public static class Causes
{
    public static IReadOnlyList<KernelResult> Explain(IReadOnlyList<KernelResult> kernels, ProbeList probes) =>
        Explain(kernels, probes, id => probes.Of(id)?.Causes.Value ?? []);

    /// <param name="rulesOf">The rules about a case, given its id.</param>
    public static IReadOnlyList<KernelResult> Explain(
        IReadOnlyList<KernelResult> kernels, ProbeList probes, Func<string, IReadOnlyList<CauseRule>> rulesOf)
    {
        var search = new Search(probes, rulesOf, new CauseWorkarounds(kernels));
        var pool = new ResultPool();
        return [.. kernels.Select(k => pool.Share(search.Explain(k)))];
    }

    /// <summary>Every kernel was asked the same cases: the rules that concern an id are looked up once.</summary>
    private sealed class Search(
        ProbeList probes, Func<string, IReadOnlyList<CauseRule>> rulesOf, CauseWorkarounds workarounds)
    {
        private readonly Dictionary<string,
        (CaseId Id, IReadOnlyList<CauseRule> Rules)> _concerned = new(StringComparer.Ordinal);

        public KernelResult Explain(KernelResult kernel)
        {
            if (kernel.Cases.All(c => c.Status == CaseStatus.Pass))
            {
                return kernel;
            }
            var version = KernelVersion.TryParse(kernel.Version);
            var applies = new Dictionary<CauseRule, bool>(ReferenceEqualityComparer.Instance);
            var results = kernel.Cases.ToDictionary(c => c.Id, StringComparer.Ordinal);
            return kernel with
            {
                Cases =
                [
                    .. kernel.Cases.Select(c =>
                        c.Status == CaseStatus.Pass ? c : Explain(c, Applies, results.GetValueOrDefault)),
                ],
            };

            bool Applies(CauseRule rule) =>
                applies.TryGetValue(rule, out var known) ? known : applies[rule] = rule.Concerns(version);
        }

        private CaseResult Explain(CaseResult result, Func<CauseRule, bool> applies, Func<string, CaseResult?> sibling)
        {
            if (!_concerned.TryGetValue(result.Id, out var concerned))
            {
                var id = probes.Parse(result.Id);
                _concerned[result.Id] = concerned = (id, [.. rulesOf(result.Id).Where(r => r.Concerns(id))]);
            }
            return concerned.Rules.FirstOrDefault(r => applies(r) && r.IsShownBy(result, concerned.Id, sibling))
                is { } rule
                ? result with
                {
                    Cause = rule.CauseOf(result),
                    Source = rule.Source,
                    Workaround = workarounds.Choose(rule, concerned.Id),
                }
                : result;
        }
    }
}
