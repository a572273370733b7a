using Harness.Results;

namespace Harness.Analysis;

/// <summary>
/// Writes a set of cases as few patterns, for people: <c>raw.{array_of_maps,hash_of_maps}.{array,hash}.struct.none</c>.
/// The patterns match these cases and, with the wildcards of <see cref="Glob"/>, can be given to <c>--case</c>.
/// </summary>
public static class CasePatterns
{
    private const int Dimensions = 6;

    public static IReadOnlyList<string> Of(IEnumerable<string> ids)
    {
        var boxes = ids.Distinct().Order(StringComparer.Ordinal).Select(CaseId.Parse)
            .Select(id => new[] { id.Layer, id.Outer, id.Inner, id.Template, id.Candidate, id.Variant }.Select(part => new[] { part }).ToArray())
            .ToList();
        // Outer and inner types first: a question that holds for every type reads best as one line.
        foreach (var dimension in new[] { 2, 1, 5, 4, 3, 0 })
        {
            boxes = [.. boxes.GroupBy(box => Key(box, dimension)).Select(group => Merge([.. group], dimension))];
        }
        return [.. boxes.Select(Write).Order(StringComparer.Ordinal)];
    }

    private static string Key(string[][] box, int except) =>
        string.Join('|', Enumerable.Range(0, Dimensions).Where(d => d != except).Select(d => string.Join(',', box[d])));

    private static string[][] Merge(List<string[][]> boxes, int dimension)
    {
        var merged = boxes[0].ToArray();
        merged[dimension] = [.. boxes.SelectMany(box => box[dimension]).Distinct().Order(StringComparer.Ordinal)];
        return merged;
    }

    private static string Write(string[][] box)
    {
        var text = string.Join('.', box.Take(Dimensions - 1).Where(values => values is not [""]).Select(Alternatives));
        return box[^1] switch
        {
            [""] => text,
            [var only] => $"{text}.{only}",
            var several when several.Contains("") => $"{text}{{{string.Join(',', several.Select(v => v.Length == 0 ? "" : "." + v))}}}",
            var several => $"{text}.{{{string.Join(',', several)}}}",
        };
    }

    private static string Alternatives(string[] values) => values.Length == 1 ? values[0] : $"{{{string.Join(',', values)}}}";
}
