namespace Harness.Kernels.Archives;

/// <summary>The row that stands for kernels that could not be looked for, because their archive failed.</summary>
internal static class ArchiveFailure
{
    private const string Forged = "BAD SIGNATURE: do not trust this mirror: ";

    /// <param name="id">Unique in a run; what no id may hold is replaced.</param>
    /// <param name="arch">As <c>uname -m</c> says.</param>
    /// <param name="prefix">What the ids of those kernels begin with.</param>
    /// <param name="reason">A sentence that names the archive.</param>
    public static Kernel ToKernel(
        string id, string arch, string description, string prefix, string reason, bool isForged,
        IReadOnlyList<Retry> retries) =>
        new(KernelIds.Replace(id), null, arch, description,
            new FailedImageSource($"{(isForged ? Forged : "")}{reason}", prefix, retries));
}
