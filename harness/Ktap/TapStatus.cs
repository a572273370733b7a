namespace Harness.Ktap;

/// <summary>What a test of a TAP or KTAP text came to.</summary>
public enum TapStatus
{
    /// <summary><c>ok</c>.</summary>
    Passed,

    /// <summary><c>not ok</c>, also with the directive <c>TIMEOUT</c>.</summary>
    Failed,

    /// <summary>
    /// <c>SKIP</c>, or <c>not ok</c> with <c>TODO</c> or <c>XFAIL</c>, by which its author says that it can't pass.
    /// </summary>
    Skipped,

    /// <summary><c>not ok</c> with <c>ERROR</c>; or a result is missing, its own or that of a subtest.</summary>
    Error,
}
