using Harness.Results;

namespace Harness.Matrix;

/// <summary>The expectations that concern one kernel, in their order.</summary>
/// <param name="line">The kernel's; <c>null</c> for upstream's.</param>
public sealed class KernelExpectations(
    IReadOnlyList<Expectation> all, string kernelId, KernelVersion? version, string? line)
{
    private readonly IReadOnlyList<Expectation> _entries = [.. all.Where(e => e.Concerns(kernelId, version, line))];

    /// <summary>The entry that foresees something of the case, or <c>null</c>: then it is expected to pass.</summary>
    public Expectation? For(string caseId) => _entries.FirstOrDefault(e => e.Concerns(caseId));

    public bool Foresees(KernelStatus status) => _entries.Any(e => e.KernelStatus == status);

    /// <summary>The first entry that foresees the complaint, by its text.</summary>
    public Expectation? For(Complaint complaint) =>
        _entries.FirstOrDefault(e => e.Complaints.Any(glob => glob.Matches(complaint.Text)));
}
