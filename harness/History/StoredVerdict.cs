using Harness.Results;

namespace Harness.History;

/// <summary>What a kernel answered to a case, without what the matrix expected of it.</summary>
public sealed record StoredVerdict(Outcome Want, CaseStatus Status, Outcome? Outcome, string? Step, string? Errno)
{
    /// <summary><c>fail: rejected at update with EINVAL</c>.</summary>
    public string InWords
    {
        get
        {
            var outcome = Outcome switch { Results.Outcome.Accept => "accepted", Results.Outcome.Reject => "rejected", _ => null };
            var words = new[] { outcome, Step is null ? null : $"at {Step}", Errno is null ? null : $"with {Errno}" }.Where(w => w is not null).ToList();
            var status = Status.ToString().ToLowerInvariant();
            return words.Count == 0 ? status : $"{status}: {string.Join(' ', words)}";
        }
    }
}
