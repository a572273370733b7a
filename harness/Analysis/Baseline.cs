using System.Globalization;
using Harness.Probes;
using Harness.Results;

namespace Harness.Analysis;

/// <summary>
/// An earlier run that a run is compared with. Kernels and cases that the run was not asked for are left out of the
/// comparison, so that they do not count as gone.
/// </summary>
/// <param name="wantsKernel">The run was asked to test the kernel of this id, if it is there.</param>
/// <param name="wantsCase">The run was asked to run this case.</param>
/// <param name="placeOf">What a kernel of this id is a point release of; <c>null</c> for a kernel that is none.</param>
/// <param name="probes">They name the builds of their programs.</param>
public sealed class Baseline(
    RunDocument document, Func<string, bool> wantsKernel, Func<string, bool> wantsCase,
    Func<string, KernelPlace?> placeOf, ProbeList probes)
{
    /// <summary>What changed since.</summary>
    public RunChanges Against(RunDocument run)
    {
        // A kernel that stood in for a selected one need not be selected itself; nor is a row for kernels that nobody
        // could look for.
        var tested = run.Kernels.Select(k => k.Id).ToHashSet(StringComparer.Ordinal);
        var kernels = document.Kernels
            .Where(k => wantsKernel(k.Id) || tested.Contains(k.Id) || k.StandsFor is not null).ToList();
        var cases = kernels.SelectMany(k => k.Cases).Select(c => c.Id).Distinct()
            .ToDictionary(id => id, wantsCase, StringComparer.Ordinal);
        var asked = kernels.Select(k => k with { Cases = [.. k.Cases.Where(c => cases[c.Id])] });
        var changes = RunDiff.Of(document with { Kernels = [.. asked] }, run, placeOf, probes);
        var (kernelsLeft, casesLeft) = (document.Kernels.Count - kernels.Count, cases.Count(c => !c.Value));
        return kernelsLeft + casesLeft == 0 ? changes : changes with
        {
            Notes =
            [
                string.Create(CultureInfo.InvariantCulture,
                    $"of {document.Run.Id} {kernelsLeft} kernels and {casesLeft} cases are left out, ")
                    + "which this run was not asked for",
                .. changes.Notes,
            ],
        };
    }
}
