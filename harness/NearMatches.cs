namespace Harness;

/// <summary>
/// Suggestions for a misspelt name: the known names that differ from it in the fewest letters.
/// </summary>
public static class NearMatches
{
    private const int Most = 4;

    /// <summary>The nearest names, the nearest first: none that differs in more than half of the letters.</summary>
    public static IReadOnlyList<string> Of(string name, IEnumerable<string> names)
    {
        var near = names.Distinct().Select(n => (Name: n, Distance: Distance(name, n)))
            .Where(n => n.Distance <= Math.Max(1, name.Length / 2))
            .OrderBy(n => n.Distance).ThenBy(n => n.Name, StringComparer.Ordinal).ToList();
        // Those that are far worse than the best one are no help.
        return [.. near.Where(n => n.Distance <= (2 * near[0].Distance) - 1).Take(Most).Select(n => n.Name)];
    }

    /// <summary>"; did you mean …?", or nothing when no name is near.</summary>
    public static string Hint(string name, IEnumerable<string> names) =>
        Of(name, names) is { Count: > 0 } near ? $"; did you mean {string.Join(", ", near)}?" : "";

    /// <summary>
    /// How many letters must be inserted, removed, replaced, or swapped with their neighbour (the optimal string
    /// alignment distance). Upper and lower case are the same letter.
    /// </summary>
    private static int Distance(string a, string b)
    {
        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                rows[i, j] = i == 0 || j == 0 ? i + j : Math.Min(
                    Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1,
                    rows[i - 1, j - 1] + (Same(a[i - 1], b[j - 1]) ? 0 : 1));
                if (i > 1 && j > 1 && Same(a[i - 1], b[j - 2]) && Same(a[i - 2], b[j - 1]))
                {
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
                }
            }
        }
        return rows[a.Length, b.Length];
    }

    private static bool Same(char a, char b) => char.ToLowerInvariant(a) == char.ToLowerInvariant(b);
}
