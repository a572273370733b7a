using Harness.Probes;

namespace Harness.Analysis;

/// <summary>
/// Writes a set of cases as few patterns, for people: <c>layer.{one,other}.question</c> is two cases. The patterns
/// match these cases and, with the wildcards of <see cref="Glob"/>, can be given to <c>--case</c>.
/// </summary>
public static class CasePatterns
{
    public static IReadOnlyList<string> Of(IEnumerable<string> ids, ProbeList probes) =>
    [
        .. ids.Distinct().Order(StringComparer.Ordinal).Select(probes.Parse).GroupBy(id => id.Form)
            .SelectMany(g => Fold(g.Key, g)).Order(StringComparer.Ordinal),
    ];

    /// <summary>A box is a list of values for each part; two that differ in one part only become one.</summary>
    private static IEnumerable<string> Fold(CaseIdForm form, IEnumerable<CaseId> ids)
    {
        var boxes = ids.Select(id => id.Values.Select(value => new[] { value }).ToArray()).ToList();
        var names = form.AllParts.ToList();
        foreach (var dimension in form.FoldOrder.Select(part => names.IndexOf(part)))
        {
            boxes = [.. boxes.GroupBy(box => Key(box, dimension)).Select(group => Merge([.. group], dimension))];
        }
        return boxes.Select(box => Write(box, form.Parts.Count));
    }

    private static string Key(string[][] box, int except) =>
        string.Join('|', box.Index().Where(part => part.Index != except).Select(part => string.Join(',', part.Item)));

    private static string[][] Merge(List<string[][]> boxes, int dimension)
    {
        var merged = boxes[0].ToArray();
        merged[dimension] = [.. boxes.SelectMany(box => box[dimension]).Distinct().Order(StringComparer.Ordinal)];
        return merged;
    }

    /// <param name="parts">How many parts each id has; what may follow them is the last list of the box.</param>
    private static string Write(string[][] box, int parts)
    {
        // An id that is not of its probe's form has empty parts.
        var text = string.Join('.', box.Take(parts).Where(values => values is not [""]).Select(Alternatives));
        return box.Length == parts ? text : box[^1] switch
        {
            [""] => text,
            [var only] => $"{text}.{only}",
            var several when several.Contains("") =>
                $"{text}{{{string.Join(',', several.Select(v => v.Length == 0 ? "" : "." + v))}}}",
            var several => $"{text}.{{{string.Join(',', several)}}}",
        };
    }

    private static string Alternatives(string[] values) =>
        values.Length == 1 ? values[0] : $"{{{string.Join(',', values)}}}";
}
