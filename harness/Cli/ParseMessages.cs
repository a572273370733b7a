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

    /// <summary>
    /// Words of a verb that look like options and do not stand behind <c>--</c>, which ends the options (POSIX, Utility
    /// Syntax Guideline 10): what each is not, and what it was meant to be.
    /// </summary>
    public static IEnumerable<string> OptionsAmongWords(ParseResult parsed)
    {
        var options = parsed.Tokens.TakeWhile(token => token.Type != TokenType.DoubleDash).ToHashSet(
            ReferenceEqualityComparer.Instance);
        return parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(words => words.Tokens)
            .Where(word => word.Value is ['-', _, ..] && options.Contains(word))
            .Select(word => NoOption(word.Value, parsed.CommandResult.Command));
    }

    /// <summary>What a verb or an option that there is not was meant to be; <c>null</c> for other errors.</summary>
    private static string? OfUnknown(ParseError error)
    {
        if (Unknown().Match(error.Message) is not { Success: true } match
            || error.SymbolResult is not CommandResult { Command: var command })
        {
            return null;
        }
        var word = match.Groups[1].Value;
        return word.StartsWith('-') ? NoOption(word, command)
            : command.Subcommands.Count > 0 ? $"'{word}' is no verb"
                + NearMatches.Hint(word, command.Subcommands.Where(v => !v.Hidden).Select(v => v.Name))
            : $"'{word}' is one word too many for `{Place(command)}`";
    }

    private static string NoOption(string word, Command command)
    {
        var name = word.Split('=')[0];
        return $"'{name}' is no option of `{Place(command)}`"
            + NearMatches.Hint(name, command.Options.Where(o => !o.Hidden).Select(o => o.Name));
    }

    private static string Place(Command command) =>
        $"harness {VerbText.PathOf(command)}".TrimEnd();

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
