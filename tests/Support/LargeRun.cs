using System.Globalization;
using Harness.Results;
using Harness.Tests.Analysis;

namespace Harness.Tests.Support;

/// <summary>
/// A night's run: as many kernels as asked for, each with what a real one of about its version answered.
/// </summary>
internal static class LargeRun
{
    private const int KernelsOfSeries = 8;

    public static RunDocument Document(int kernels, int cases)
    {
        var measured = CauseCapturedRun.Default;
        var ids = measured[0].Cases.Select(c => c.Id).Order(StringComparer.Ordinal).ToList();
        var chosen = ids.Where((_, i) => (i + 1) * cases / ids.Count > i * cases / ids.Count).ToHashSet();
        var made = Enumerable.Range(0, kernels).Select(i =>
        {
            var like = measured[i * measured.Count / kernels];
            var version =
                string.Create(CultureInfo.InvariantCulture,
                    $"{5 + i / 40}.{i / KernelsOfSeries % 20}.{i % KernelsOfSeries * 11}");
            return Samples.Kernel(version, [.. like.Cases.Where(c => chosen.Contains(c.Id))]);
        });
        return Samples.Analyse(Samples.Run(), made);
    }
}
