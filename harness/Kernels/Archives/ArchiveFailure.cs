namespace Harness.Kernels.Archives;

/// <summary>The row that stands for kernels that could not be looked for, because their archive failed.</summary>
internal static class ArchiveFailure
{
    private const string Forged = "BAD SIGNATURE: do not trust this mirror: ";

    /// <param name="line">Whose kernels they are; their ids begin with it.</param>
    /// <param name="id">Unique in a run; what no id may hold is replaced.</param>
    /// <param name="arch">As <c>uname -m</c> says.</param>
    /// <param name="reason">A sentence that names the archive.</param>
    public static Kernel ToKernel(
        string line, string id, string arch, string description, string reason, bool isForged,
        IReadOnlyList<Retry> retries) =>
        new(KernelIds.Replace(id), null, arch, description,
            new FailedImageSource($"{(isForged ? Forged : "")}{reason}", $"{line}-", retries))
        {
            Line = line,
        };
}
