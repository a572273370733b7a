using Harness.Kernels;
using Harness.Yaml;

namespace Harness.Runs;

/// <summary>Pins what a matrix stands for today, in a lock beside it.</summary>
public sealed class MatrixLocker(MatrixResolver resolver, KernelSources sources)
{
    /// <summary>Writes the lock, unless a kernel cannot be pinned.</summary>
    /// <param name="to">The lock's path; <c>null</c> for the one beside the matrix.</param>
    /// <exception cref="UsageException">No kernel is selected.</exception>
    /// <exception cref="YamlFileException">The matrix has mistakes, or a kernel cannot be resolved.</exception>
    public async Task<MatrixLockResult> LockAsync(
        MatrixSelection selection, CancellationToken cancellation, string? to = null)
    {
        var matrix = resolver.Load(selection);
        var resolved = await resolver.ResolveAsync(matrix, selection, cancellation).ConfigureAwait(false);
        var served = await TakenKernels.ChooseServedAsync(resolved.Kernels, cancellation).ConfigureAwait(false);
        var (pinned, problems) = await KernelLock.PinAsync(sources, served, cancellation).ConfigureAwait(false);
        var path = to ?? MatrixResolver.LockPath(matrix.Path);
        if (problems.Count == 0)
        {
            new KernelLockFile(sources).Write(pinned, path);
        }
        return new MatrixLockResult(path, pinned.Kernels.Count, problems, resolved.Notes);
    }
}
