namespace Harness.Kernels.Debian;

/// <summary>What became of a download. An error of writing the file is an <see cref="IOException"/> instead: it is ours.</summary>
public abstract record Fetched
{
    private Fetched()
    {
    }

    /// <param name="Size">Bytes received; one more than the limit at least when the server sent more.</param>
    /// <param name="Sha256">Of what was received, lower-case hex.</param>
    public sealed record Stored(long Size, string Sha256, Validator Validator) : Fetched;

    /// <summary>What the validator tells of is still current (HTTP 304).</summary>
    public sealed record NotModified : Fetched;

    /// <summary>The server has no such file (HTTP 404 or 410).</summary>
    public sealed record NotServed(string Reason) : Fetched;

    /// <summary>The network or the server failed, time after time.</summary>
    public sealed record Unreachable(string Reason) : Fetched;
}

/// <summary>What a server said of a version of a file, to ask later whether there is another (RFC 9110, section 13.1).</summary>
public sealed record Validator(string? ETag, DateTimeOffset? LastModified);

/// <param name="Limit">Bytes after which receiving stops: no more than that is of any use.</param>
/// <param name="Known">The version that is here already.</param>
/// <param name="Attempts">How often to try when the network fails.</param>
public sealed record FetchRequest(
    Uri Uri, long Limit, Validator? Known = null, IProgress<long>? Received = null, int Attempts = 3);
