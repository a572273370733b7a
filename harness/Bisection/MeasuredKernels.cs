using Harness.Kernels;
using Harness.Results;

namespace Harness.Bisection;

/// <summary>
/// The kernels of a bisection over releases in their order, the older end first, and what was measured of them.
/// </summary>
internal sealed class MeasuredKernels(ReleaseQuestion question)
{
    private readonly List<PlannedKernel> _kernels = [.. question.Kernels];
    private readonly Dictionary<string, MeasuredKernel> _measured = new(StringComparer.Ordinal);

    /// <summary>In their order, without those that were left out.</summary>
    public IReadOnlyList<PlannedKernel> All => _kernels;

    /// <summary>Kernels that gave rows, in any order, those that were left out among them.</summary>
    public IEnumerable<MeasuredKernel> Measured => _measured.Values;

    /// <summary>How many have not been measured yet.</summary>
    public int Left => _kernels.Count(k => !_measured.ContainsKey(k.Kernel.Id));

    /// <summary>The row of a kernel that was measured.</summary>
    public KernelResult RowOf(Kernel kernel) => _measured[kernel.Id].Result;

    /// <summary>Takes a measured kernel in; one that is to be left out loses its place.</summary>
    /// <returns>Whether it has a place between the ends.</returns>
    public bool Take(MeasuredKernel measured)
    {
        if (!Place(measured.Kernel))
        {
            return false;
        }
        _measured[measured.Kernel.Id] = measured;
        if (IsLeftOut(measured))
        {
            _kernels.RemoveAll(k => k.Kernel.Id == measured.Kernel.Id);
        }
        return true;
    }

    /// <summary>What a kernel says about the bisection's case; <c>null</c> when it was not measured.</summary>
    public Measurement? MeasurementOf(string id) =>
        _measured.TryGetValue(id, out var kernel) ? Measurement.Of(kernel.Result, question.Case) : null;

    /// <summary>A measured kernel as an answer names it.</summary>
    public BisectKernel Named(Kernel kernel)
    {
        var measurement = MeasurementOf(kernel.Id)!;
        return new BisectKernel(kernel.Id, kernel.Version?.ToString(), measurement.Verdict, measurement.Problem)
        {
            SkipReason = measurement.SkipReason,
        };
    }

    /// <summary>The ids of kernels between those of a change that do not answer its case.</summary>
    public List<string> UntestedBetween(Transition transition)
    {
        var from = _kernels.FindIndex(k => k.Kernel.Id == transition.From.Kernel);
        var to = _kernels.FindIndex(k => k.Kernel.Id == transition.To.Kernel);
        return [.. _kernels.Skip(from + 1).Take(to - from - 1).Select(k => k.Kernel.Id)
            .Where(id => !_measured[id].Result.Cases.Any(c => c.Id == transition.Case))];
    }

    /// <summary>
    /// As in a run, a kernel is left out when a rule chose it and the archive lists it but does not serve it. The ends
    /// are never left out: the user named them.
    /// </summary>
    private bool IsLeftOut(MeasuredKernel measured) =>
        measured.Result is { Status: KernelStatus.Unavailable, AsExpected: true }
        && measured.Kernel.Id != question.Good && measured.Kernel.Id != question.Bad;

    /// <summary>
    /// Gives a kernel that stands in for another its own place in the order.
    /// </summary>
    private bool Place(Kernel kernel)
    {
        if (_kernels.Any(k => k.Kernel.Id == kernel.Id))
        {
            return true;
        }
        var at = _kernels.FindIndex(k => ReleaseQuestion.Compare(kernel, k.Kernel) < 0);
        if (at <= 0)
        {
            return false;
        }
        _kernels.Insert(at, new PlannedKernel(kernel));
        return true;
    }
}
