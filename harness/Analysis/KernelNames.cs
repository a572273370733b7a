using Harness.Results;

namespace Harness.Analysis;

/// <summary>
/// Names kernels for people: by version where that tells them apart, in spans where they are neighbours.
/// </summary>
public sealed class KernelNames
{
    private const int SpanFrom = 3;

    private readonly List<KernelResult> _measured;
    private readonly HashSet<string> _ambiguous;

    public KernelNames(RunDocument document)
    {
        _measured = [.. InOrder(document).Where(k => k.Cases.Count > 0)];
        _ambiguous =
        [
            .. document.Kernels.Where(k => k.Version is not null).GroupBy(k => k.Version!)
                .Where(g => g.Count() > 1).Select(g => g.Key),
        ];
    }

    /// <summary>All kernels by architecture, and those of one in the order of kernels.</summary>
    public static IReadOnlyList<KernelResult> InOrder(RunDocument document) =>
        [.. document.Kernels.OrderBy(k => k.Arch, StringComparer.Ordinal).ThenBy(k => k, KernelOrder.Instance)];

    public string Of(KernelResult kernel) => Of(kernel.Id, kernel.Version);

    public string Of(TransitionEnd end) => Of(end.Kernel, end.Version);

    /// <summary>
    /// "6.1.170, 6.1.192", "5.10.218 – 7.0.13 (16 kernels)": a span leaves out no kernel that was measured.
    /// </summary>
    public string Of(IEnumerable<KernelResult> kernels) =>
        Of(kernels.Select(k => k.Id).ToHashSet(StringComparer.Ordinal));

    public string Of(IReadOnlySet<string> ids)
    {
        var spans = new List<List<KernelResult>>();
        KernelResult? previous = null;
        foreach (var kernel in _measured)
        {
            if (ids.Contains(kernel.Id))
            {
                if (previous is null || !ids.Contains(previous.Id) || previous.Arch != kernel.Arch)
                {
                    spans.Add([]);
                }
                spans[^1].Add(kernel);
            }
            previous = kernel;
        }
        return string.Join(", ", spans.Select(InWords));
    }

    private string Of(string id, string? version) => version is null || _ambiguous.Contains(version) ? id : version;

    private string InWords(List<KernelResult> span) => span.Count < SpanFrom
        ? string.Join(", ", span.Select(Of))
        : $"{Of(span[0])} – {Of(span[^1])} ({Words.Count(span.Count, "kernel")})";
}
