using Harness.Kernels;
using Harness.Matrix;

namespace Harness.Runs;

/// <summary>
/// Notes about lines that a matrix expects nothing of by name, while what it expects by version is not about them: a
/// reader sees then why their cases are all expected to pass.
/// </summary>
internal static class LineNotes
{
    /// <param name="kernels">The kernels of the run.</param>
    public static IEnumerable<string> Of(IReadOnlyList<Expectation> expectations, IEnumerable<PlannedKernel> kernels)
    {
        var lines = kernels.Select(planned => planned.Kernel.Line).OfType<string>().Distinct()
            .Where(line => !KernelLines.FollowsUpstream(line)
                && !expectations.Any(expectation => expectation.Line?.Matches(line) == true))
            .Order(StringComparer.Ordinal);
        return expectations.Any(expectation => expectation.IsOfUpstreamVersions)
            ? lines.Select(line => $"no expectation names the line {line}, and those by version are about"
                + $" {KernelLines.Upstream} and {KernelLines.Debian}")
            : [];
    }
}
