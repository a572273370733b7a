using Harness.Results;

namespace Harness.Nights;

/// <summary>
/// <c>results/baseline</c>: a symbolic link to the run directory of the last good night, with which the next night is
/// compared. What is not a link there belongs to the user, and is never replaced.
/// </summary>
/// <param name="results">The directory of the run directories.</param>
internal sealed class NightBaseline(string results)
{
    private readonly string _link = Path.Combine(results, "baseline");

    /// <summary>The name of the run directory that the link leads to; <c>null</c> when there is none.</summary>
    public string? Night => Files.RealPath(_link) is var path && Path.Exists(path) ? Path.GetFileName(path) : null;

    /// <summary>What the link holds when it leads nowhere; <c>null</c> otherwise.</summary>
    public string? LostNight => Night is null ? LinkTarget : null;

    private string? LinkTarget => new FileInfo(_link).LinkTarget;

    /// <summary>Points the link at another run directory of the same parent.</summary>
    public void MoveTo(string night)
    {
        if (LinkTarget is not null || !Path.Exists(_link))
        {
            Files.PointLink(_link, night);
        }
    }

    /// <summary>
    /// Whether later nights may be compared with a run. One that lacks a kernel, because it could not be tested for a
    /// reason on our side or its image could not be had, would hide that kernel's next change. The run's exit code does
    /// not say so: an unexpected result (1) wins over an untested kernel (3).
    /// </summary>
    public static bool Suits(RunDocument run) => !run.Kernels.Any(k =>
        k.Status is KernelStatus.InfraError or KernelStatus.NotRun
        || (k.Status == KernelStatus.Unavailable && !k.AsExpected));
}
