namespace Harness.Cli;

/// <summary>One kernel as <c>list --json</c> gives it.</summary>
/// <param name="Size">Bytes to download; <c>null</c> for a local image.</param>
/// <param name="Problem">
/// Why kernels could not be looked for, when this stands in their place; <c>null</c> for a kernel.
/// </param>
internal sealed record ListedKernel(
    string Id, string? Version, string Arch, string Source, long? Size, bool Cached, string? Note, string? Problem);
