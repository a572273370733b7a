using System.CommandLine;

namespace Harness.Cli;

/// <summary>What help texts, man pages and completions say of a verb.</summary>
internal static class VerbText
{
    /// <summary>The first sentence of a verb's description, on one line and without its full stop.</summary>
    public static string Summary(Command verb)
    {
        var paragraph = (verb.Description ?? "").Split("\n\n")[0].ReplaceLineEndings(" ");
        var ends = new[] { ". ", ": ", "; " }.Select(end => paragraph.IndexOf(end, StringComparison.Ordinal))
            .Where(end => end > 0).ToList();
        return (ends.Count > 0 ? paragraph[..ends.Min()] : paragraph).TrimEnd('.');
    }
}
