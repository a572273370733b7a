using Harness.Results;

namespace Harness.Analysis;

/// <summary>
/// The sources whose kernels one of two runs could not look for. A kernel of theirs that only one run has need not have
/// come or gone: a rule that chooses the newest one may choose another kernel where a part of its source is missing.
/// </summary>
internal sealed class UnreadSources(RunDocument older, RunDocument newer)
{
    private readonly List<(RunInfo Run, KernelResult Row)> _rows =
    [
        .. new[] { older, newer }.SelectMany(document => document.Kernels.Where(k => k.StandsFor is not null)
            .Order(KernelOrder.Instance).Select(row => (document.Run, row))),
    ];

    /// <summary>Whether it is unknown if the kernel came or went.</summary>
    public bool Concern(KernelResult kernel) => kernel.StandsFor is not null
        || _rows.Exists(r => r.Row.Arch == kernel.Arch
            && kernel.Id.StartsWith(r.Row.StandsFor!, StringComparison.Ordinal));

    /// <summary>A sentence for each row that stands for a source.</summary>
    public IEnumerable<string> Notes() => _rows.Select(r =>
        $"{r.Run.Id} has {r.Row.Id} in the place of kernels that could not be looked for: "
        + $"whether kernels {r.Row.StandsFor}… came or went is not compared");
}
