using System.Text.RegularExpressions;

namespace Harness.Probes.Exec;

/// <summary>A file that a user hands to a program.</summary>
/// <param name="Host">Absolute, on this machine.</param>
/// <param name="Place">
/// In the guest: absolute, or relative to the program's directory; <c>null</c> for the program's directory, under the
/// name that it has here.
/// </param>
public sealed partial record PlacedFile(string Host, string? Place)
{
    /// <summary>
    /// The regular expression of its text, <c>HOST</c> or <c>HOST:GUEST</c>; JavaScript reads it, too. A guest has
    /// directories and files of its own, which are no places for these.
    /// </summary>
    public const string Pattern = Start + "$";

    private const string Start =
        @"^[^:\u0000]*[^\s:\u0000][^:\u0000]*(?::(?!/(?:" + Own + ")(?:/|$))/?" + Part + "(?:/" + Part + ")*)?";

    /// <summary>
    /// Of the guest's init, of what it runs, and of what it gets of a kernel's own files (KernelWishes.cs).
    /// </summary>
    private const string Own = "dev|proc|sys|run|exec|probes|cases|objects|init|hostfs|kernel-config"
        + @"|modules(?:\.missing|\.unknown)?";

    private const string Part = @"(?!\.{1,2}(?:/|$))[^:/\s\u0000]{1,255}";

    /// <param name="resolve">Makes the path of this machine absolute.</param>
    /// <returns><c>null</c> when the text is not of the pattern.</returns>
    public static PlacedFile? Parse(string text, Func<string, string> resolve)
    {
        if (!Syntax().IsMatch(text))
        {
            return null;
        }
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0
            ? new PlacedFile(resolve(text), null)
            : new PlacedFile(resolve(text[..colon]), text[(colon + 1)..]);
    }

    /// <summary>Its path in the guest.</summary>
    /// <param name="directory">The program's, in the guest.</param>
    public string In(string directory) => Path.Combine(directory, Place ?? Path.GetFileName(Host));

    [GeneratedRegex(Start + @"\z", RegexOptions.CultureInvariant)]
    private static partial Regex Syntax();
}
