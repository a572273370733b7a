namespace Harness.Analysis;

/// <summary>How a run ended, for its exit code and for every sentence that sums it up: the two always agree.</summary>
public enum RunEnding
{
    /// <summary>Every result is as expected, and nothing changed since the baseline.</summary>
    AsExpected,

    /// <summary>Every result is as expected, and something changed since the baseline.</summary>
    Changed,

    /// <summary>Some result is not as expected.</summary>
    Unexpected,

    /// <summary>No result is unexpected, and a kernel could not be tested for a reason on this side.</summary>
    NotTestable,

    /// <summary>No result is unexpected, and some of what users named could not be asked about.</summary>
    NotAsked,

    /// <summary>No image was to be had, so nothing was tested.</summary>
    NothingTested,
}
