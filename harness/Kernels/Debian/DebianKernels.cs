using Harness.Matrix;

namespace Harness.Kernels.Debian;

/// <summary>What the rules of a matrix came to.</summary>
/// <param name="Notes">Of the archive: suites left out, indexes that could not be refreshed; rules that select nothing.</param>
public sealed record DebianPicks(IReadOnlyList<KernelPick> Picks, IReadOnlyList<string> Notes);

/// <summary>The Debian archive as a source of kernels: rules in, kernels out.</summary>
public sealed class DebianKernels(
    ArchiveBases bases, HttpClient http, ImageCache cache, ArchiveOptions options, TimeProvider clock)
{
    /// <summary>
    /// Resolves rules, each suite read once. From fresh cached indexes it makes no request, so that listing is quick.
    /// No kernel comes up twice, whichever rules want it.
    /// </summary>
    public Task<DebianPicks> ResolveAsync(IReadOnlyList<DebianRule> rules, bool refresh, CancellationToken cancellation) =>
        throw new NotImplementedException($"{bases}{http}{cache}{options}{clock}");

    /// <summary>A run's kernel for one that is known already, from a lock for instance: no index is read.</summary>
    public Kernel ToKernel(DebianKernel kernel, bool byName, string? note = null) =>
        new(kernel.Id, kernel.Upstream, kernel.Architecture.Machine, kernel.Description,
            new DebianImageSource(kernel, bases, http, cache), byName, kernel.Size, note);
}
