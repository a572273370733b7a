using Harness.Probes;
using Harness.Results;
using Harness.Story;

namespace Harness.Analysis.Sections;

/// <summary>What failed, told once a source: where, how, why, and what worked instead.</summary>
internal sealed class FailuresSection(KernelNames names, ProbeList probes)
{
    private const string Unknown = "No rule and no expectation knows why.";

    public Section? Of(RunDocument document)
    {
        var failures = document.Kernels
            .SelectMany(k => k.Cases.Where(c => c.Status is CaseStatus.Fail or CaseStatus.Error or CaseStatus.Flaky),
                (kernel, result) => new Failure(kernel, result))
            .ToList();
        var groups = failures.GroupBy(f => f.Result.Source ?? f.Result.Cause)
            .OrderByDescending(g => g.Key is null).ThenByDescending(g => g.Count());
        return failures.Count == 0 ? null
            : new Section("Failures", new Block.Points([.. groups.Select(g => Item([.. g]))], Spaced: true));
    }

    private Item Item(List<Failure> failures) => new(
        Sentence.Join("; ", failures.GroupBy(f => Words.Failure(f.Result))
            .Select(g => new Sentence(Phrase.Strong(g.Key), $" on {Where(g)}"))),
        [
            .. ReasonedCases.Of(Explained(failures), failures[0].Result.Source, probes),
            .. QuotedEvidence.Of(failures.Select(f => (f.Kernel, f.Result)), names, probes),
        ]);

    /// <summary>Each reason once a case; with its kernels where the reasons do not share them.</summary>
    private IEnumerable<(string Case, Sentence? Why)> Explained(List<Failure> failures)
    {
        var reasons = failures.GroupBy(f => Why(f.Result))
            .Select(g =>
                (Why: g.Key, Where: names.Of(g.Select(f => f.Kernel)), Cases: g.Select(f => f.Result.Id).Distinct()))
            .ToList();
        var shared = reasons.DistinctBy(r => r.Where).Count() == 1;
        return reasons.SelectMany(r => r.Cases.Select(c => (c, shared ? r.Why : $"{r.Where}: " + (r.Why ?? ""))));
    }

    private static Sentence? Why(CaseResult result)
    {
        var cause = Phrase.Cited(result.Cause ?? (result.Source is null ? Unknown : ""));
        return (cause.Text, result.Workaround) switch
        {
            ("", null) => null,
            (_, null) => new Sentence(cause),
            ("", { } workaround) => new Sentence(Phrase.Emphasis("Workaround:"), Phrase.Cited(" " + workaround)),
            (_, { } workaround) =>
                new Sentence(cause, " ", Phrase.Emphasis("Workaround:"), Phrase.Cited(" " + workaround)),
        };
    }

    /// <summary>The kernels, and how many cases: not all of them need to fail on the same.</summary>
    private string Where(IEnumerable<Failure> failures)
    {
        var places = failures.GroupBy(f => f.Result.Id).GroupBy(ofCase => names.Of(ofCase.Select(f => f.Kernel)))
            .OrderByDescending(g => g.Count());
        return string.Join(" and on ", places.Select(g => $"{g.Key} ({Words.Count(g.Count(), "case")})"));
    }

    private sealed record Failure(KernelResult Kernel, CaseResult Result);
}
