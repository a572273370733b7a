namespace Harness.Reports;

/// <summary>
/// Makes text of a guest or a foreign document harmless for its readers: terminals obey control characters, XML forbids
/// most of them, and bidirectional marks reverse the order of a line.
/// </summary>
internal static class GuestText
{
    private const char Unknown = '\uFFFD';

    /// <summary>The Unicode block of pictures for U+0000 to U+001F.</summary>
    private const char Pictures = '\u2400';

    /// <summary>The text in one line.</summary>
    public static string Line(string text) => text.All(IsPlain) ? text : Written(text, lines: false);

    /// <summary>With its line ends and tabs, as a console's excerpt has them.</summary>
    public static string Lines(string text) => Written(text.ReplaceLineEndings("\n"), lines: true);

    /// <summary>
    /// Each control character a blank: what a terminal, Markdown and a plain page need, and no other sign added.
    /// </summary>
    /// <param name="lines">Line ends stay.</param>
    public static string Plain(string text, bool lines = false) =>
        new([.. text.Select(c => (char.IsControl(c) && !(lines && c == '\n')) || TurnsAround(c) ? ' ' : c)]);

    /// <summary>Bidirectional embeddings, overrides, isolates and marks.</summary>
    private static bool TurnsAround(char c) =>
        c is (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069') or '\u200e' or '\u200f';

    private static string Written(string text, bool lines) =>
        string.Create(text.Length, (text, lines), static (span, given) =>
    {
        for (var i = 0; i < span.Length; i++)
        {
            span[i] = given.text[i] switch
            {
                '\n' or '\t' when given.lines => given.text[i],
                '\n' or '\r' or '\t' => ' ',
                '\u007f' => '\u2421',
                < ' ' and var control => (char)(Pictures + control),
                var c when char.IsSurrogate(c) => IsPaired(given.text, i) ? c : Unknown,
                var c => IsPlain(c) ? c : Unknown,
            };
        }
    });

    private static bool IsPlain(char c) =>
        c is >= ' ' and < '\u007f' || (c > '\u009f' && !char.IsSurrogate(c)
            && !TurnsAround(c) && c is not ('\u2028' or '\u2029' or '\ufffe' or '\uffff'));

    private static bool IsPaired(string text, int i) => char.IsHighSurrogate(text[i])
        ? i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])
        : i > 0 && char.IsHighSurrogate(text[i - 1]);
}
