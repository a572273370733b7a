namespace Harness.Story;

/// <summary>How a question went over the kernel versions that were measured.</summary>
/// <param name="Subject">The question, as the beginning of a sentence.</param>
/// <param name="Findings">In the versions' order: <c>rejected 6.1.170 – 6.1.192</c>, each with its mark.</param>
public sealed record Answer(string Subject, IReadOnlyList<Phrase> Findings)
{
    /// <summary>"Both typed by the same struct: accepted 5.10.218 – 7.3.4."</summary>
    public string InWords => $"{Subject}: {string.Join(" · ", Findings.Select(f => f.Text))}.";
}
