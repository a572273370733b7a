using System.Globalization;
using System.Text.RegularExpressions;

namespace Harness.Ktap;

/// <summary>What a line is by itself, wherever it stands.</summary>
internal enum TapLineKind
{
    Version,
    Plan,
    Subtest,
    Result,
    YamlStart,
    BailOut,

    /// <summary>A diagnostic line, or one that is unknown.</summary>
    Other,
}

/// <summary>A line of a TAP or KTAP text.</summary>
/// <param name="Indent">In columns; a tab goes to the next multiple of 8.</param>
/// <param name="Text">The line without its indentation and without blanks at its end.</param>
/// <param name="Number">Of a version, a plan or a result; <c>null</c> where a result has none.</param>
/// <param name="Ok">The result is <c>ok</c>.</param>
/// <param name="Name">The version's protocol, the subtest's name, or the result's description.</param>
/// <param name="Comment">What stands behind <c>#</c> in a result or a plan, or behind <c>Bail out!</c>.</param>
internal sealed partial record TapLine(
    TapLineKind Kind, int Indent, string Text, long? Number = null, bool Ok = false, string Name = "",
    string Comment = "")
{
    private const int TabStop = 8;

    /// <param name="dialect">How the text's own rules differ.</param>
    public static TapLine Parse(string line, TapDialect dialect)
    {
        var text = line.AsSpan().TrimStart(" \t").TrimEnd().ToString();
        var indent = Columns(line);
        return text.Length == 0 ? new(TapLineKind.Other, indent, text)
            : Version().Match(text) is { Success: true } version
                ? new(TapLineKind.Version, indent, text, Digits(version), Name: version.Groups["name"].Value)
            : Plan().Match(text) is { Success: true } plan && Digits(plan) is { } tests
                ? new(TapLineKind.Plan, indent, text, tests, Comment: plan.Groups["rest"].Value)
            : Subtest().Match(text) is { Success: true } subtest
                ? new(TapLineKind.Subtest, indent, text, Name: subtest.Groups["name"].Value.Trim())
            : Result().Match(text) is { Success: true } result ? OfResult(result, indent, text, dialect)
            : text == "---" ? new(TapLineKind.YamlStart, indent, text)
            : dialect.HasBailOut && text.StartsWith("Bail out!", StringComparison.Ordinal)
                ? new(TapLineKind.BailOut, indent, text, Comment: text["Bail out!".Length..].Trim())
            : new(TapLineKind.Other, indent, text);
    }

    private static TapLine OfResult(Match match, int indent, string text, TapDialect dialect)
    {
        var rest = match.Groups["rest"].Value;
        var mark = CommentStart(rest);
        var name = (mark < 0 ? rest : rest[..mark]).Trim();
        var hasNumber = match.Groups["n"].Success;
        // "ok so far" is a sentence. Only TAP has results without a number.
        if (!hasNumber && !(dialect.NumbersAreOptional && (name.Length == 0 || name[0] == '-')))
        {
            return new(TapLineKind.Other, indent, text);
        }
        name = name.StartsWith("- ", StringComparison.Ordinal) ? name[2..].TrimStart() : name == "-" ? "" : name;
        return new(
            TapLineKind.Result,
            indent,
            text,
            hasNumber ? Digits(match) : null,
            !match.Groups["not"].Success,
            dialect.HasEscapes ? Escape().Replace(name, "$1") : name,
            mark < 0 ? "" : rest[(mark + 1)..].Trim());
    }

    /// <summary>Where the comment's <c>#</c> stands: at the start or behind a blank, and not escaped; or -1.</summary>
    private static int CommentStart(string text)
    {
        for (var i = text.IndexOf('#', StringComparison.Ordinal); i >= 0;
            i = text.IndexOf('#', i + 1))
        {
            if (i == 0 || text[i - 1] is ' ' or '\t')
            {
                return i;
            }
        }
        return -1;
    }

    private static int Columns(string line)
    {
        var columns = 0;
        foreach (var c in line)
        {
            switch (c)
            {
                case ' ':
                    columns++;
                    break;
                case '\t':
                    columns = (columns / TabStop + 1) * TabStop;
                    break;
                default:
                    return columns;
            }
        }
        return columns;
    }

    private static long? Digits(Match match) =>
        long.TryParse(match.Groups["n"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    [GeneratedRegex(@"^(?<name>K?TAP) version (?<n>[0-9]+)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Version();

    [GeneratedRegex(@"^1\.\.(?<n>[0-9]+)(?:\s*#\s*(?<rest>.*))?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Plan();

    [GeneratedRegex(@"^# Subtest(?:: (?<name>.*))?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Subtest();

    [GeneratedRegex(
        @"^(?<not>not )?ok(?: (?<n>[0-9]+))?(?<rest>(?:\s.*)?)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Result();

    [GeneratedRegex(@"\\([\\#])", RegexOptions.CultureInvariant)]
    private static partial Regex Escape();
}
