namespace Harness.Cli;

/// <summary>One kernel as <c>list --json</c> gives it.</summary>
/// <param name="Size">Bytes to download; <c>null</c> for a local image.</param>
internal sealed record ListedKernel(
    string Id, string? Version, string Arch, string Source, long? Size, bool Cached, string? Note);
