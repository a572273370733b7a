namespace Harness.Results;

/// <summary>What one case came to on one kernel.</summary>
public enum CaseStatus
{
    /// <summary>The kernel did what is wanted.</summary>
    Pass,

    /// <summary>It did the opposite.</summary>
    Fail,

    /// <summary>The kernel lacks what the case needs.</summary>
    Skip,

    /// <summary>No verdict.</summary>
    Error,

    /// <summary>Repeats disagree.</summary>
    Flaky,
}
