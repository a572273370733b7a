namespace Harness.Kernels;

/// <summary>What came of getting an image. A failure is data of the kernel's row.</summary>
public abstract record ImageResult
{
    private ImageResult()
    {
    }

    /// <summary>Why there is no image; <c>null</c> when there is one.</summary>
    public string? Problem => this switch
    {
        Unavailable unavailable => unavailable.Reason,
        Failed failed => failed.Reason,
        _ => null,
    };

    /// <summary>Attempts that failed for a reason on this side or in the network before this came of it.</summary>
    public IReadOnlyList<Retry> Retries { get; init; } = [];

    /// <param name="FromCache">Nothing was downloaded or built for it.</param>
    public sealed record Available(BootImage Image, bool FromCache) : ImageResult
    {
        /// <summary>How long its build took; <c>null</c> where it was not built just now.</summary>
        public TimeSpan? BuildTime { get; init; }
    }

    /// <summary>The image cannot be had, or fails verification.</summary>
    /// <param name="NotServed">
    /// The archive lists it and does not serve it (HTTP 404 or 410): another version may stand in.
    /// </param>
    public sealed record Unavailable(string Reason, bool NotServed = false) : ImageResult;

    /// <summary>This machine failed: no space, a missing tool.</summary>
    /// <param name="MayPass">It may succeed if it is tried again.</param>
    public sealed record Failed(string Reason, bool MayPass = false) : ImageResult;
}
