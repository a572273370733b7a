using System.CommandLine;
using System.CommandLine.Parsing;

namespace Harness.Cli;

/// <summary>What is wrong with a command line, in its user's words: the library's own name types of .NET.</summary>
internal static class ParseMessages
{
    public static string Of(ParseError error) =>
        error.SymbolResult is OptionResult { Option: { } option, Tokens: [{ Value: { } value }, ..] }
        && error.Message.Contains(option.ValueType.ToString(), StringComparison.Ordinal)
            ? $"{option.Name} '{value}': expected {Expected(option)}"
            : error.Message;

    private static string Expected(Option option)
    {
        var type = Nullable.GetUnderlyingType(option.ValueType) ?? option.ValueType;
        return type.IsEnum ? $"one of {string.Join(", ", Enum.GetNames(type)).ToLowerInvariant()}"
            : type == typeof(double) ? "a number"
            : type == typeof(uint) ? $"a whole number from 0 to {uint.MaxValue}"
            : $"a whole number up to {int.MaxValue}";
    }
}
