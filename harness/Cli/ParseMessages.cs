using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;

namespace Harness.Cli;

/// <summary>What is wrong with a command line, in its user's words: the library's own name types of .NET.</summary>
internal static partial class ParseMessages
{
    public static string Of(ParseError error) =>
        error.SymbolResult is OptionResult { Option: { } option, Tokens: [{ Value: { } value }, ..] }
        && error.Message.Contains(option.ValueType.ToString(), StringComparison.Ordinal)
            ? $"{option.Name} '{value}': expected {Expected(option)}"
            : OfUnknown(error) ?? error.Message;

    /// <summary>Whether the error is about a word that is neither a verb nor an option.</summary>
    public static bool IsUnknown(ParseError error) => Unknown().IsMatch(error.Message);

    /// <summary>What a verb or an option that there is not was meant to be; <c>null</c> for other errors.</summary>
    private static string? OfUnknown(ParseError error)
    {
        if (Unknown().Match(error.Message) is not { Success: true } match
            || error.SymbolResult is not CommandResult { Command: var command })
        {
            return null;
        }
        var word = match.Groups[1].Value;
        word = word.StartsWith('-') ? word.Split('=')[0] : word;
        var place = command is RootCommand ? "harness" : $"harness {command.Name}";
        return word.StartsWith('-') ? $"'{word}' is no option of `{place}`"
                + NearMatches.Hint(word, command.Options.Where(o => !o.Hidden).Select(o => o.Name))
            : command.Subcommands.Count > 0 ? $"'{word}' is no verb"
                + NearMatches.Hint(word, command.Subcommands.Where(v => !v.Hidden).Select(v => v.Name))
            : $"'{word}' is one word too many for `{place}`";
    }

    [GeneratedRegex(@"^Unrecognized command or argument '(.*)'[.]\z", RegexOptions.CultureInvariant)]
    private static partial Regex Unknown();

    private static string Expected(Option option)
    {
        var type = Nullable.GetUnderlyingType(option.ValueType) ?? option.ValueType;
        return type.IsEnum ? $"one of {string.Join(", ", Enum.GetNames(type)).ToLowerInvariant()}"
            : type == typeof(double) ? "a number"
            : type == typeof(uint) ? $"a whole number from 0 to {uint.MaxValue}"
            : $"a whole number up to {int.MaxValue}";
    }
}
