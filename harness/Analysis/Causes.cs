using Harness.Results;

namespace Harness.Analysis;

/// <summary>
/// Says why cases fail, are skipped or have no verdict, and what worked instead, by the rules of <c>causes.yaml</c>. A
/// rule's words stand before those of an expectation; where no rule fits, what is there stays.
/// </summary>
public static class Causes
{
    private static readonly Lazy<IReadOnlyList<CauseRule>> _builtIn = new(CauseReader.BuiltIn);

    public static IReadOnlyList<KernelResult> Explain(IReadOnlyList<KernelResult> kernels) => Explain(kernels, _builtIn.Value);

    public static IReadOnlyList<KernelResult> Explain(IReadOnlyList<KernelResult> kernels, IReadOnlyList<CauseRule> rules)
    {
        var search = new Search(rules, new CauseWorkarounds(kernels));
        return [.. kernels.Select(search.Explain)];
    }

    /// <summary>Every kernel was asked the same cases: which rules concern an id is found out once.</summary>
    private sealed class Search(IReadOnlyList<CauseRule> rules, CauseWorkarounds workarounds)
    {
        private readonly Dictionary<string, (CauseQuestion Question, IReadOnlyList<CauseRule> Rules)> _concerned = new(StringComparer.Ordinal);

        public KernelResult Explain(KernelResult kernel)
        {
            if (kernel.Cases.All(c => c.Status == CaseStatus.Pass))
            {
                return kernel;
            }
            var version = KernelVersion.TryParse(kernel.Version);
            var here = rules.Where(r => r.Concerns(version)).ToHashSet();
            var results = kernel.Cases.ToDictionary(c => c.Id, StringComparer.Ordinal);
            return kernel with
            {
                Cases = [.. kernel.Cases.Select(c => c.Status == CaseStatus.Pass ? c : Explain(c, here, id => results.GetValueOrDefault(id)))],
            };
        }

        private CaseResult Explain(CaseResult result, HashSet<CauseRule> here, Func<string, CaseResult?> sibling)
        {
            if (!_concerned.TryGetValue(result.Id, out var concerned))
            {
                var question = CauseQuestion.Of(result.Id);
                _concerned[result.Id] = concerned = (question, [.. rules.Where(r => r.Concerns(question))]);
            }
            return concerned.Rules.FirstOrDefault(r => here.Contains(r) && r.IsShownBy(result, concerned.Question, sibling)) is { } rule
                ? result with { Cause = rule.Cause, Source = rule.Source, Workaround = workarounds.Choose(rule, concerned.Question) }
                : result;
        }
    }
}
