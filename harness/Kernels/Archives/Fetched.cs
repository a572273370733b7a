namespace Harness.Kernels.Archives;

/// <summary>What became of a download. An error of writing the file is an <see cref="IOException"/> instead.</summary>
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
