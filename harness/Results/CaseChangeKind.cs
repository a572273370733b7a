namespace Harness.Results;

/// <summary>What became of a case on a kernel that both runs have.</summary>
public enum CaseChangeKind
{
    /// <summary>It fails, and did not.</summary>
    NewFailure,

    /// <summary>It failed, and passes.</summary>
    Fixed,

    /// <summary>Any other change of status: to or from <c>skip</c>, <c>error</c> and <c>flaky</c>.</summary>
    OtherStatus,

    /// <summary>The same status, with another outcome, at another step or with another errno.</summary>
    OtherError,

    /// <summary>The runs' probers do not want the same of a kernel, so that the statuses cannot be compared.</summary>
    OtherWant,

    /// <summary>Only the newer run asked it.</summary>
    Came,

    /// <summary>Only the older run asked it.</summary>
    Went,
}
