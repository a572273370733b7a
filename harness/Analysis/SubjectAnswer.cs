using Harness.Results;
using Harness.Story;

namespace Harness.Analysis;

/// <summary>
/// What a run says of one thing that a user handed to a probe, as a sentence: "x.bpf.o: loads on 6.1.170 to 7.3.4; not
/// on 5.10.218: helper bpf_loop is not there."
/// </summary>
/// <param name="Name">What it is called.</param>
/// <param name="HoldsEverywhere">Every kernel that was asked did what is wanted.</param>
/// <param name="Findings">On which kernels what; kernels that answered alike share one.</param>
public sealed record SubjectAnswer(string Name, bool HoldsEverywhere, IReadOnlyList<Phrase> Findings)
{
    /// <summary>Sentences behind that, each with a blank before it; empty for none.</summary>
    public string Remark { get; init; } = "";

    public string InWords => $"{Name}: {string.Join("; ", Findings.Select(f => f.Text))}.{Remark}";

    public Sentence Sentence => new([Phrase.Strong(Name), ": ", .. Findings, Remark.Length == 0 ? "" : $".{Remark}"]);

    /// <summary>
    /// Why a case did not pass: its cause's first sentence, as the rest of it stands further down in a report; else its
    /// reason; else step and errno. <c>null</c> of one that passed.
    /// </summary>
    public static string? WhyOf(CaseResult result) => result.Status == CaseStatus.Pass ? null
        : result.Cause?.Split(". ")[0].TrimEnd('.') ?? result.Reason
            ?? Words.Of(result.Status, result.Outcome, result.Step, result.Errno);
}
