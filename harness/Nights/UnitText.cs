namespace Harness.Nights;

/// <summary>The syntax of systemd's unit files (systemd.syntax(7), systemd.unit(5), systemd.service(5)).</summary>
internal static class UnitText
{
    /// <summary>One word, quoted; no specifier in it is filled in.</summary>
    /// <exception cref="UsageException">It has a line break, which no unit file can hold.</exception>
    public static string Word(string word) => word.Contains('\n', StringComparison.Ordinal)
        ? throw new UsageException("a unit file holds no option with a line break")
        : $"\"{Plain(Escaped(Escaped(word, "\\"), "\""))}\"";

    /// <summary>The words of <c>ExecStart=</c>, in which no variable is filled in either.</summary>
    /// <exception cref="UsageException">One has a line break.</exception>
    public static string CommandLine(IEnumerable<string> words) =>
        string.Join(' ', words.Select(w => Word(w).Replace("$", "$$", StringComparison.Ordinal)));

    /// <summary>The rest of a line that is not split into words: only specifiers would be filled in.</summary>
    public static string Plain(string text) => text.Replace("%", "%%", StringComparison.Ordinal);

    /// <summary>Replaces each <c>@NAME@</c> of a template by its value.</summary>
    public static string Fill(string template, IReadOnlyDictionary<string, string> values)
    {
        foreach (var (name, value) in values)
        {
            template = template.Replace($"@{name}@", value, StringComparison.Ordinal);
        }
        return template;
    }

    private static string Escaped(string word, string character) =>
        word.Replace(character, "\\" + character, StringComparison.Ordinal);
}
