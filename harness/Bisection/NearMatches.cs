namespace Harness.Bisection;

/// <summary>
/// Suggestions for a misspelt name: the known names that differ from it in the fewest letters.
/// </summary>
public static class NearMatches
{
    private const int Most = 4;

    public static IReadOnlyList<string> Of(string name, IEnumerable<string> names) =>
    [
        .. names.Select(n => (Name: n, Distance: Distance(name, n)))
        .Where(n => n.Distance <= Math.Max(3, name.Length / 2))
            .OrderBy(n => n.Distance).ThenBy(n => n.Name, StringComparer.Ordinal).Take(Most).Select(n => n.Name),
    ];

    /// <summary>"; did you mean …?", or nothing when no name is near.</summary>
    public static string Hint(string name, IEnumerable<string> names) =>
        Of(name, names) is { Count: > 0 } near ? $"; did you mean {string.Join(", ", near)}?" : "";

    /// <summary>Levenshtein's distance: how many letters must be inserted, removed or replaced.</summary>
    private static int Distance(string a, string b)
    {
        var previous = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var current = new int[b.Length + 1];
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                current[j] = Math.Min(Math.Min(current[j - 1], previous[j]) + 1,
                    previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
            }
            previous = current;
        }
        return previous[^1];
    }
}
