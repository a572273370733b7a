using Harness.Kernels;

namespace Harness.Cli;

/// <summary>One kernel as <c>list --json</c> gives it.</summary>
/// <param name="Line">Whose kernel it is; <c>null</c> where nobody says that, or says upstream's.</param>
/// <param name="Size">Bytes to download; <c>null</c> for a local image.</param>
/// <param name="Problem">
/// Why kernels could not be looked for, when this stands in their place; <c>null</c> for a kernel.
/// </param>
internal sealed record ListedKernel(
    string Id, string? Version, string Arch, string? Line, string Source, long? Size, bool Cached, string? Note,
    string? Problem)
{
    public static ListedKernel Of(Kernel kernel) => new(
        kernel.Id, kernel.Version?.ToString(), kernel.Arch, kernel.Line, kernel.Description, kernel.DownloadSize,
        kernel.Source.IsCached, kernel.Note, kernel.Source.Failure);
}
