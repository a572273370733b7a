using Harness.Results;

namespace Harness.Analysis;

/// <summary>
/// Names kernels for people: by version where that tells them apart, in spans where they are neighbours.
/// </summary>
public sealed class KernelNames
{
    /// <summary>How many kernels a span has of which their number is said.</summary>
    private const int CountFrom = 3;

    private readonly List<KernelResult> _measured;
    private readonly Dictionary<string, string> _names;

    public KernelNames(RunDocument document)
    {
        _measured = [.. InOrder(document).Where(k => k.Cases.Count > 0)];
        _names = ById(document.Kernels);
    }

    /// <summary>
    /// A name for each of these kernels, by its id. Of kernels that are called alike, those of different lineages are
    /// told apart by them; where that is not enough, as for two flavours of one version, each is called by its id.
    /// </summary>
    internal static Dictionary<string, string> ById(IEnumerable<KernelResult> kernels) => kernels.GroupBy(k => k.Name)
        .SelectMany(alike => alike.Select(k => (k.Id, Name: NameAmong([.. alike.DistinctBy(a => a.Id)], k))))
        .DistinctBy(k => k.Id).ToDictionary(k => k.Id, k => k.Name, StringComparer.Ordinal);

    /// <summary>All kernels by lineage, and those of one in the order of kernels.</summary>
    public static IReadOnlyList<KernelResult> InOrder(RunDocument document) =>
        [.. document.Kernels.OrderBy(k => k.Lineage, Lineage.Order).ThenBy(k => k, KernelOrder.Instance)];

    private static string NameAmong(IReadOnlyList<KernelResult> alike, KernelResult kernel) =>
        alike.Count == 1 ? kernel.Name
        : alike.DistinctBy(a => a.Lineage).Count() == alike.Count
            ? kernel.Name + new LineageNames(alike).InBrackets(kernel.Lineage)
        : kernel.Id;

    public string Of(KernelResult kernel) => Of(kernel.Id, kernel.Version);

    /// <summary>The end of a transition may be a kernel of another document.</summary>
    public string Of(TransitionEnd end) => Of(end.Kernel, end.Version);

    /// <summary>
    /// "6.1.170 to 6.1.192, 6.12.43 to 7.0.13 (16 kernels)": a span leaves out no kernel that was measured.
    /// </summary>
    public string Of(IEnumerable<KernelResult> kernels) =>
        Of(kernels.Select(k => k.Id).ToHashSet(StringComparer.Ordinal));

    public string Of(IReadOnlySet<string> ids) => string.Join(", ", Spans(_measured, k => ids.Contains(k.Id))
        .Select(span => InWords(span) + (span.Count < CountFrom ? "" : $" ({Words.Count(span.Count, "kernel")})")));

    /// <summary>
    /// "6.1.170 to 6.1.192, 6.12.43": the same, in a sentence about what only some of the kernels were asked.
    /// </summary>
    /// <param name="asked">In the order of kernels; a span leaves out none of these.</param>
    public string Of(IEnumerable<KernelResult> kernels, IReadOnlyList<KernelResult> asked)
    {
        var these = kernels.ToHashSet();
        return string.Join(", ", Spans(asked, these.Contains).Select(InWords));
    }

    private string Of(string id, string? version) => _names.GetValueOrDefault(id) ?? version ?? id;

    /// <summary>Neighbours of one lineage that are among these.</summary>
    private static List<List<KernelResult>> Spans(IReadOnlyList<KernelResult> order, Func<KernelResult, bool> isOne)
    {
        var spans = new List<List<KernelResult>>();
        KernelResult? previous = null;
        foreach (var kernel in order)
        {
            if (isOne(kernel))
            {
                if (previous is null || !isOne(previous) || previous.Lineage != kernel.Lineage)
                {
                    spans.Add([]);
                }
                spans[^1].Add(kernel);
            }
            previous = kernel;
        }
        return spans;
    }

    private string InWords(List<KernelResult> span) =>
        span.Count == 1 ? Of(span[0]) : $"{Of(span[0])} to {Of(span[^1])}";
}
