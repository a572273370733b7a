using System.CommandLine;

namespace Harness.Cli;

/// <summary>What help texts, man pages and completions say of a verb.</summary>
internal static class VerbText
{
    /// <summary>The words that lead to a verb: <c>cluster slurm run</c>; empty for the harness itself.</summary>
    public static string PathOf(Command verb) => verb is RootCommand ? ""
        : string.Join(' ', verb.Parents.OfType<Command>().Select(PathOf).Append(verb.Name).Where(w => w.Length > 0));

    /// <summary>The verb, or, where it only leads to others, those.</summary>
    public static IEnumerable<Command> Leaves(Command verb) =>
        verb.Subcommands.Count == 0 ? [verb] : verb.Subcommands.SelectMany(Leaves);

    /// <summary>The first sentence of a verb's description, on one line and without its full stop.</summary>
    public static string Summary(Command verb)
    {
        var paragraph = (verb.Description ?? "").Split("\n\n")[0].ReplaceLineEndings(" ");
        var ends = new[] { ". ", ": ", "; " }.Select(end => paragraph.IndexOf(end, StringComparison.Ordinal))
            .Where(end => end > 0).ToList();
        return (ends.Count > 0 ? paragraph[..ends.Min()] : paragraph).TrimEnd('.');
    }
}
