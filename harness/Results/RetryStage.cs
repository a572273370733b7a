namespace Harness.Results;

/// <summary>What was repeated.</summary>
public enum RetryStage
{
    /// <summary>Getting the kernel's image, or an index in which it stands.</summary>
    Fetch,

    /// <summary>Booting the kernel.</summary>
    Boot,

    /// <summary>
    /// Restoring the kernel, or booting it so that it can be saved: what it did then was checked by an ordinary boot.
    /// </summary>
    Restore,
}
