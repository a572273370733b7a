using Harness.Results;

namespace Harness.Runs;

/// <summary>A kernel's row as a run measured it.</summary>
/// <param name="Run">The run's id.</param>
public sealed record KnownKernel(KnownKey Key, string Run, KernelResult Row)
{
    public KnownFrom From => new(Run, Row.StartedAt ?? DateTimeOffset.UnixEpoch);
}
