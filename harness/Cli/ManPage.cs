using System.CommandLine;
using System.Globalization;
using System.Text;

namespace Harness.Cli;

/// <summary>The manual page of the harness or of one of its verbs, in the macros of man(7).</summary>
/// <param name="date">The day on which it is written.</param>
internal sealed class ManPage(RootCommand root, Command command, DateTimeOffset date)
{
    private const string Program = "harness";
    private const string Examples = "Example";
    private const string ExitCodes = "Exit code";

    private readonly StringBuilder _text = new();

    public string FileName => Name(command) + ".1";

    private bool IsRoot => command == root;

    public override string ToString()
    {
        _text.Clear();
        var paragraphs = (command.Description ?? "").ReplaceLineEndings("\n").Split("\n\n");
        var day = date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        Line($".TH {Name(command).ToUpperInvariant()} 1 {day} \"{Program}\" \"Kernel compatibility harness\"");
        Section("Name", $"{Name(command)} \\- {Escaped(Lowered(VerbText.Summary(command)))}");
        Synopsis();
        Section("Description", string.Join("\n.PP\n", paragraphs.Where(p => !IsSpecial(p)).Select(Flowing)));
        Arguments();
        Options();
        if (IsRoot)
        {
            Verbs();
        }
        foreach (var codes in paragraphs.Where(p => p.StartsWith(ExitCodes, StringComparison.Ordinal)))
        {
            Section("Exit status", Flowing(codes[(codes.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()));
        }
        foreach (var example in paragraphs.Where(p => p.StartsWith(Examples, StringComparison.Ordinal)))
        {
            var lines = example[(example.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim('\n', ' ').Split('\n');
            Section("Examples", $".EX\n{string.Join('\n', lines.Select(line => Escaped(line.Trim())))}\n.EE");
        }
        Section("See also", SeeAlso());
        return _text.ToString();
    }

    private static bool IsSpecial(string paragraph) =>
        paragraph.StartsWith(Examples, StringComparison.Ordinal)
        || paragraph.StartsWith(ExitCodes, StringComparison.Ordinal);

    private string Name(Command of) =>
        of == root ? Program : $"{Program}-{VerbText.PathOf(of).Replace(' ', '-')}";

    private IEnumerable<Command> AllVerbs => root.Subcommands.Where(verb => !verb.Hidden).SelectMany(VerbText.Leaves);

    private void Synopsis()
    {
        var words = command.Arguments.Where(a => !a.Hidden)
            .Select(a => a.Arity.MinimumNumberOfValues == 0 ? $"[{Italic(a.Name)}]" : Italic(a.Name));
        var verb = IsRoot ? $" {Italic("VERB")}" : $" {Bold(VerbText.PathOf(command))}";
        Section("Synopsis", $"{Bold(Program)}{verb} [{Italic("OPTION")}]... {string.Join(' ', words)}".TrimEnd());
    }

    private void Arguments()
    {
        foreach (var argument in command.Arguments.Where(a => !a.Hidden && a.Description is not null))
        {
            Tagged(Italic(argument.Name), argument.Description!);
        }
    }

    private void Options()
    {
        Line(".SH OPTIONS");
        var options = IsRoot ? command.Options : command.Options.Concat(root.Options.Where(o => o.Recursive));
        foreach (var option in options.Where(o => !o.Hidden))
        {
            var names = option.Aliases.Where(a => a.Length == 2 && a != "-?").Append(option.Name).Select(Bold);
            var value = option.HelpName is { } name ? $" {Italic(name)}" : "";
            Tagged(string.Join(", ", names) + value, Description(option));
        }
    }

    private static string Description(Option option)
    {
        var text = option.Description ?? "";
        return option is { HasDefaultValue: true, HelpName: not null } && option.GetDefaultValue() is { } value
            ? $"{text} [default: {value}]"
            : text;
    }

    private void Verbs()
    {
        Line(".SH VERBS");
        foreach (var verb in AllVerbs)
        {
            Tagged(Bold(VerbText.PathOf(verb)), VerbText.Summary(verb));
        }
    }

    private string SeeAlso() => string.Join(" ,\n", (IsRoot ? AllVerbs : [root])
        .Select(page => $".BR {Escaped(Name(page))} (1)"));

    private void Tagged(string tag, string text)
    {
        Line(".TP");
        Line(tag);
        Line(Flowing(text));
    }

    private void Section(string title, string content)
    {
        Line($".SH {title.ToUpperInvariant()}");
        Line(content);
    }

    private void Line(string text) => _text.Append(text).Append('\n');

    private static string Bold(string text) => $"\\fB{Escaped(text)}\\fR";

    private static string Italic(string text) => $"\\fI{Escaped(text)}\\fR";

    private static string Lowered(string text) => char.ToLowerInvariant(text[0]) + text[1..];

    /// <summary>A paragraph on one line: the formatter breaks it.</summary>
    private static string Flowing(string text) => Escaped(string.Join(' ', text.Split('\n').Select(l => l.Trim())));

    /// <summary>Text in which the formatter sees no request, no escape, and no hyphen where a minus is meant.</summary>
    private static string Escaped(string text)
    {
        var escaped = text.Replace("\\", "\\e", StringComparison.Ordinal).Replace("-", "\\-", StringComparison.Ordinal)
            .Replace("~", "\\(ti", StringComparison.Ordinal).Replace("^", "\\(ha", StringComparison.Ordinal)
            .Replace("`", "\\(ga", StringComparison.Ordinal).Replace("'", "\\(aq", StringComparison.Ordinal);
        return escaped is ['.', ..] ? "\\&" + escaped : escaped;
    }
}
