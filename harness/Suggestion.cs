namespace Harness;

/// <summary>Guesses what a misspelt word was meant to be.</summary>
internal static class Suggestion
{
    /// <summary>One mistake in so many characters is a slip; more of them make another word.</summary>
    private const int CharactersForEach = 3;

    /// <summary>For a message: <c> (did you mean 'update'?)</c>, or nothing where no word is near.</summary>
    public static string For(string word, IEnumerable<string> known) =>
        Nearest(word, known) is { } meant ? $" (did you mean '{meant}'?)" : "";

    /// <summary>The known word that is nearest; <c>null</c> where none is near.</summary>
    public static string? Nearest(string word, IEnumerable<string> known)
    {
        var most = Math.Max(1, word.Length / CharactersForEach);
        return known.Select(text => (Text: text, Distance: Distance(word, text)))
            .Where(near => near.Distance <= most && near.Distance < near.Text.Length)
            .OrderBy(near => near.Distance).ThenBy(near => near.Text, StringComparer.Ordinal)
            .Select(near => near.Text).FirstOrDefault();
    }

    /// <summary>
    /// How many characters must be added, left out, changed or swapped with their neighbour (the optimal string
    /// alignment distance). Upper and lower case are the same.
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
