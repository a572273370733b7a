using Harness.Matrix;
using Harness.Vm;

namespace Harness.Runs;

/// <summary>How kernels are booted, as a verb's options say.</summary>
public sealed record BootSettings
{
    /// <summary>VMs at a time; <c>null</c> for the cores of this machine, as far as its memory holds them.</summary>
    public int? Jobs { get; init; }

    public AcceleratorWish Accelerator { get; init; }

    /// <summary>
    /// Seconds that one VM may take; <c>null</c> leaves it to the matrix, then to the accelerator's default.
    /// </summary>
    public double? TimeoutSeconds { get; init; }

    /// <summary>The CPUs of each guest; <c>null</c> leaves it to the matrix, then to one.</summary>
    public int? Cpus { get; init; }

    /// <exception cref="UsageException">A value is out of range.</exception>
    public void Validate()
    {
        if (Jobs is < 1)
        {
            throw new UsageException("--jobs must be at least 1");
        }
        if (Cpus is < 1 or > MatrixSpec.MostCpus)
        {
            throw new UsageException($"--cpus must be at least 1, and at most {MatrixSpec.MostCpus}");
        }
        if (TimeoutSeconds is { } seconds && !MatrixSpec.IsTimeout(seconds))
        {
            throw new UsageException("--timeout must be more than 0 seconds, and at most a day");
        }
    }

    public VmBudget Budget(MatrixSpec? matrix) => VmBudget.Here(Jobs, CpusOfGuest(matrix));

    public int CpusOfGuest(MatrixSpec? matrix) => Cpus ?? matrix?.Cpus ?? 1;

    /// <summary>The time of one VM; <c>null</c> where neither the options nor the matrix say.</summary>
    public TimeSpan? Timeout(MatrixSpec? matrix) =>
        (TimeoutSeconds ?? matrix?.TimeoutSeconds) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
}
