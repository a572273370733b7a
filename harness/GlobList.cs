namespace Harness;

/// <summary>Patterns that select, as an option that may be repeated gives them.</summary>
internal static class GlobList
{
    /// <param name="option">The option's name, for the error.</param>
    /// <exception cref="UsageException">A pattern's brackets or braces do not pair.</exception>
    public static IReadOnlyList<Glob> Parse(string option, IReadOnlyList<string> patterns)
    {
        try
        {
            return [.. patterns.Select(p => new Glob(p))];
        }
        catch (FormatException e)
        {
            throw new UsageException($"{option}: {e.Message}");
        }
    }

    /// <summary>Whether any of the patterns matches. Without a pattern everything is selected.</summary>
    public static bool Choose(this IReadOnlyList<Glob> globs, string text) =>
        globs.Count == 0 || globs.Any(g => g.Matches(text));
}
