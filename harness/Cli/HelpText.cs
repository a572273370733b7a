using System.CommandLine;
using System.CommandLine.Help;

namespace Harness.Cli;

/// <summary>
/// Fits <c>--help</c> to the terminal. System.CommandLine would ask .NET's Console for the width
/// (<see cref="TerminalSize"/>), and folds lines that are folded already.
/// </summary>
internal static class HelpText
{
    /// <summary>So many columns System.CommandLine sets a description in.</summary>
    private const int Indent = 2;

    /// <param name="command">The command whose help may be asked for.</param>
    public static void Fit(RootCommand root, Command command, Terminal terminal)
    {
        foreach (var help in root.Options.Select(option => option.Action).OfType<HelpAction>())
        {
            help.MaxWidth = terminal.Width ?? int.MaxValue;
        }
        if (terminal.Width is { } width && command.Description is { } description)
        {
            var lines = Unfolded(description).SelectMany(line => TextFolding.Hanging(line, width - Indent, Hang(line)));
            command.Description = string.Join('\n', lines);
        }
    }

    /// <summary>What an example is for stands behind it, apart by blanks, and goes on below its beginning.</summary>
    private static int Hang(string line)
    {
        var example = line.TrimStart();
        var gap = example.LastIndexOf("  ", StringComparison.Ordinal);
        return gap < 0 ? 0 : gap + 2;
    }

    /// <summary>The lines of a paragraph become one; examples, which are set in, stay as they are.</summary>
    private static IEnumerable<string> Unfolded(string description)
    {
        var paragraph = "";
        foreach (var line in description.Split('\n'))
        {
            if (line.Length > 0 && !char.IsWhiteSpace(line[0]) && !line.EndsWith(':'))
            {
                paragraph += (paragraph.Length > 0 ? " " : "") + line;
                continue;
            }
            if (paragraph.Length > 0)
            {
                yield return paragraph;
                paragraph = "";
            }
            yield return line;
        }
        if (paragraph.Length > 0)
        {
            yield return paragraph;
        }
    }
}
