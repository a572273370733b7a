namespace Harness.Kernels.Debian;

/// <summary>A file to download from an archive.</summary>
/// <param name="Limit">Bytes after which receiving stops: no more than that is of any use.</param>
/// <param name="Known">The version that is here already.</param>
/// <param name="Attempts">How often to try when the network fails.</param>
public sealed record FetchRequest(
    Uri Uri, long Limit, Validator? Known = null, IProgress<long>? Received = null, int Attempts = 3);
