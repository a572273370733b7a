namespace Harness.Results;

/// <summary>When the cases of a kernel were asked: a line of the journal, before the kernel's own.</summary>
/// <param name="Kernel">The kernel's id.</param>
/// <param name="Starts">As <see cref="KernelResult.CaseStarts"/>.</param>
/// <param name="Seconds">As <see cref="KernelResult.CaseSeconds"/>.</param>
public sealed record CaseTimes(string Kernel, IReadOnlyList<double?>? Starts, IReadOnlyList<double?>? Seconds)
{
    /// <returns><c>null</c> where nothing is known.</returns>
    public static CaseTimes? Of(KernelResult kernel) => kernel is { CaseStarts: null, CaseSeconds: null }
        ? null
        : new CaseTimes(kernel.Id, kernel.CaseStarts, kernel.CaseSeconds);

    public static KernelResult Without(KernelResult kernel) => kernel with { CaseStarts = null, CaseSeconds = null };

    public KernelResult AddTo(KernelResult kernel) => kernel with { CaseStarts = Starts, CaseSeconds = Seconds };
}
