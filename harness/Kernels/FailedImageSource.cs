namespace Harness.Kernels;

/// <summary>
/// Stands where kernels would be that could not even be looked for, because this side or a server failed: its row is an
/// <c>infra_error</c>.
/// </summary>
/// <param name="reason">What failed, for the row.</param>
/// <param name="standsFor">What the ids of those kernels begin with.</param>
/// <param name="retries">Attempts that failed before, for the row, too.</param>
public sealed class FailedImageSource(string reason, string standsFor, IReadOnlyList<Retry>? retries = null)
    : IImageSource
{
    public bool IsCached => false;

    public string Failure => reason;

    public string StandsFor => standsFor;

    public Task<ImageResult> AcquireAsync(IProgress<long> received, CancellationToken cancellation) =>
        Task.FromResult<ImageResult>(new ImageResult.Failed(reason) { Retries = retries ?? [] });
}
