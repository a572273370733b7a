namespace Harness.Nights;

/// <summary>How a night's <c>harness run</c> ended, as far as the night's next steps depend on it.</summary>
internal enum RunEnd
{
    /// <summary>It wrote its results, whatever they are.</summary>
    Finished,

    /// <summary>Usage or configuration is at fault; nothing was run.</summary>
    Refused,

    /// <summary>A signal ended it; what was measured is saved, and can be resumed.</summary>
    Interrupted,

    /// <summary>It ended with an exit code that the harness does not have.</summary>
    Failed,
}
