using Harness.Results;

namespace Harness.Analysis;

/// <summary>What another question must have come to on the same kernel: an outcome, or a status.</summary>
/// <param name="Question"><c>TEMPLATE.CANDIDATE[.VARIANT]</c>, in the same layer, outer and inner type.</param>
public sealed record SiblingEvidence(string Question, Outcome? Outcome, CaseStatus? Status)
{
    public bool IsGivenBy(CaseResult result) => Status is null ? result.Outcome == Outcome : result.Status == Status;
}

/// <summary>Something to do instead, and the question that shows whether it works.</summary>
public sealed record Workaround(string Question, string Text);

/// <summary>A cause in words, and the evidence on which it is told; <c>null</c> and empty stand for "whatever it is".</summary>
/// <param name="Versions">Where the kernel's code is known to be so.</param>
/// <param name="Status">What the case itself came to.</param>
/// <param name="Steps">Any of these.</param>
/// <param name="Source">Kernel function and version, a commit only where it was looked up.</param>
/// <param name="Workarounds">In order of preference.</param>
public sealed record CauseRule(
    string Id,
    IReadOnlyList<Glob> Cases,
    VersionCondition? Versions,
    CaseStatus Status,
    Outcome? Outcome,
    IReadOnlyList<string> Steps,
    string? Errno,
    Glob? Reason,
    IReadOnlyList<SiblingEvidence> Siblings,
    string Cause,
    string Source,
    IReadOnlyList<Workaround> Workarounds)
{
    public bool Concerns(KernelVersion? version) => Versions is null || Versions.Allows(version);

    public bool Concerns(CauseQuestion question) => Cases.Any(g => g.Matches(question.Id));

    /// <summary>Whether a case that this rule concerns shows what the rule asks for, the case's siblings included.</summary>
    /// <param name="sibling">The result of another case of the same kernel, <c>null</c> where it was not asked.</param>
    public bool IsShownBy(CaseResult result, CauseQuestion question, Func<string, CaseResult?> sibling) =>
        result.Status == Status
        && (Outcome is null || Outcome == result.Outcome)
        && (Steps.Count == 0 || (result.Step is { } step && Steps.Contains(step)))
        && (Errno is null || Errno == result.Errno)
        && (Reason is null || (result.Reason is { } reason && Reason.Matches(reason)))
        && Siblings.All(s => sibling(question.Sibling(s.Question)) is { } other && s.IsGivenBy(other));
}

/// <summary>A case's id as rules see it: without the libbpf version that a prober was built with.</summary>
/// <param name="Id"><c>LAYER.OUTER.INNER.TEMPLATE.CANDIDATE[.VARIANT]</c>.</param>
/// <param name="Label"><c>.libbpf-1-1</c>, or empty: it belongs to the siblings' ids, too.</param>
public sealed record CauseQuestion(string Id, string Label)
{
    private const string LabelStart = ".libbpf-";

    /// <summary>Layer, outer and inner type, with the dot after them.</summary>
    private readonly string _place = Id[..(NthDot(Id, 3) + 1)];

    /// <summary><c>TEMPLATE.CANDIDATE[.VARIANT]</c>.</summary>
    public string Text => Id[_place.Length..];

    public static CauseQuestion Of(string caseId)
    {
        var last = caseId.LastIndexOf('.');
        return last > 0 && caseId.AsSpan(last).StartsWith(LabelStart, StringComparison.Ordinal)
            ? new CauseQuestion(caseId[..last], caseId[last..])
            : new CauseQuestion(caseId, "");
    }

    /// <summary>The id of the case that asks something else at the same place.</summary>
    public string Sibling(string question) => _place + question + Label;

    private static int NthDot(string text, int n)
    {
        var at = -1;
        for (var i = 0; i < n && (i == 0 || at >= 0); i++)
        {
            at = text.IndexOf('.', at + 1);
        }
        return at;
    }
}
