namespace Harness.Kernels.Archives;

/// <summary>A file to download from an archive.</summary>
/// <param name="Limit">Bytes after which receiving stops: no more than that is of any use.</param>
/// <param name="Known">The version that is here already.</param>
public sealed record FetchRequest(
    Uri Uri, long Limit, Validator? Known = null, IProgress<long>? Received = null)
{
    /// <summary>When the network fails, something else serves as well, so that it is tried only once.</summary>
    public bool IsDispensable { get; init; }

    /// <summary>Is told of each attempt that failed and is repeated.</summary>
    public Action<Retry> Retrying { get; init; } = _ => { };
}
