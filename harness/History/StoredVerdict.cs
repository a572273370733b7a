using Harness.Analysis;
using Harness.Results;

namespace Harness.History;

/// <summary>What a kernel answered to a case. What the matrix expected is no part of it.</summary>
public sealed record StoredVerdict(Outcome Want, CaseStatus Status, Outcome? Outcome, string? Step, string? Errno)
{
    /// <summary><c>fail: rejected at update with EINVAL</c>.</summary>
    public string InWords
    {
        get
        {
            var outcome = Outcome is { } known ? Words.Of(known) : null;
            var at = Step is null ? null : $"at {Step}";
            var with = Errno is null ? null : $"with {Errno}";
            var words = new[] { outcome, at, with }.Where(w => w is not null).ToList();
            var status = Words.Of(Status);
            return words.Count == 0 ? status : $"{status}: {string.Join(' ', words)}";
        }
    }
}
