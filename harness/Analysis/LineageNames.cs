using Harness.Results;

namespace Harness.Analysis;

/// <summary>
/// Names lineages by what tells them apart: the architecture where there are several, the line where there are several.
/// </summary>
/// <param name="lineages">All that are spoken of.</param>
public sealed class LineageNames(IEnumerable<Lineage> lineages)
{
    private readonly List<Lineage> _all = [.. lineages.Distinct()];

    public LineageNames(IEnumerable<KernelResult> kernels)
        : this(kernels.Select(kernel => kernel.Lineage))
    {
    }

    /// <summary>Kernels of several lines are spoken of.</summary>
    public bool HasLines => _all.DistinctBy(lineage => lineage.Line).Count() > 1;

    private bool HasArches => _all.DistinctBy(lineage => lineage.Arch).Count() > 1;

    /// <summary>"aarch64", "el9", "aarch64 el9"; nothing where there is one lineage only.</summary>
    public string Of(Lineage lineage) => string.Join(' ', Parts(lineage, HasArches));

    /// <summary>The same behind a word, with a blank before it.</summary>
    public string Behind(Lineage lineage) => Of(lineage) is { Length: > 0 } name ? $" {name}" : "";

    /// <summary>The same in brackets behind a word.</summary>
    public string InBrackets(Lineage lineage) => Of(lineage) is { Length: > 0 } name ? $" ({name})" : "";

    /// <summary>The architecture in any case, and the line where there are several.</summary>
    public string WithArch(Lineage lineage) => string.Join(' ', Parts(lineage, withArch: true));

    private IEnumerable<string> Parts(Lineage lineage, bool withArch)
    {
        if (withArch)
        {
            yield return lineage.Arch;
        }
        if (HasLines)
        {
            yield return KernelLines.NameOf(lineage.Line);
        }
    }
}
