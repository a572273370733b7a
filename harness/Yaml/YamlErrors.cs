using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Harness.Yaml;

/// <summary>Mistakes in a YAML file, in words for the file's author.</summary>
internal static class YamlErrors
{
    private const string Wrong = "the value is of the wrong type";
    private const string Unknown = "unknown key";

    public static YamlException UnknownKey(Scalar key) => new(key.Start, key.End, UnknownKey(key.Value));

    public static YamlException WrongType(ParsingEvent value) => new(value.Start, value.End, Wrong);

    public static YamlException NoNumber(Scalar value) => new(value.Start, value.End, value.Style == ScalarStyle.Plain
        ? $"the value is of the wrong type: '{value.Value}' is no number"
        : $"the value is of the wrong type: write {value.Value} without quotes, since YAML reads a text here");

    public static YamlException NoWholeNumber(Scalar value) => value.Style == ScalarStyle.Plain
        ? new(value.Start, value.End, $"the value is of the wrong type: '{value.Value}' is no whole number")
        : NoNumber(value);

    public static YamlException NoText(Scalar value, YamlScalarKind kind) => new(value.Start, value.End,
        $"the value is of the wrong type: write \"{value.Value}\" in quotes, since YAML reads a "
            + (kind == YamlScalarKind.Boolean ? "truth value" : "number") + " without them");

    /// <summary>
    /// What YamlDotNet found, without its own names of classes, which tell the file's author nothing.
    /// </summary>
    /// <param name="schema">The name of the file's schema; <c>null</c> where it has none.</param>
    public static string Explain(YamlException e, string? schema)
    {
        var text = Explain(e);
        return schema is null ? text
            : text == Wrong ? $"{text}; {schema} says what belongs here"
            : text.StartsWith(Unknown, StringComparison.Ordinal) ? $"{text}; the known ones are in {schema}"
            : text;
    }

    private static string Explain(YamlException e)
    {
        const string NoProperty = "Property '";
        const string NoFit = "No node deserializer";
        if (e.Message.StartsWith(NoProperty, StringComparison.Ordinal))
        {
            return UnknownKey(e.Message[NoProperty.Length..e.Message.IndexOf('\'', NoProperty.Length)]);
        }
        return e.InnerException switch
        {
            FormatException or OverflowException => $"the value is of the wrong type: {e.InnerException.Message}",
            _ when e.Message.StartsWith(NoFit, StringComparison.Ordinal) => Wrong,
            not (null or YamlException) => Wrong,
            _ => e.Message,
        };
    }

    private static string UnknownKey(string key) => $"{Unknown} '{key}'";
}
